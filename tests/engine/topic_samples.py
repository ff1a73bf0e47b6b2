"""Topics that are counted by hand: two directions, weather and kitchen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.engine.topics import word_keys

VOCABULARY = (*("[PAD]", "[MASK]", "[CLS]", "[SEP]"), *"下雨带伞饭汤米好")
WEATHER, KITCHEN = (1.0, 0.0), (0.0, 1.0)
_OF = {"雨": WEATHER, "伞": WEATHER, "饭": KITCHEN, "汤": KITCHEN, "米": KITCHEN}
_WORDS = {"下雨": WEATHER, "雨伞": WEATHER, "米饭": KITCHEN, "米汤": KITCHEN, "好": (0.1, 0.1)}


def ids_of(text: str) -> tuple[int, ...]:
    """Return the ids of the characters of ``text``; ␣ is a mask."""
    return tuple(VOCABULARY.index("[MASK]" if c == "␣" else c) for c in text)


def topic_sections() -> dict[str, NDArray[np.generic]]:
    """Return the sections of a file of topics."""
    size = len(VOCABULARY)
    single = np.array([_OF.get(token, (0.0, 0.0)) for token in VOCABULARY])
    left, right = ids_of("下雨")
    pairs = np.array([left * size + right], dtype=np.int32)
    padded = [(*ids_of(word), *(0,) * (4 - len(word))) for word in _WORDS]
    order = np.argsort(word_keys(np.array(padded, dtype=np.int64)))
    sections: dict[str, NDArray[np.generic]] = {
        "pairs": pairs,
        "centre": np.zeros(2, dtype=np.float32),
        "word_ids": np.array(padded, dtype=np.int16)[order].reshape(-1),
    }
    sections |= _table("units", "unit_scales", [*single.tolist(), WEATHER])
    vectors = list(_WORDS.values())
    sections |= _table("words", "word_scales", [vectors[i] for i in order])
    return sections | _table("characters", "character_scales", single.tolist())


def _table(
    rows: str, scales: str, values: Sequence[Sequence[float]]
) -> dict[str, NDArray[np.generic]]:
    table = np.round(np.array(values) * 100).astype(np.int8).reshape(-1)
    return {rows: table, scales: np.full(len(values), 0.01, dtype=np.float32)}
