"""The graph of a ``fill`` model as a torch module: what ``export_onnx`` traces.

Knows the two families of encoders (BERT, ModernBERT) and nothing of files or commands.
"""

from __future__ import annotations

import copy
from typing import Any

import torch
from torch import Tensor, nn
from transformers import BertForMaskedLM, ModernBertForMaskedLM

from build_tools.fused_encoder import fuse

INPUTS = ("input_ids", "attention_mask", "rows", "columns")
OUTPUTS = ("log_probs", "states")
DYNAMIC_AXES = {
    "input_ids": {0: "batch", 1: "length"},
    "attention_mask": {0: "batch", 1: "length"},
    "rows": {0: "positions"},
    "columns": {0: "positions"},
    "log_probs": {0: "positions"},
    "states": {0: "positions"},
}
FED_INPUTS = ("memory_ids", "memory_probs")
FED_AXES = {name: {0: "batch", 1: "blanks"} for name in FED_INPUTS}
_HIDDEN = -1e4
"""Added to the attention scores of padding; exp(-1e4) is 0 in FP32 and it cannot overflow."""


class FillGraph(nn.Module):
    """Log-probabilities of the vocabulary at chosen positions, and what they were made of.

    Inputs: ``input_ids`` and ``attention_mask`` int64 [B, L] (padding at the end), ``rows`` and
    ``columns`` int64 [P]. Outputs: ``log_probs`` float32 [P, V], the MLM head sees P vectors only;
    ``states`` float32 [P, H], those vectors.
    """

    def __init__(self, model: BertForMaskedLM | ModernBertForMaskedLM) -> None:
        """Take a copy of a ModernBERT, whose layers are changed."""
        super().__init__()
        self.model = model
        if isinstance(model, ModernBertForMaskedLM):
            self.model = copy.deepcopy(model)
            fuse(self.model.model)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, rows: Tensor, columns: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return ``log_probs`` [P, V] and ``states`` [P, H]."""
        return self.predict(self.embed(input_ids), attention_mask, rows, columns)

    def predict(
        self, embedded: Tensor, attention_mask: Tensor, rows: Tensor, columns: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return ``log_probs`` [P, V] and ``states`` [P, H] of embedded rows [B, L, H]."""
        encode = self._bert if isinstance(self.model, BertForMaskedLM) else self._modernbert
        hidden = encode(embedded, attention_mask, rows, columns)
        return self.head(hidden).log_softmax(dim=-1), hidden

    def embed(self, input_ids: Tensor) -> Tensor:
        """Return word embeddings [B, L, H]."""
        return self.model.get_input_embeddings()(input_ids)

    def head(self, hidden: Tensor) -> Tensor:
        """Return the logits [P, V] of hidden states [P, H]."""
        if isinstance(self.model, BertForMaskedLM):
            return self.model.cls(hidden)
        return self.model.decoder(self.model.head(hidden))

    def _bert(
        self, embedded: Tensor, attention_mask: Tensor, rows: Tensor, columns: Tensor
    ) -> Tensor:
        """Return the encoder's output [P, H] at (rows, columns).

        After the attention of the last layer only the asked positions are worked on.
        """
        bert: Any = self.model.bert
        padding = _padding(attention_mask)
        hidden = bert.embeddings(inputs_embeds=embedded)
        *layers, last = bert.encoder.layer
        for layer in layers:
            hidden = layer(hidden, padding)
        attended = last.attention(hidden, padding)[0][rows, columns]
        return last.output(last.intermediate(attended), attended)

    def _modernbert(
        self, embedded: Tensor, attention_mask: Tensor, rows: Tensor, columns: Tensor
    ) -> Tensor:
        """Return the same of a ModernBERT, whose layers see all or only near positions."""
        encoder: Any = self.model.model
        masks = {"full_attention": attention_mask.int()}
        if "sliding_attention" in encoder.config.layer_types:
            masks["sliding_attention"] = _padding(attention_mask) + self._far(embedded)
        hidden = encoder.embeddings(inputs_embeds=embedded)
        places = torch.arange(embedded.shape[1], device=embedded.device)
        places = places[None].expand(embedded.shape[0], -1)
        *layers, last = encoder.layers
        for layer in layers:
            mask = masks[layer.attention_type]
            hidden = layer(hidden, attention_mask=mask, position_embeddings=places)
        attended = last.attn(
            last.attn_norm(hidden),
            attention_mask=masks[last.attention_type],
            position_embeddings=places,
        )[0]
        asked = (hidden + attended)[rows, columns]
        return encoder.final_norm(asked + last.mlp(last.mlp_norm(asked)))

    def _far(self, embedded: Tensor) -> Tensor:
        """Return [L, L]: 0 inside the sliding window of ModernBERT's local layers."""
        places = torch.arange(embedded.shape[1], device=embedded.device)
        distance = (places[:, None] - places[None, :]).abs()
        return (distance > self.model.config.sliding_window).float() * _HIDDEN


def _padding(attention_mask: Tensor) -> Tensor:
    """Return [B, 1, 1, L], to be added to the scores."""
    return (1.0 - attention_mask[:, None, None, :].float()) * _HIDDEN


class FedFillGraph(FillGraph):
    """The graph of an encoder that reads its phrase memory.

    Beside the inputs of :class:`FillGraph`: ``memory_ids`` int64 and ``memory_probs`` float32
    [B, blanks, 8], what the memory says of the first, second, … mask of each row (P 0: nothing).
    """

    def __init__(self, model: BertForMaskedLM | ModernBertForMaskedLM, mask: int) -> None:
        """``mask`` is the id of the mask token; ``model`` has a ``memory_feed``."""
        super().__init__(model)
        self._mask = mask

    def forward(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        rows: Tensor,
        columns: Tensor,
        memory_ids: Tensor,
        memory_probs: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Return ``log_probs`` [P, V] and ``states`` [P, H]."""
        feed: Any = self.model.memory_feed
        added = feed(self.embed(memory_ids), memory_probs)
        masks = input_ids == self._mask
        number = (masks.long().cumsum(dim=1) - 1).clamp(min=0)
        number = torch.minimum(number, torch.full_like(number, 1) * (memory_ids.shape[1] - 1))
        spread = added.gather(1, number[:, :, None].expand(-1, -1, added.shape[-1]))
        embedded = self.embed(input_ids) + spread * masks[:, :, None]
        return self.predict(embedded, attention_mask, rows, columns)
