"""Development sets of the ``understand`` task, read where they lie and never copied.

Imports nothing of ``assistant``. Measure on these, never train on them.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from build_tools.finetune.zero_shot import ZERO_SHOT, labelled_texts

_TOPIC = "这段话的主题是{}。"
_CHINESE = {
    "science/technology": "科学技术",
    "travel": "旅游",
    "politics": "政治",
    "sports": "体育",
    "health": "健康",
    "entertainment": "娱乐",
    "geography": "地理",
    "happy": "高兴",
    "neutral": "平静",
    "angry": "愤怒",
    "sad": "悲伤",
    "fear": "恐惧",
    "surprise": "惊讶",
}
"""Chinese names of labels that a set has in English."""
_TEMPLATES = {"smp2020": "这段话的情感是{}。"}
_T = TypeVar("_T")
JUDGED_SETS = ("chnsenticorp", "eprstmt")
"""Development sets of reviews."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A text and whether it is positive."""

    text: str
    positive: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and its label, one of those of the set."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts and "entailment", "neutral" or "contradiction"."""

    premise: str
    hypothesis: str
    label: str


@dataclass(frozen=True, slots=True)
class LabelSet:
    """Texts, all labels of their set, and the template to ask with."""

    texts: tuple[Labelled, ...]
    labels: tuple[str, ...]
    template: str


def judged(path: Path) -> list[Judged]:
    """Read a sentiment set of labels 0 and 1."""
    return [Judged(text, label == "1") for label, text in labelled_texts(path)]


def label_set(folder: Path, name: str, limit: int | None = None, seed: int = 0) -> LabelSet:
    """Read ``tnews`` or a zero-shot set; ``limit`` draws so many texts, all labels stay."""
    rows = labelled_texts(folder / ZERO_SHOT.get(name, f"{name}_dev.tsv.xz"))
    texts = [Labelled(text, _CHINESE.get(label, label)) for label, text in rows]
    labels = tuple(sorted({text.label for text in texts}))
    template = _TEMPLATES.get(name, _TOPIC)
    return LabelSet(tuple(some(texts, limit, seed)), labels, template)


def pairs(path: Path) -> list[Pair]:
    """Read an inference set: premise, hypothesis, label."""
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        rows = [line.rstrip("\n").split("\t") for line in stream]
    return [Pair(*row) for row in rows if len(row) == 3]


def some(items: Sequence[_T], limit: int | None, seed: int) -> list[_T]:
    """Return ``limit`` random items in their order, or all."""
    if limit is None or limit >= len(items):
        return list(items)
    return [items[i] for i in sorted(random.Random(seed).sample(range(len(items)), limit))]
