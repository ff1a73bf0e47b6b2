"""A ModernBERT whose layers export to few operators: rotation and attention are one each.

Traced as transformers writes it, a layer is seventy operators: slices, copies and shapes around
five products. ``com.microsoft.RotaryEmbedding`` and ``MultiHeadAttention`` read what the products
write, and the products of queries, keys, values, inputs and gates are apart, so nothing is split.
Imports torch only.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from build_tools.fused_attention import DOMAIN, Attend

_ROTATE = f"{DOMAIN}::RotaryEmbedding"
_PLACES = 512
"""Places a token can have, at least: rotation knows no longest row, but its tables do."""


class Rotate(torch.autograd.Function):
    """Turn ``values`` [B, L, H·D] by ``places`` int64 [B, L], D / 2 angles each."""

    @staticmethod
    def forward(
        ctx: Any, values: Tensor, places: Tensor, cos: Tensor, sin: Tensor, heads: int, width: int
    ) -> Tensor:
        """Return the turned values; ``cos`` and ``sin`` are [places, D / 2], ``width`` is H·D."""
        one, other = values.unflatten(-1, (heads, 2, -1)).unbind(-2)
        near, far = cos[places][:, :, None], sin[places][:, :, None]
        turned = torch.stack((one * near - other * far, other * near + one * far), dim=-2)
        return turned.flatten(2)

    @staticmethod
    def symbolic(
        g: Any, values: Any, places: Any, cos: Any, sin: Any, heads: int, width: int
    ) -> Any:
        """Write the operator, for rows of one token each: it refuses rows longer than its tables.

        A row of many hypotheses is longer than any place in it.
        """
        alone = g.op("Constant", value_t=torch.tensor([-1, 1]))
        wide = g.op("Constant", value_t=torch.tensor([-1, 1, width]))
        rows = g.op("Reshape", values, wide), g.op("Reshape", places, alone)
        turned = g.op(_ROTATE, *rows, cos, sin, num_heads_i=heads)
        out = g.op("Reshape", turned, g.op("Shape", values))
        out.setType(values.type())
        return out


class FusedAttention(nn.Module):
    """The attention of a layer, with the weights of ``attention``."""

    cos: Tensor
    sin: Tensor

    def __init__(self, attention: Any, cos: Tensor, sin: Tensor) -> None:
        super().__init__()
        self.q, self.k, self.v = parted(attention.Wqkv, 3)
        self.Wo = attention.Wo
        self.heads = self.q.out_features // attention.head_dim
        self.register_buffer("cos", cos)
        self.register_buffer("sin", sin)

    def forward(
        self, hidden: Tensor, *, position_embeddings: Tensor, attention_mask: Tensor
    ) -> tuple[Tensor, None]:
        """Return what was read, [B, L, width], in the place of transformers' attention.

        ``position_embeddings`` are the places themselves, int64 [B, L]; ``attention_mask`` is int32
        [B, L], or float32 [B, 1, L, L] to be added to the scores.
        """
        turn = position_embeddings, self.cos, self.sin, self.heads, self.q.out_features
        query: Any = Rotate.apply(self.q(hidden), *turn)
        key: Any = Rotate.apply(self.k(hidden), *turn)
        read: Any = Attend.apply(query, key, self.v(hidden), attention_mask, self.heads)
        return self.Wo(read), None


class FusedMlp(nn.Module):
    """The gated layers of ``mlp``, their first product in two."""

    def __init__(self, mlp: Any) -> None:
        super().__init__()
        self.inner, self.gate = parted(mlp.Wi, 2)
        self.act, self.Wo = mlp.act, mlp.Wo

    def forward(self, hidden: Tensor) -> Tensor:
        """Return [B, L, width]."""
        return self.Wo(self.act(self.inner(hidden)) * self.gate(hidden))


def fuse(encoder: Any) -> None:
    """Put fused parts in the place of those of ``encoder``, a ``ModernBertModel``.

    Its layers then take places and masks as :class:`FusedAttention` does.
    """
    places = torch.arange(max(_PLACES, encoder.config.max_position_embeddings))[None]
    tables: dict[str, tuple[Tensor, Tensor]] = {}
    for kind in set(encoder.config.layer_types):
        turns = encoder.rotary_emb(torch.zeros(1), places, kind)
        cos, sin = (turn[0, :, : turn.shape[-1] // 2].contiguous() for turn in turns)
        tables[kind] = cos, sin
    for layer in encoder.layers:
        layer.attn = FusedAttention(layer.attn, *tables[layer.attention_type])
        layer.mlp = FusedMlp(layer.mlp)


def parted(layer: nn.Linear, parts: int) -> list[nn.Linear]:
    """Return ``layer`` as ``parts`` layers, each with its share of the outputs."""
    found: list[nn.Linear] = []
    biases = [None] * parts if layer.bias is None else layer.bias.detach().chunk(parts)
    for weight, bias in zip(layer.weight.detach().chunk(parts), biases, strict=True):
        part = nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None)
        part.weight = nn.Parameter(weight.clone())
        if bias is not None:
            part.bias = nn.Parameter(bias.clone())
        found.append(part)
    return found
