"""Checkpoints of a translation run, and the Marian folder that others load.

Imports torch and transformers, nothing of ``assistant``. Files are written beside their place and
renamed, so that a crash leaves the last good one.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import MarianMTModel

from build_tools.train_translation.batches import Place
from build_tools.train_translation.lexicon import align, graft
from build_tools.train_translation.shards import Pairs
from build_tools.train_translation.vocabulary import EOS, PAD, SPECIALS

FORMAT = 1
_WORDS = "model.shared.weight"
TOKENIZER_FILES = ("tokenizer.json", "vocab.json", "source.spm", "target.spm")


@dataclass(frozen=True, slots=True)
class State:
    """A run between two steps; ``tokens`` counts real target tokens."""

    step: int
    tokens: int
    minutes: float
    progress: float
    place: Place
    model: dict[str, Any]
    optimiser: dict[str, Any]
    generator: torch.Tensor
    config: dict[str, Any]


def save_state(path: Path, state: State) -> None:
    """Write ``state`` to ``path`` atomically."""
    values = {name: getattr(state, name) for name in State.__slots__}
    values["place"] = (state.place.epoch, state.place.batch)
    part = path.with_name(path.name + ".part")
    torch.save({**values, "format": FORMAT}, part)
    part.replace(path)


def load_state(path: Path) -> State:
    """Read a checkpoint. Raises ValueError for one of another format."""
    values = torch.load(path, map_location="cpu", weights_only=True)
    if values.pop("format") != FORMAT:
        raise ValueError(f"{path} was written by another version; start from its model folder")
    place = Place(*values.pop("place"))
    return State(place=place, **values)


def graft_state(path: Path, pairs: Pairs) -> None:
    """Move the word embeddings of a checkpoint towards their translations; see ``lexicon``."""
    state = load_state(path)
    table = state.model[_WORDS]
    moved = graft(table.numpy(), align(pairs, len(table)))
    for name, value in state.model.items():
        # The tied copies of the table stand in the checkpoint under names of their own.
        if value.shape == table.shape and torch.equal(value, table):
            state.model[name] = torch.from_numpy(moved)
    save_state(path, state)


def save_model(
    folder: Path, model: MarianMTModel, tokenizer: Path, training: dict[str, Any]
) -> None:
    """Write a Marian folder: FP32 weights, tokenizer files, ``training.json``."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    model.save_pretrained(part)
    for name in TOKENIZER_FILES:
        shutil.copyfile(tokenizer / name, part / name)
    named = {"eos_token": SPECIALS[EOS], "unk_token": "<unk>", "pad_token": SPECIALS[PAD]}
    kind = {"tokenizer_class": "MarianTokenizer", "source_lang": "zho", "target_lang": "eng"}
    for name, values in (("tokenizer_config.json", {**named, **kind}), ("training.json", training)):
        text = json.dumps(values, ensure_ascii=False, indent=1)
        (part / name).write_text(text + "\n", "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)


def average_models(folders: list[Path]) -> MarianMTModel:
    """Return the first model of ``folders`` with the mean of all their weights."""
    model = MarianMTModel.from_pretrained(folders[0])
    total = {name: value.clone().double() for name, value in model.state_dict().items()}
    for folder in folders[1:]:
        for name, value in MarianMTModel.from_pretrained(folder).state_dict().items():
            total[name] += value
    model.load_state_dict({name: value / len(folders) for name, value in total.items()})
    return model
