"""Attention heads cut out of a ModernBERT, and kept as zeros in its checkpoint.

``config.pruned_heads`` names them by layer. The weights on disk have their full shape, zeros in
the place of what is gone, so every tool reads them; ours cut the heads out when they load.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import nn

Heads = Mapping[int, Sequence[int]]


def kept_heads(model: Any, layer: int) -> list[int]:
    """Return the heads of ``layer`` that are left, rising."""
    gone = set(_pruned(model).get(layer, ()))
    return [head for head in range(model.config.num_attention_heads) if head not in gone]


def cut_heads(model: Any, heads: Heads) -> None:
    """Cut ``heads`` out of ``model``, in place. Raises ValueError when a layer would lose all."""
    pruned = _pruned(model)
    for layer, wanted in heads.items():
        before = kept_heads(model, layer)
        after = [head for head in before if head not in wanted]
        if not after:
            raise ValueError(f"layer {layer} would lose all its heads")
        _choose(model.model.layers[layer].attn, [before.index(head) for head in after])
        pruned[layer] = sorted({*pruned.get(layer, ()), *wanted})
    # Names of a JSON object are strings.
    model.config.pruned_heads = {str(layer): gone for layer, gone in pruned.items() if gone}


def cut_as_configured(model: Any) -> None:
    """Cut out the heads that a checkpoint just loaded holds as zeros."""
    gone = _pruned(model)
    model.config.pruned_heads = {}
    if gone:
        cut_heads(model, gone)


def expand_heads(model: Any) -> None:
    """Put zeros in the place of the heads that were cut out, in place."""
    for layer in _pruned(model):
        attention = model.model.layers[layer].attn
        size, kept = attention.head_dim, kept_heads(model, layer)
        width = model.config.num_attention_heads * size
        inner = attention.Wqkv.weight
        whole = inner.new_zeros(3, model.config.num_attention_heads, size, inner.shape[1])
        whole[:, kept] = inner.detach().view(3, len(kept), size, -1)
        outer = attention.Wo.weight
        spread = outer.new_zeros(outer.shape[0], model.config.num_attention_heads, size)
        spread[:, kept] = outer.detach().view(-1, len(kept), size)
        attention.Wqkv.weight = nn.Parameter(whole.view(3 * width, -1))
        attention.Wo.weight = nn.Parameter(spread.view(-1, width))


def _pruned(model: Any) -> dict[int, list[int]]:
    found = getattr(model.config, "pruned_heads", None) or {}
    return {int(layer): list(heads) for layer, heads in found.items()}


def _choose(attention: Any, places: list[int]) -> None:
    if attention.Wqkv.bias is not None or attention.Wo.bias is not None:
        raise ValueError("attention with biases cannot be pruned")
    size = attention.head_dim
    with torch.no_grad():
        inner = attention.Wqkv.weight.view(3, -1, size, attention.Wqkv.in_features)[:, places]
        outer = attention.Wo.weight.view(attention.Wo.out_features, -1, size)
        attention.Wqkv.weight = nn.Parameter(inner.reshape(-1, attention.Wqkv.in_features))
        attention.Wo.weight = nn.Parameter(
            outer[:, places].reshape(attention.Wo.out_features, -1).contiguous()
        )
    attention.Wqkv.out_features = attention.Wqkv.weight.shape[0]
    attention.Wo.in_features = attention.Wo.weight.shape[1]
