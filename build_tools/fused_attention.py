"""Attention as one operator of onnxruntime's, ``com.microsoft.MultiHeadAttention``.

A step of the decoder is so small that starting operators costs more than their arithmetic: one
operator instead of a dozen. Imports torch only.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.onnx import symbolic_helper

DOMAIN, DOMAIN_VERSION = "com.microsoft", 1
_OPERATOR = f"{DOMAIN}::MultiHeadAttention"
_PADDING_RANK = 2
_HIDDEN = -1e4
"""The score of what is masked, as in the operator."""


class Attend(torch.autograd.Function):
    """Attend from ``query`` [B, L, H·D] to ``key`` and ``value``.

    These are [B, S, H·D], or split already, [B, H, S, D]. ``mask`` int32 [B, S] is 0 where there
    is nothing to attend to; or it is float32 [B, 1, L, S], added to the scores.
    """

    @staticmethod
    def forward(
        ctx: Any, query: Tensor, key: Tensor, value: Tensor, mask: Tensor, heads: int
    ) -> Tensor:
        """Return what was read, [B, L, H·D]."""
        if key.dim() == 3:
            key, value = split(key, heads), split(value, heads)
        return _attended(query, key, value, mask, heads)

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any, mask: Any, heads: int) -> Any:
        """Write the operator; its input 3 (biases of the products) is not used.

        Input 4 hides padding, input 5 is added to the scores.
        """
        none = symbolic_helper._optional_input_placeholder_tensor(g)
        masks = (mask,) if mask.type().dim() == _PADDING_RANK else (none, mask)
        out = g.op(_OPERATOR, query, key, value, none, *masks, num_heads_i=heads)
        out.setType(query.type())
        return out


class AttendToPast(torch.autograd.Function):
    """Attend from one more token, [N, 1, H·D] each, to itself and the ``past`` [N, H, T, D]."""

    @staticmethod
    def forward(
        ctx: Any,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        past_key: Tensor,
        past_value: Tensor,
        heads: int,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return what was read [N, 1, H·D], and the past with this token, [N, H, T + 1, D]."""
        keys = torch.cat([past_key, split(key, heads)], dim=2)
        values = torch.cat([past_value, split(value, heads)], dim=2)
        return _attended(query, keys, values, None, heads), keys, values

    @staticmethod
    def symbolic(
        g: Any, query: Any, key: Any, value: Any, past_key: Any, past_value: Any, heads: int
    ) -> Any:
        """Write the operator; its inputs 3 to 5 (biases, masks) are not used."""
        none = symbolic_helper._optional_input_placeholder_tensor(g)
        inputs = (query, key, value, none, none, none, past_key, past_value)
        out, keys, values = g.op(_OPERATOR, *inputs, num_heads_i=heads, outputs=3)
        out.setType(query.type())
        keys.setType(past_key.type())
        values.setType(past_key.type())
        return out, keys, values


def split(values: Tensor, heads: int) -> Tensor:
    """Turn [B, L, H·D] into [B, H, L, D]."""
    return values.unflatten(-1, (heads, -1)).transpose(1, 2)


def _attended(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, heads: int) -> Tensor:
    query = split(query, heads)
    scores = query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5
    if mask is not None and mask.is_floating_point():
        scores = scores + mask
    elif mask is not None:
        scores = scores.masked_fill(mask[:, None, None, :] == 0, _HIDDEN)
    return (scores.softmax(-1) @ value).transpose(1, 2).flatten(2)
