"""The two graphs of a translation package as torch modules: what ``export_translation`` traces.

Knows Marian's layers (post-norm, one table of words) and nothing of files or commands. Imports
torch; nothing of ``assistant``.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from build_tools.fused_attention import Attend, AttendToPast, split

TOP_K = 8
"""Next tokens that the step graph gives; twice the widest beam, as ``generate`` looks at."""
_FORBIDDEN = -1e9
"""Added to the log-probability of tokens that are never written."""


class EncoderGraph(nn.Module):
    """Read a source: ``input_ids`` and ``attention_mask`` int64 [B, S].

    Outputs for each decoder layer the keys and values of its cross-attention, [B, H, S, D]: they
    are computed once a sentence.
    """

    def __init__(self, model: Any) -> None:
        super().__init__()
        encoder, layers = model.model.encoder, model.model.decoder.layers
        self.words = _Words(model, encoder)
        self.layers = nn.ModuleList([_EncoderLayer(layer) for layer in encoder.layers])
        parts = [p for x in layers for p in (x.encoder_attn.k_proj, x.encoder_attn.v_proj)]
        self.memory = _joined(parts)
        self.heads, self.count = layers[0].encoder_attn.num_heads, len(parts)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, ...]:
        """Return ``cross_key_0``, ``cross_value_0``, ``cross_key_1`` and so on."""
        mask = attention_mask.int()
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        states = self.words(input_ids, places)
        for layer in self.layers:
            states = layer(states, mask)
        return split(self.memory(states), self.heads * self.count).split(self.heads, dim=1)


class StepGraph(nn.Module):
    """Write one token more.

    Inputs: ``token_ids`` int64 [N, 1], ``position`` int64 [1], ``attention_mask`` int64 [N, S] of
    the source, for each layer ``cross_key``, ``cross_value`` [N, H, S, D], then for each
    ``past_key``, ``past_value`` [N, H, T, D]. Outputs: ``top_log_probs`` float32 and ``top_ids``
    int64 [N, K], ``key`` and ``value`` [N, H, T + 1, D] of each layer. The softmax is over the
    whole vocabulary; tokens that are never written (padding) are left out of the best after it, as
    ``generate`` does. ``decoding_loop`` puts it into a loop for the package.
    """

    bias: Tensor
    forbidden: Tensor

    def __init__(self, model: Any, never: list[int], top_k: int = TOP_K) -> None:
        super().__init__()
        decoder = model.model.decoder
        self.words = _Words(model, decoder)
        self.layers = nn.ModuleList([_DecoderLayer(layer) for layer in decoder.layers])
        self.head = model.lm_head
        self.top_k = top_k
        self.register_buffer("bias", model.final_logits_bias[0].clone())
        forbidden = torch.zeros(model.lm_head.weight.shape[0])
        forbidden[never] = _FORBIDDEN
        self.register_buffer("forbidden", forbidden)

    def forward(
        self,
        token_ids: Tensor,
        position: Tensor,
        attention_mask: Tensor,
        *caches: Tensor,
    ) -> tuple[Tensor, ...]:
        """Return the best next tokens and the caches with this one added."""
        mask = attention_mask.int()
        states = self.words(token_ids, position)
        count = 2 * len(self.layers)
        cross, past = caches[:count], caches[count:]
        kept: list[Tensor] = []
        for number, layer in enumerate(self.layers):
            pair = slice(2 * number, 2 * number + 2)
            states, key, value = layer(states, mask, *cross[pair], *past[pair])
            kept += [key, value]
        # With a bias the exporter writes a Gemm that keeps the table's name: quantise ties by it.
        logits = functional.linear(states.squeeze(1), self.head.weight, self.bias)
        best = torch.topk(logits.log_softmax(-1) + self.forbidden, self.top_k)
        return (best.values, best.indices, *kept)


class _Words(nn.Module):
    """Word and position embeddings."""

    def __init__(self, model: Any, side: Any) -> None:
        super().__init__()
        self.table = side.embed_tokens
        self.positions: Tensor = side.embed_positions.weight
        self.scale = model.config.d_model**0.5 if model.config.scale_embedding else 1.0

    def forward(self, ids: Tensor, places: Tensor) -> Tensor:
        return self.table(ids) * self.scale + self.positions[places]


class _EncoderLayer(nn.Module):
    def __init__(self, layer: Any) -> None:
        super().__init__()
        part = layer.self_attn
        self.layer, self.out, self.heads = layer, part.out_proj, part.num_heads
        self.inputs = _joined([part.q_proj, part.k_proj, part.v_proj])

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        query, key, value = self.inputs(states).split(self.out.in_features, dim=-1)
        mixed = Attend.apply(query, key, value, mask, self.heads)
        states = self.layer.self_attn_layer_norm(states + self.out(mixed))
        return _fed(self.layer, states)


class _DecoderLayer(nn.Module):
    def __init__(self, layer: Any) -> None:
        super().__init__()
        part, crossing = layer.self_attn, layer.encoder_attn
        self.layer, self.out, self.heads = layer, part.out_proj, part.num_heads
        self.inputs = _joined([part.q_proj, part.k_proj, part.v_proj])
        self.query, self.crossed = crossing.q_proj, crossing.out_proj

    def forward(
        self,
        states: Tensor,
        mask: Tensor,
        cross_key: Tensor,
        cross_value: Tensor,
        past_key: Tensor,
        past_value: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        parts = self.inputs(states).split(self.out.in_features, dim=-1)
        mixed, key, value = AttendToPast.apply(*parts, past_key, past_value, self.heads)
        states = self.layer.self_attn_layer_norm(states + self.out(mixed))
        query = self.query(states)
        mixed = Attend.apply(query, cross_key, cross_value, mask, self.heads)
        states = self.layer.encoder_attn_layer_norm(states + self.crossed(mixed))
        return _fed(self.layer, states), key, value


def _fed(layer: Any, states: Tensor) -> Tensor:
    fed = layer.fc2(layer.activation_fn(layer.fc1(states)))
    return layer.final_layer_norm(states + fed)


def _joined(parts: list[Any]) -> nn.Linear:
    """Return one layer that computes all ``parts``: one quantised product instead of several."""
    weight = torch.cat([part.weight for part in parts])
    joined = nn.Linear(weight.shape[1], weight.shape[0])
    joined.weight = nn.Parameter(weight.detach())
    joined.bias = nn.Parameter(torch.cat([part.bias for part in parts]).detach())
    return joined
