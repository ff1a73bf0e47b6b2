"""Who was seen beside whom: the pairs of a phrase memory. Pure numpy, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Codes = NDArray[np.uint8] | NDArray[np.uint32]
"""Counts of pairs: quantised to a byte, or exact."""

_STEP_ON = 255


@dataclass(frozen=True, slots=True)
class Adjacency:
    """For each symbol, the symbols seen beside it, with their counts.

    ``steps`` are differences of rising ids (255 = step on without an entry), ``codes`` the counts
    (quantised in packed files), ``offsets`` [A + 1] delimit each symbol's run of both.
    """

    offsets: NDArray[np.uint32]
    steps: NDArray[np.uint8]
    codes: Codes

    def row(self, symbol: int, size: int, values: Floats | None) -> Floats:
        """Return ln(1 + count) of every symbol beside ``symbol``, [size].

        ``values`` are what the codes stand for; with None the codes are the counts.
        """
        start, end = self.run(symbol)
        steps, codes = self.steps[start:end], self.codes[start:end]
        logs = log_counts(codes, values)
        logs *= steps != _STEP_ON
        row = np.zeros(size, dtype=np.float32)
        # A step without an entry may end on the id of the next entry: the last one stays.
        row[np.add.accumulate(steps, 0, np.int64)] = logs
        return row

    def run(self, symbol: int) -> tuple[int, int]:
        """Return where the run of ``symbol`` begins and ends."""
        return self.offsets.item(symbol), self.offsets.item(symbol + 1)

    def code(self, run: tuple[int, int], other: int) -> int | None:
        """Return the code of the count of ``other`` in a run, None where unseen."""
        start, end = run
        steps = self.steps[start:end]
        ids = np.add.accumulate(steps, 0, np.int64)
        # An entry stands behind the steps that led to it, and may have the same id as the last.
        place = int(ids.searchsorted(other, "right")) - 1
        if place < 0 or ids.item(place) != other or steps.item(place) == _STEP_ON:
            return None
        return self.codes.item(start + place)


def log_counts(codes: Codes, values: Floats | None) -> Floats:
    """Return ln(1 + count) of ``codes``, which index ``values``, or are counts without any."""
    if values is None:
        return np.log1p(codes.astype(np.float32))
    return values.take(codes)
