"""Units of meaning read from token ids: single tokens, and the pairs of characters worth a row.

Imports torch, and of ``assistant`` how a text's units are found. Pairs are looked up in the graph
without strings: two hash functions give a pair two slots, each names a row, and the row knows which
pair it is of (cuckoo hashing, Pagh and Rodler 2004). So a pair without a row is nobody's, not
somebody else's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from assistant.engine import topics

VOCABULARY = 8_192
SLOTS = 131_071
"""A prime, more than twice the pairs: two hash functions then find a place for each."""
_MODULUS = 2_147_483_647
_FACTORS = (1_103_515_245, 1_664_525_013)
_MOST_MOVES = 500
_SHIFT = 32_768
"""Slots are kept as signed 16-bit numbers."""

Ints = NDArray[np.int64]


def pair_keys(ids: Ints) -> Ints:
    """Return the key of each token of ``ids`` but the first with its left neighbour."""
    return ids[:-1] * VOCABULARY + ids[1:]


def unit_rows(ids: Ints, pairs: Ints) -> Ints:
    """Return the rows of the units of a text: its tokens, then those pairs that have a row.

    ``pairs`` are sorted keys; pair i has row VOCABULARY + i.
    """
    return topics.unit_rows(ids, pairs, VOCABULARY)


def slots(pairs: Ints) -> NDArray[np.int16]:
    """Return for each slot which pair lives there, less 32,768; an empty one names pair 0.

    Raises ValueError when not all find a place: there are too many.
    """
    if len(pairs) > 2 * _SHIFT:
        raise ValueError(f"{len(pairs)} pairs are too many")
    choices = np.stack(_slots_of(pairs // VOCABULARY, pairs % VOCABULARY)).T
    tenants = np.full(SLOTS, -1, dtype=np.int64)
    for pair in range(len(pairs)):
        _move_in(pair, choices, tenants)
    return (np.maximum(tenants, 0) - _SHIFT).astype(np.int16)


def _move_in(pair: int, choices: Ints, tenants: Ints) -> None:
    place = int(choices[pair, 0])
    for _ in range(_MOST_MOVES):
        pair, tenants[place] = int(tenants[place]), pair
        if pair < 0:
            return
        one, two = (int(choice) for choice in choices[pair])
        place = two if place == one else one
    raise ValueError("the pairs find no place")


def _slots_of(left: Any, right: Any) -> list[Any]:
    keys = left * VOCABULARY + right
    return [keys * factor % _MODULUS % SLOTS for factor in _FACTORS]


class UnitLookup(nn.Module):
    """Rows of the pairs in a batch of token ids."""

    slots: Tensor
    keys: Tensor

    def __init__(self, pairs: Ints) -> None:
        """Place the sorted keys ``pairs``."""
        super().__init__()
        self.register_buffer("slots", torch.from_numpy(slots(pairs)))
        self.register_buffer("keys", torch.from_numpy(pairs.astype(np.int32)))

    def forward(self, ids: Tensor) -> Tensor:
        """Return the row of each token of ``ids`` [B, L] with its left neighbour; 0 is none."""
        left = torch.cat([torch.zeros_like(ids[:, :1]), ids[:, :-1]], dim=1)
        wanted = left * VOCABULARY + ids
        rows = torch.zeros_like(ids)
        for places in _slots_of(left, ids):
            pair = self.slots[places].long() + _SHIFT
            rows = torch.where(self.keys[pair].long() == wanted, pair + VOCABULARY, rows)
        return rows
