"""Put the errors of an input method, or of a careless hand, into clean lines. Seeded."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.engine.confusions import Confusions
from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_alphabet import FIRST_HAN, SKIPPED

_KIND_WEIGHTS = (0.7, 0.15, 0.15)
"""Errors of the same sound, of a similar one, of a similar shape."""
_WORD_LIKE = 0.5
"""Share of errors that make a common pair with a neighbour, as an input method offers them."""


@dataclass(frozen=True, slots=True)
class Injected:
    """A line with errors: ``right[i]`` is the character that belongs at offset ``places[i]``."""

    text: str
    places: tuple[int, ...]
    right: tuple[str, ...]
    kinds: tuple[int, ...]


def inject(
    line: str,
    memory: PhraseMemory,
    confusions: Confusions,
    rng: random.Random,
    one_in: float,
) -> Injected:
    """Return ``line`` with about one error in ``one_in`` Chinese characters, none adjacent."""
    ids = memory.alphabet.fold[[ord(c) if ord(c) < 0x10000 else 0 for c in line]].astype(np.int64)
    text = list(line)
    places: list[int] = []
    right: list[str] = []
    kinds: list[int] = []
    for place, written in enumerate(ids.tolist()):
        if not FIRST_HAN <= written < len(confusions.options) or rng.random() * one_in > 1:
            continue
        if places and place - places[-1] < 2:
            continue
        other, kind = _error(ids, place, memory, confusions, rng)
        if other:
            text[place] = memory.alphabet.character(other)
            places.append(place)
            right.append(line[place])
            kinds.append(kind)
    return Injected("".join(text), tuple(places), tuple(right), tuple(kinds))


def _error(
    ids: np.ndarray,
    place: int,
    memory: PhraseMemory,
    confusions: Confusions,
    rng: random.Random,
) -> tuple[int, int]:
    """Return the id and the kind of what is written instead, (0, 0) when nothing resembles it."""
    options = confusions.options[ids[place]]
    kind = rng.choices(range(3), _KIND_WEIGHTS)[0]
    likely = options[(confusions.kinds[ids[place]] == kind) & (options > 0)]
    if not len(likely):
        return 0, 0
    weights = np.sqrt(np.expm1(memory.store.unigrams[likely]))
    if rng.random() < _WORD_LIKE:
        before = int(ids[place - 1]) if place else 0
        after = int(ids[place + 1]) if place + 1 < len(ids) else 0
        pairs = memory.store.beside(_symbol(before), _symbol(after))[:, likely].max(axis=0)
        if pairs.any():
            weights = np.expm1(pairs)
    return int(_pick(likely.tolist(), weights.tolist(), rng)), kind


def _symbol(symbol: int) -> int:
    return symbol if FIRST_HAN <= symbol < SKIPPED else 0


def _pick(options: Sequence[int], weights: Sequence[float], rng: random.Random) -> int:
    return rng.choices(options, weights)[0] if sum(weights) > 0 else rng.choice(options)
