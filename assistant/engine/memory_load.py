"""Assemble a phrase memory from the sections of its file. Pure numpy, no Qt.

Every function raises KeyError, ValueError or IndexError when the sections do not fit together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_alphabet import Alphabet
from assistant.engine.memory_counts import ORDERS, CountStore
from assistant.engine.memory_rows import Adjacency
from assistant.engine.memory_scorer import NetScorer, Scorer, WittenBellScorer
from assistant.engine.memory_table import Geometry, PackedTable, SortedTable, Table
from assistant.engine.memory_words import Lexicon

Sections = Mapping[str, Any]


def store(alphabet: Alphabet, sections: Sections, meta: Sections) -> CountStore:
    """Return the counts."""

    def adjacency(name: str) -> Adjacency:
        return Adjacency(*(sections[f"{name}.{part}"] for part in ("offsets", "steps", "codes")))

    if meta["alphabet"] != alphabet.size or len(alphabet.fold) != 0x10000:
        raise ValueError("alphabet")
    return CountStore(
        alphabet,
        sections["unigrams"],
        adjacency("after"),
        adjacency("before"),
        {order: _table(order, sections, meta) for order in ORDERS[1:]},
        sections["pair_levels"] if "levels" in sections else None,
    )


def _table(order: int, sections: Sections, meta: Sections) -> Table:
    if f"order{order}.keys" in sections:
        return SortedTable(sections[f"order{order}.keys"], sections[f"order{order}.counts"])
    shape = meta["tables"][str(order)]
    geometry = Geometry(shape["segment"], shape["segments"])
    packed: NDArray[np.uint8] = sections[f"order{order}"]
    if len(packed) * 8 < geometry.slots * shape["bits"]:
        raise ValueError(f"order{order}")
    return PackedTable(packed, shape["bits"], sections["levels"], geometry, shape["seed"])


def scorer(sections: Sections, prefix: str) -> Scorer:
    """Return the scorer fitted under the names ``prefix``…, or one that needs no fitting."""
    weights = {
        name[len(prefix) :]: part for name, part in sections.items() if name.startswith(prefix)
    }
    return NetScorer(weights) if weights else WittenBellScorer()


def lexicon(sections: Sections) -> Lexicon:
    """Return the words, none without a scorer for them."""
    if "word_scorer.out" not in sections:
        return Lexicon(np.empty(0, dtype=np.uint16), np.empty(0, dtype=np.float32))
    return Lexicon(sections["words.ids"], sections["words.logs"])
