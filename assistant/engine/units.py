"""The units of a text: its tokens, and those pairs of them that have a row. Pure numpy, no Qt."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Whole = NDArray[np.integer[Any]]


def look_up(keys: Whole, wanted: Whole) -> tuple[Ints, NDArray[np.bool_]]:
    """Return where ``wanted`` are among sorted ``keys``, and whether they are there at all."""
    if not len(keys):
        return np.zeros(wanted.shape, dtype=np.int64), np.zeros(wanted.shape, dtype=np.bool_)
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return places, keys[places] == wanted


def pairs_at(ids: Ints, pairs: Ints, vocabulary: int) -> tuple[Ints, Ints]:
    """Return where a pair that has a row begins in a text of ``ids``, and its row.

    ``pairs`` are sorted keys, left · ``vocabulary`` + right; pair i has row ``vocabulary`` + i.
    """
    places, known = look_up(pairs, ids[:-1] * vocabulary + ids[1:])
    return np.flatnonzero(known), vocabulary + places[known]


def unit_rows(ids: Ints, pairs: Ints, vocabulary: int) -> Ints:
    """Return the rows of a text's units: its tokens, then those pairs of them that have a row."""
    return np.concatenate((ids, pairs_at(ids, pairs, vocabulary)[1]))
