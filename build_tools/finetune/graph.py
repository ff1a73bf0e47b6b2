"""The graph of our own ``understand`` model: what ``export_classifier`` traces.

Knows tensors only; nothing of files or commands, nothing of ``assistant``.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from build_tools.finetune.judge import Judge
from build_tools.finetune.model import Understander
from build_tools.finetune.overlap import Overlap

SENTIMENT, ENTAILMENT = "sentiment_logits", "entailment_logits"
_FAR = -1e4


class UnderstandGraph(nn.Module):
    """Sentiment and inference of rows ``[CLS] text [SEP]`` or ``[CLS] text [SEP] other [SEP]``.

    Inputs: ``input_ids``, ``attention_mask`` int64 [B, L], padding at the end. Outputs float32:
    ``sentiment_logits`` [B, 2] of the text, ``entailment_logits`` [B, 3] of the pair. The text
    does not see the hypothesis, as in training.
    """

    def __init__(
        self,
        model: Understander,
        sep_id: int,
        judge: Judge | None = None,
        overlap: Overlap | None = None,
    ) -> None:
        super().__init__()
        self.model, self.sep_id = model, sep_id
        self.judge, self.overlap = judge, overlap

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logits of both heads."""
        here = attention_mask > 0
        ends = (input_ids == self.sep_id).long()
        parts = ((torch.cumsum(ends, dim=1) - ends) > 0).long()
        in_text, in_other = here & (parts == 0), here & (parts == 1)
        seen = here[:, None, :] & ((parts[:, None, :] == 0) | (parts[:, :, None] == 1))
        near = self.model.near(input_ids)
        hidden = self._encode(input_ids, near, parts, (1.0 - seen[:, None].float()) * _FAR)
        last = attention_mask.sum(dim=1, keepdim=True) - 1
        at_end = torch.gather(hidden, 1, last[:, :, None].expand(-1, 1, hidden.shape[2]))[:, 0]
        judged = self.model.judge(hidden[:, 0], _mean(hidden, in_text))
        if self.judge is not None:
            judged = judged + self.judge(input_ids, in_text)
        inferred = self.model.infer(
            at_end, _mean(hidden, in_other), _mean(near, in_text), _mean(near, in_other)
        )
        if self.overlap is not None:
            inferred = inferred + self.overlap(input_ids, in_text, in_other)
        return judged, inferred

    def _encode(self, ids: Tensor, near: Tensor, parts: Tensor, mask: Tensor) -> Tensor:
        """Run the layers by hand: transformers' own masks do not trace with free sizes."""
        encoder: Any = self.model.encoder
        embedded = encoder.embeddings.tok_embeddings(ids) + self.model.lift(near)
        hidden = encoder.embeddings(inputs_embeds=embedded + self.model.part(parts))
        positions = torch.arange(ids.shape[1], device=ids.device)[None]
        kinds = set(encoder.config.layer_types)
        rotary = {kind: encoder.rotary_emb(hidden, positions, kind) for kind in kinds}
        for layer in encoder.layers:
            turned = rotary[layer.attention_type]
            hidden = layer(hidden, attention_mask=mask, position_embeddings=turned)
        return encoder.final_norm(hidden)


def _mean(vectors: Tensor, chosen: Tensor) -> Tensor:
    weights = chosen[:, :, None].float()
    return (vectors * weights).sum(1) / weights.sum(1).clamp(min=1.0)
