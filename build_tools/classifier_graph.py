"""The graph of a Hugging Face classifier as a torch module: what ``export_classifier`` traces.

Knows BERT, RoBERTa and ModernBERT; nothing of files or commands, nothing of ``assistant``.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

FAMILIES = ("bert", "roberta", "xlm-roberta", "modernbert")
_FAR = -1e4


class ClassifierGraph(nn.Module):
    """Logits of rows, float32 [B, labels].

    Inputs int64 [B, L]: ``input_ids``, ``attention_mask``, and ``token_type_ids`` where the model
    tells two kinds of tokens apart.
    """

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model
        self.inputs = ["input_ids", "attention_mask"]
        if model.config.model_type == "bert" and model.config.type_vocab_size > 1:
            self.inputs.append("token_type_ids")

    def forward(self, input_ids: Tensor, attention_mask: Tensor, *types: Tensor) -> Tensor:
        """Return the logits."""
        # A mask of four dimensions is used as it is: transformers' own does not trace.
        padding = (1.0 - attention_mask[:, None, None, :].float()) * _FAR
        if self.model.config.model_type == "modernbert":
            return self._modernbert(input_ids, attention_mask, padding)
        named = {"token_type_ids": types[0]} if types else {}
        return self.model(input_ids=input_ids, attention_mask=padding, **named).logits

    def _modernbert(self, input_ids: Tensor, attention_mask: Tensor, padding: Tensor) -> Tensor:
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        far = (places[:, None] - places[None, :]).abs() > self.model.config.sliding_window
        masks = {"full_attention": padding, "sliding_attention": padding + far.float() * _FAR}
        hidden = self.model.model(
            input_ids=input_ids, attention_mask=masks, position_ids=places[None]
        ).last_hidden_state
        if self.model.config.classifier_pooling == "cls":
            pooled = hidden[:, 0]
        else:
            weights = attention_mask[:, :, None].float()
            pooled = (hidden * weights).sum(1) / weights.sum(1)
        return self.model.classifier(self.model.head(pooled))
