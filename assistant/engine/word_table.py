"""The words of the phrase memory as token ids: which of them fit what the encoder sees in a blank.

The encoder judges the places of a blank one by one; a list of words knows which characters belong
together. A word's merit is Σ ln P(character) + ½·PMI(word), both cheap to have for all words at
once; the search then scores the best of them properly. Pure numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory import PhraseMemory

Floats = NDArray[np.float32]
Tokens = NDArray[np.int64]
Suits = Callable[[Sequence[tuple[int, ...]]], Floats]
"""Says of each word (token ids) how well it suits a text."""

_PMI_WEIGHT = np.float32(0.5)
_LOOKED_THROUGH = 400
"""Words of which those are chosen that suit the text."""


@dataclass(frozen=True, slots=True)
class _Words:
    """All words of one length: token ids [W, k] in the order of ``keys``, ln(1 + count), PMI."""

    tokens: Tokens
    keys: Tokens
    logs: Floats
    pmi: Floats


class WordTable:
    """The words of a memory that a vocabulary can write."""

    def __init__(self, memory: PhraseMemory, vocabulary: Sequence[str]) -> None:
        """Map the memory's lexicon to the ids of ``vocabulary``."""
        self._radix = len(vocabulary)
        places = {token: i for i, token in enumerate(vocabulary)}
        token_of = np.array([places.get(chr(int(code)), -1) for code in memory.alphabet.codes])
        self._words = {k: self._of_length(memory, token_of, k) for k in range(1, 5)}

    def _of_length(self, memory: PhraseMemory, token_of: Tokens, length: int) -> _Words:
        lexicon = memory.lexicon
        rows = np.flatnonzero(lexicon.lengths == length)
        ids = lexicon.ids[rows, :length].astype(np.int64)
        tokens = token_of[ids]
        written = (tokens >= 0).all(axis=1)
        ids, tokens, rows = ids[written], tokens[written], rows[written]
        logs = lexicon.logs[rows].astype(np.float32)
        keys = self._key(tokens)
        order = np.argsort(keys)
        unigrams = memory.store.unigrams[ids].astype(np.float32)
        total = np.float32(np.logaddexp.reduce(memory.store.unigrams))
        pmi = logs - unigrams.sum(axis=1) + (length - 1) * total
        return _Words(tokens[order], keys[order], logs[order], pmi[order])

    def _key(self, tokens: Tokens) -> Tokens:
        key = np.zeros(len(tokens), dtype=np.int64)
        for column in tokens.T:
            key = key * self._radix + column
        return key

    def frequency(self, ids: tuple[int, ...]) -> float:
        """Return ln(1 + count) of the word with these token ids, 0 for no word of the list."""
        words = self._words.get(len(ids))
        if words is None or not len(words.keys):
            return 0.0
        key = int(self._key(np.array([ids]))[0])
        place = int(np.searchsorted(words.keys, key))
        return (
            float(words.logs[place])
            if place < len(words.keys) and words.keys[place] == key
            else 0.0
        )

    def propose(
        self,
        log_probs: Sequence[Floats],
        count: int,
        suits: Suits | None = None,
    ) -> list[tuple[int, ...]]:
        """Return the ``count`` words (token ids) that fit best, best first.

        ``log_probs[j]`` is ln P [V] of the j-th place of the blank with all places open; ``suits``
        says what is added to that for being in this text, and is asked about the best of them.
        """
        words = self._words.get(len(log_probs))
        if words is None or count <= 0 or not len(words.keys):
            return []
        merit = words.pmi * _PMI_WEIGHT
        for column, place in zip(words.tokens.T, log_probs, strict=True):
            merit = merit + place[column]
        best = np.argsort(-merit)[: _LOOKED_THROUGH if suits else count]
        found = [tuple(row) for row in words.tokens[best].tolist()]
        if suits is None:
            return found
        order = np.argsort(-(merit[best] + suits(found)), kind="stable")[:count]
        return [found[place] for place in order.tolist()]
