"""Read a Hugging Face checkpoint: the weights, the tokenizer and its special tokens.

Imports torch and transformers, and nothing of ``assistant`` but its records of a package.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoConfig, AutoTokenizer, BertForMaskedLM, ModernBertForMaskedLM

from assistant.engine.package import SpecialTokens
from build_tools.load_report import FEED, left_out
from build_tools.memory_feed import restore
from build_tools.pruned_heads import cut_as_configured

_ARCHITECTURES = {"bert": BertForMaskedLM, "modernbert": ModernBertForMaskedLM}
_SPAN = "[SPAN]"
_LENGTHS = tuple(f"[LEN{length}]" for length in range(1, 9))


@dataclass(frozen=True, slots=True)
class Shape:
    """What the package must know of an encoder: table size and longest row in tokens."""

    vocab_size: int
    max_length: int


def load_model(source: str) -> BertForMaskedLM | ModernBertForMaskedLM:
    """Load the FP32 masked language model at ``source``, a directory or a hub name.

    Raises ValueError for an architecture that the fill graph does not know.
    """
    config = AutoConfig.from_pretrained(source)
    architecture = _ARCHITECTURES.get(config.model_type)
    if architecture is None:
        raise ValueError(f"{source} is a {config.model_type}; known: {', '.join(_ARCHITECTURES)}")
    with left_out(architecture, FEED):
        model = architecture.from_pretrained(
            source, attn_implementation="eager", dtype=torch.float32
        )
    restore(model, Path(source))
    if isinstance(model, ModernBertForMaskedLM):
        cut_as_configured(model)
    return model.eval()


def load_shape(source: str) -> Shape:
    """Read the table size and the longest row of the checkpoint at ``source``."""
    config = AutoConfig.from_pretrained(source)
    return Shape(int(config.vocab_size), int(config.max_position_embeddings))


def mask_id(source: str) -> int:
    """Return the id of the mask token of the checkpoint at ``source``."""
    return int(AutoTokenizer.from_pretrained(source, use_fast=True).mask_token_id)


def tokenizer_json(source: str) -> str:
    """Return ``tokenizer.json`` of the checkpoint, made from ``vocab.txt`` if it has none.

    Truncation and padding are switched off: the engine chooses windows and pads itself.
    """
    tokenizer: Any = AutoTokenizer.from_pretrained(source, use_fast=True)
    backend = tokenizer.backend_tokenizer
    backend.no_truncation()
    backend.no_padding()
    return backend.to_str(pretty=False)


def special_tokens(source: str) -> SpecialTokens:
    """Read the tokens with a role; ``[SPAN]`` and ``[LEN1]``… only where the vocabulary has them.

    Raises ValueError when the tokenizer has no mask token.
    """
    tokenizer: Any = AutoTokenizer.from_pretrained(source, use_fast=True)
    vocabulary = set(json.loads(tokenizer.backend_tokenizer.to_str())["model"]["vocab"])
    vocabulary |= set(tokenizer.get_added_vocab())
    if tokenizer.mask_token is None:
        raise ValueError(f"{source} has no mask token: it is not a masked language model")
    lengths: list[str] = []
    for token in _LENGTHS:
        if token not in vocabulary:
            break
        lengths.append(token)
    has_span = _SPAN in vocabulary and bool(lengths)
    return SpecialTokens(
        pad=tokenizer.pad_token,
        unk=tokenizer.unk_token,
        cls=tokenizer.cls_token,
        sep=tokenizer.sep_token,
        mask=tokenizer.mask_token,
        span=_SPAN if has_span else None,
        lengths=tuple(lengths) if has_span else (),
    )
