"""Checkpoints: all that a run needs to go on to the step, and the folder others read.

Imports torch and transformers, nothing of ``assistant``. Both are written beside their place and
renamed, so that a crash leaves the last good one.
"""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import ModernBertForMaskedLM

from build_tools.pretrain.batches import Position
from build_tools.pruned_heads import expand_heads

FORMAT = 1
_TOKENIZER_FILES = (
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "vocab.txt",
)


@dataclass(frozen=True, slots=True)
class State:
    """A run between two steps; ``positions`` hold one place in the data per process."""

    step: int
    tokens: int
    minutes: float
    progress: float
    positions: tuple[Position, ...]
    model: dict[str, Any]
    optimiser: dict[str, Any]
    generator: torch.Tensor
    config: dict[str, Any]


def save_state(path: Path, state: State) -> None:
    """Write ``state`` to ``path`` atomically."""
    positions = [(place.epoch, place.window, place.row) for place in state.positions]
    values = {name: getattr(state, name) for name in State.__slots__}
    part = path.with_name(path.name + ".part")
    torch.save({**values, "positions": positions, "format": FORMAT}, part)
    part.replace(path)


def load_state(path: Path) -> State:
    """Read a checkpoint. Raises ValueError for one of another format."""
    values = torch.load(path, map_location="cpu", weights_only=True)
    if values.pop("format") != FORMAT:
        raise ValueError(f"{path} was written by another version; start from its model folder")
    positions = tuple(Position(*place) for place in values.pop("positions"))
    return State(positions=positions, **values)


def save_model(
    folder: Path, model: ModernBertForMaskedLM, tokenizer: Path, training: dict[str, Any]
) -> None:
    """Write a Hugging Face folder: FP16 weights, the tokenizer's files, ``training.json``."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    kept = copy.deepcopy(model).cpu().half()
    expand_heads(kept)
    if hasattr(kept, "distil_maps"):  # of use in training only
        del kept.distil_maps
    kept.save_pretrained(part)
    for name in _TOKENIZER_FILES:
        if (tokenizer / name).is_file():
            shutil.copyfile(tokenizer / name, part / name)
    text = json.dumps(training, ensure_ascii=False, indent=1)
    (part / "training.json").write_text(text + "\n", "utf-8")
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def check_tokenizer(shards: Path, tokenizer: Path) -> dict[str, Any]:
    """Return ``shards.json``; raise ValueError if it was made with another tokenizer."""
    listing = json.loads((shards / "shards.json").read_text("utf-8"))
    digest = hashlib.sha256((tokenizer / "tokenizer.json").read_bytes()).hexdigest()
    if digest != listing["tokenizer_sha256"]:
        raise ValueError(f"{shards} was tokenised with another vocabulary than {tokenizer}")
    return listing
