"""The encoder as a ``transformers`` ModernBERT, and its loss on packed rows.

Imports torch and transformers.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import ModernBertConfig, ModernBertForMaskedLM

from build_tools.load_report import FEED, left_out
from build_tools.memory_feed import restore
from build_tools.pretrain.masking import IGNORED, SpecialIds
from build_tools.pruned_heads import cut_as_configured

_LAYER = re.compile(r"(model\.layers\.)(\d+)(\..+)")


def load_model(init: Path, *, grow: int | None = None, seed: int = 0) -> ModernBertForMaskedLM:
    """Load a checkpoint folder, or make a new model of a ``config.json``, in FP32.

    ``grow`` stacks the layers of a checkpoint (progressive stacking, Gong et al. 2019): layer i
    of the result is a copy of layer i modulo the depth. Raises ValueError when ``grow`` is no
    multiple of the depth.
    """
    torch.manual_seed(seed)
    if init.is_file():
        return ModernBertForMaskedLM(ModernBertConfig.from_json_file(str(init)))
    if not any(init.glob("*.safetensors")):
        return ModernBertForMaskedLM(ModernBertConfig.from_pretrained(init))
    with left_out(ModernBertForMaskedLM, FEED):
        model = ModernBertForMaskedLM.from_pretrained(init, dtype=torch.float32)
    model = stacked(model, grow) if grow else model
    restore(model, init)
    cut_as_configured(model)
    return model


def stacked(model: ModernBertForMaskedLM, layers: int) -> ModernBertForMaskedLM:
    """Return a model of ``layers`` layers that repeats those of ``model`` in order."""
    depth = model.config.num_hidden_layers
    if layers % depth:
        raise ValueError(f"{layers} layers are no multiple of the {depth} of the checkpoint")
    settings = model.config.to_dict()
    settings["num_hidden_layers"] = layers
    settings["layer_types"] = settings["layer_types"] * (layers // depth)
    grown = ModernBertForMaskedLM(ModernBertConfig(**settings))
    source = model.state_dict()
    weights = grown.state_dict()
    for name in weights:
        match = _LAYER.fullmatch(name)
        origin = name
        if match:
            origin = f"{match[1]}{int(match[2]) % depth}{match[3]}"
        # Layer 0 has no norm before its attention; its copies start with the neutral one.
        weights[name] = source.get(origin, weights[name])
    grown.load_state_dict(weights)
    return grown


def special_ids(tokenizer: Tokenizer) -> SpecialIds:
    """Look the tokens with a role up. Raises ValueError when the vocabulary lacks one."""
    names = ("[PAD]", "[CLS]", "[SEP]", "[MASK]", "[SPAN]", *(f"[LEN{k}]" for k in range(1, 9)))
    found = [tokenizer.token_to_id(name) for name in names]
    if None in found:
        raise ValueError(f"the vocabulary has no {names[found.index(None)]}")
    pad, cls, sep, mask, span, *lengths = found
    return SpecialIds(pad, cls, sep, mask, span, tuple(lengths))


class PackedLoss(nn.Module):
    """Cross-entropy of the hidden tokens of packed rows; the head sees only those."""

    def __init__(self, model: ModernBertForMaskedLM) -> None:
        super().__init__()
        self.model = model
        self._window = model.config.sliding_window

    def hidden(self, ids: Tensor, positions: Tensor, segments: Tensor, *fed: Tensor) -> Tensor:
        """Return the encoder's output (rows, tokens, width); segments do not see each other.

        ``fed``, if given: flattened places, ids and P of what a memory says there (``Batch.fed``).
        """
        return self._encoded(ids, positions, segments, fed, states=False).last_hidden_state

    def states(
        self, ids: Tensor, positions: Tensor, segments: Tensor, *fed: Tensor
    ) -> tuple[Tensor, ...]:
        """Return the embeddings and the output of every layer, the last one as :meth:`hidden`."""
        output = self._encoded(ids, positions, segments, fed, states=True)
        return (*output.hidden_states[:-1], output.last_hidden_state)

    def head(self, hidden: Tensor) -> Tensor:
        """Return the logits of hidden states."""
        return self.model.decoder(self.model.head(hidden))

    def _encoded(
        self,
        ids: Tensor,
        positions: Tensor,
        segments: Tensor,
        fed: tuple[Tensor, ...],
        *,
        states: bool,
    ) -> Any:
        same = segments[:, None, :, None] == segments[:, None, None, :]
        near = (positions[:, None, :, None] - positions[:, None, None, :]).abs() <= self._window
        masks = {"full_attention": same, "sliding_attention": same & near}
        if self.model.config._attn_implementation == "eager":  # adds its mask to the scores
            masks = {name: _additive(mask) for name, mask in masks.items()}
        return self.model.model(
            inputs_embeds=self._embedded(ids, *fed),
            position_ids=positions,
            attention_mask=masks,
            output_hidden_states=states,
        )

    def _embedded(self, ids: Tensor, *fed: Tensor) -> Tensor:
        embed = self.model.get_input_embeddings()
        embedded = embed(ids)
        if not fed:
            return embedded
        places, characters, chances = fed
        added = self.model.memory_feed(embed(characters), chances).to(embedded.dtype)
        return embedded.flatten(0, 1).index_add(0, places, added).view(embedded.shape)

    def logits(
        self, ids: Tensor, positions: Tensor, segments: Tensor, where: Tensor, *fed: Tensor
    ) -> Tensor:
        """Return the logits (places, vocabulary) at the flattened places ``where``."""
        gathered = self.hidden(ids, positions, segments, *fed).flatten(0, 1)[where]
        return self.head(gathered)

    def forward(
        self,
        ids: Tensor,
        positions: Tensor,
        segments: Tensor,
        where: Tensor,
        targets: Tensor,
        *fed: Tensor,
    ) -> Tensor:
        """Return the mean loss over the targets that are not ``IGNORED``."""
        logits = self.logits(ids, positions, segments, where, *fed)
        return nn.functional.cross_entropy(logits.float(), targets, ignore_index=IGNORED)


def _additive(mask: Tensor) -> Tensor:
    zeros = torch.zeros(mask.shape, device=mask.device)
    return zeros.masked_fill(~mask, torch.finfo(torch.float32).min)
