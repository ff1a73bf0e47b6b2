"""The graph of our own ``understand`` model: what ``export_classifier`` traces.

Knows tensors only; nothing of files or commands, nothing of ``assistant``.
"""

from __future__ import annotations

import copy
from typing import Any

import torch
from torch import Tensor, nn

from build_tools.finetune.judge import Judge
from build_tools.finetune.likeness import Likeness
from build_tools.finetune.model import Understander
from build_tools.fused_encoder import fuse

SENTIMENT, ENTAILMENT, EACH = "sentiment_logits", "entailment_logits", "entailment_each"
_FAR = -1e4


class UnderstandGraph(nn.Module):
    """Sentiment and inference of rows ``[CLS] text [SEP]`` or ``[CLS] text [SEP] other [SEP] …``.

    Inputs: ``input_ids``, ``attention_mask`` int64 [B, L], padding at the end; with ``likeness``
    also ``label_mask`` int64 [B, L]: 1 where a hypothesis holds a person's label. Outputs float32:
    ``sentiment_logits`` [B, 3] of the text, ``entailment_logits`` [B, 3] of the last hypothesis,
    ``entailment_each`` [B, L, 3], whose value at a [SEP] is that of the hypothesis it ends. The
    text sees no hypothesis and none sees another, as in training.
    """

    def __init__(
        self,
        model: Understander,
        sep_id: int,
        judge: Judge | None = None,
        likeness: Likeness | None = None,
    ) -> None:
        """Take a copy of ``model``, to change its layers; ``sep_id`` ends text and hypotheses."""
        super().__init__()
        self.model, self.sep_id = copy.deepcopy(model), sep_id
        fuse(self.model.encoder)
        self.judge, self.likeness = judge, likeness

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, *label_mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return the logits of both heads, and those of each token's hypothesis."""
        here = attention_mask > 0
        ends = (input_ids == self.sep_id).long()
        parts = torch.cumsum(ends, dim=1) - ends
        own = (parts[:, :, None] == parts[:, None, :]) & here[:, None, :]
        in_text = here & (parts == 0)
        near = self.model.near(input_ids)
        hidden = self._encode(input_ids, near, parts, own | in_text[:, None, :])
        judged = self.model.judge(hidden[:, 0], _mean(hidden, in_text))
        if self.judge is not None:
            judged = judged + self.judge(input_ids, in_text)
        text = _mean(near, in_text)[:, None].expand_as(near)
        each = self.model.infer(hidden, _own_mean(hidden, own), text, _own_mean(near, own))
        if self.likeness is not None:
            bare = in_text & (input_ids != self.sep_id) & (input_ids != self.model.cls_id)
            each = self.likeness(each, input_ids, bare, label_mask[0] > 0, own)
        last = (attention_mask.sum(dim=1) - 1)[:, None, None].expand(-1, 1, each.shape[2])
        return judged, torch.gather(each, 1, last)[:, 0], each

    def _encode(self, ids: Tensor, near: Tensor, parts: Tensor, seen: Tensor) -> Tensor:
        """Run the layers by hand: transformers' own masks do not trace with free sizes."""
        encoder: Any = self.model.encoder
        embedded = encoder.embeddings.tok_embeddings(ids) + self.model.lift(near)
        embedded = embedded + self.model.part((parts > 0).long())
        hidden = encoder.embeddings(inputs_embeds=embedded)
        mask = (1.0 - seen[:, None].float()) * _FAR
        places = _positions(parts)
        for layer in encoder.layers:
            hidden = layer(hidden, attention_mask=mask, position_embeddings=places)
        return encoder.final_norm(hidden)


def _positions(parts: Tensor) -> Tensor:
    """Return the position of each token: every hypothesis begins where the text ends."""
    places = torch.arange(parts.shape[1])[None]
    between = (parts[:, None, :] > 0) & (parts[:, None, :] < parts[:, :, None])
    return places - between.long().sum(2)


def _mean(vectors: Tensor, chosen: Tensor) -> Tensor:
    weights = chosen[:, :, None].float()
    return (vectors * weights).sum(1) / weights.sum(1).clamp(min=1.0)


def _own_mean(vectors: Tensor, own: Tensor) -> Tensor:
    """Return for each token the mean over its own part, [B, L, width]."""
    weights = own.float()
    return weights @ vectors / weights.sum(2, keepdim=True).clamp(min=1.0)
