"""Choose the words of a phrase memory: the commonest by jieba's boundaries, and idioms.

rjieba at build time only; at run time the lexicon in the file is enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import rjieba
from numpy.typing import NDArray

from assistant.engine.memory_alphabet import Alphabet
from assistant.engine.memory_words import MAX_LENGTH, is_word

MAX_LEXICON = 40_000
MIN_IDIOM = 2.0
"""Idioms beyond the commonest words stay when they were counted this often."""


def count_words(files: Iterable[Path], weights: Mapping[str, float]) -> Counter[str]:
    """Count the words of 1–4 characters of text files, weighted by source (file stem)."""
    total: Counter[str] = Counter()
    for path in files:
        counts: Counter[str] = Counter()
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                counts.update(rjieba.cut(line, hmm=False))
        weight = weights.get(path.stem, 1.0)
        for word, count in counts.items():
            if len(word) <= MAX_LENGTH:
                total[word] += count * weight  # pyright: ignore[reportArgumentType]
    return total


def choose_words(
    counts: Mapping[str, float],
    idioms: Iterable[str],
    alphabet: Alphabet,
    limit: int = MAX_LEXICON,
) -> tuple[NDArray[np.uint16], NDArray[np.float16]]:
    """Return ids [W, 4] and ln(1 + count) [W] of the commonest words and of all common idioms.

    Traditional and simplified spellings count as one. Sorted by ids.
    """
    folded: dict[tuple[int, ...], float] = {}
    for word, count in counts.items():
        ids = tuple(alphabet.spell(word))
        if len(ids) == len(word) and is_word(ids):
            folded[ids] = folded.get(ids, 0.0) + count
    known = {
        ids
        for ids in (tuple(alphabet.spell(idiom)) for idiom in idioms)
        if len(ids) == MAX_LENGTH and is_word(ids)
    }
    ranked = sorted(folded.items(), key=lambda item: (-item[1], item[0]))
    chosen = dict(ranked[:limit])
    chosen |= {word: folded[word] for word in known if folded.get(word, 0.0) >= MIN_IDIOM}
    ranked = sorted(chosen.items())
    table = np.zeros((len(ranked), MAX_LENGTH), dtype=np.uint16)
    for row, (word, _) in enumerate(ranked):
        table[row, : len(word)] = word
    return table, np.log1p(np.array([count for _, count in ranked])).astype(np.float16)
