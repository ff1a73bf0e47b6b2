"""Pack kept n-grams into the file that ships. Deterministic: same counts, same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_alphabet import Alphabet
from assistant.engine.memory_counting import Counts, Keys, adjacency_sections
from assistant.engine.memory_counts import ORDERS
from build_tools.memory.count import load_counts
from build_tools.memory.prune import unigram_counts
from build_tools.memory.static_function import build_packed

LEVELS = np.array([1, 2, 3, 5, 9, 20, 60, 300], dtype=np.float32)
"""Counts that the tables of orders 3–5 tell apart (the nearest in ratio is stored).

Sixteen finer levels let twice as many strangers pass, which cost more accuracy than they gave.
"""
PAIR_LEVELS = np.array(
    sorted({*range(1, 25), *(round(24 * 1.06**step) for step in range(232))}), dtype=np.float32
)
"""Counts of pairs that a byte tells apart: exact up to 24, then within 3 %."""
BITS = {3: 12, 4: 11, 5: 10}
"""Width of a slot by order: the wider, the fewer strangers pass."""

Sections = dict[str, NDArray[np.generic]]


def quantise(counts: Counts, levels: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the index of the level nearest in ratio to each count."""
    borders = np.sqrt(levels[:-1] * levels[1:])
    return np.searchsorted(borders, counts.astype(np.float32), side="right").astype(np.uint8)


def count_sections(
    folder: Path,
    alphabet: Alphabet,
    kept: Mapping[int, NDArray[np.bool_]],
    bits: Mapping[int, int] = BITS,
) -> tuple[Sections, dict[str, Any]]:
    """Return the sections of the counts and their part of the meta data."""
    size = alphabet.size
    sections: Sections = {
        "fold": alphabet.fold,
        "codes": alphabet.codes,
        "unigrams": np.log1p(unigram_counts(folder, size)).astype(np.float32),
        "levels": LEVELS,
        "pair_levels": PAIR_LEVELS,
    }
    pairs, counts = _chosen(folder, 2, kept)
    sections |= adjacency_sections(pairs, quantise(counts, PAIR_LEVELS), size)
    meta: dict[str, Any] = {"alphabet": size, "tables": {}, "ngrams": {"2": len(pairs)}}
    for order in ORDERS[1:]:
        keys, counts = _chosen(folder, order, kept)
        codes = quantise(counts, LEVELS)
        packed, geometry, seed = build_packed(keys, codes, bits[order])
        sections[f"order{order}"] = packed
        meta["tables"][str(order)] = {
            "bits": bits[order],
            "segment": geometry.segment,
            "segments": geometry.segments,
            "seed": seed,
        }
        meta["ngrams"][str(order)] = len(keys)
    return sections, meta


def meta_section(meta: Mapping[str, Any]) -> NDArray[np.uint8]:
    """Return meta data as a section (JSON with sorted keys)."""
    return np.frombuffer(json.dumps(meta, sort_keys=True).encode(), dtype=np.uint8)


def _chosen(folder: Path, order: int, kept: Mapping[int, NDArray[np.bool_]]) -> tuple[Keys, Counts]:
    keys, counts = load_counts(folder, order)
    return np.asarray(keys)[kept[order]], np.asarray(counts)[kept[order]]
