"""Which characters and words a sentence calls for: rain, an umbrella. Pure numpy, no Qt.

The topics smooth: what a text is about is a hundred numbers. Here single pairs were counted
(trigger pairs: Lau, Rosenfeld and Roukos 1993): a unit, a character or a word of two, and a target
that shares sentences with it much oftener than chance would have it, by how many nats. Made by
``build_tools.memory.triggers``, part of the file of the topics.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engine.lru import Lru
from assistant.engine.units import unit_rows

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

REACH = 25
"""Tokens on either side of a blank that may call for it."""
GAP_BITS = 12
"""Bits of an entry that say how far its target is from the one before; the others say how loud."""
LEVELS = (1 << 16 - GAP_BITS) - 1
"""Levels of strength; one more stands for a step that meets no target."""
CALLS = 2
"""What is known of a target: the sum of all calls, and the loudest."""
_KEPT = 4
"""Surroundings whose calls are kept, 0.7 MB each: the search asks many questions about one."""


@dataclass(frozen=True, slots=True)
class Around:
    """The tokens on either side of a blank, whatever it is filled with, as far as REACH."""

    left: tuple[int, ...] = ()
    right: tuple[int, ...] = ()


class Triggers:
    """Knows what calls for the V tokens of a vocabulary and N words. Not thread-safe."""

    def __init__(
        self, sections: Mapping[str, NDArray[np.generic]], vocabulary: int, words: int
    ) -> None:
        """Take the sections of the topics' file for P units of two characters and E entries.

        ``trigger_units`` [P] int32 are their sorted keys, ``trigger_starts`` [V + P + 1] int32
        where the entries of each unit begin, ``trigger_targets`` [E] uint16 how far the target of
        each lies behind the one before and its level, ``trigger_values`` [LEVELS + 1] the nats of a
        level; the last is 0. Raises KeyError or ValueError when they do not fit.
        """
        self._vocabulary, self._size = vocabulary, vocabulary + words
        self._pairs = sections["trigger_units"].astype(np.int64)
        self._starts = sections["trigger_starts"].astype(np.int64)
        entries, values = sections["trigger_targets"], sections["trigger_values"]
        if entries.dtype != np.uint16 or (np.diff(self._pairs) <= 0).any():
            raise ValueError("trigger_targets")
        self._entries = np.asarray(entries, dtype=np.uint16)
        self._values: Floats = np.asarray(values, dtype=np.float32)
        bounds = len(self._starts) == vocabulary + len(self._pairs) + 1
        if not bounds or len(self._values) != LEVELS + 1 or self._values[-1] != 0:
            raise ValueError("trigger_values")
        if self._starts[0] != 0 or self._starts[-1] != len(entries):
            raise ValueError("trigger_starts")
        if (np.diff(self._starts) < 0).any():
            raise ValueError("trigger_starts")
        self._known: Lru[Around, Floats] = Lru(_KEPT)

    def calls(self, around: Around) -> Floats:
        """Return how loudly ``around`` calls for tokens and words, [CALLS, V + N] in nats."""
        found = self._known.get(around)
        if found is None:
            found = self._calls(around)
            self._known.put(around, found)
        return found

    def _calls(self, around: Around) -> Floats:
        found = np.zeros((CALLS, self._size), dtype=np.float32)
        rows = [self._entries[first:end] for first, end in self._runs(around)]
        if not rows:
            return found
        gaps = [row >> np.uint16(16 - GAP_BITS) for row in rows]
        targets = np.concatenate([gap.cumsum(dtype=np.int64) for gap in gaps])
        levels = np.concatenate(rows) & np.uint16(LEVELS)
        met = (targets < self._size) & (levels < LEVELS)
        targets, levels = targets[met], levels[met]
        nats = self._values.take(levels)
        found[0] = np.bincount(targets, nats, self._size)
        # Of places that are written twice the last one stays: the loudest.
        rising = np.argsort(levels, kind="stable")
        found[1, targets[rising]] = nats[rising]
        return found

    def _runs(self, around: Around) -> list[tuple[int, int]]:
        """Return where the entries of the units of both sides are, each once."""
        units: dict[int, None] = {}
        for side in (around.left[-REACH:], around.right[:REACH]):
            rows = unit_rows(np.array(side, dtype=np.int64), self._pairs, self._vocabulary)
            units |= dict.fromkeys(rows.tolist())
        bounds = [self._starts[unit : unit + 2].tolist() for unit in units]
        return [(first, end) for first, end in bounds if end > first]
