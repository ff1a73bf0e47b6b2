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
from assistant.engine.memory_counts import best_places

Floats = NDArray[np.float32]
Tokens = NDArray[np.int64]
Suits = Callable[[Tokens], Floats]
"""Says of each word (token ids [n, k]) how well it suits a text, [n]."""
Word = tuple[int, ...]

_PMI_WEIGHT = np.float32(0.5)
LOOKED_THROUGH = 400
"""Words of which those are chosen that suit the text."""


@dataclass(frozen=True, slots=True)
class _Words:
    """All words of one length k, in the order of ``keys`` [W].

    ``columns`` [k, W] are their tokens by place, ``logs`` ln(1 + count), ``pmi`` half their PMI.
    """

    columns: Tokens
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
        pmi = _PMI_WEIGHT * (logs - unigrams.sum(axis=1) + (length - 1) * total)
        return _Words(np.ascontiguousarray(tokens[order].T), keys[order], logs[order], pmi[order])

    def _key(self, tokens: Tokens) -> Tokens:
        key = np.zeros(len(tokens), dtype=np.int64)
        for column in tokens.T:
            key = key * self._radix + column
        return key

    def frequency(self, ids: Word) -> float:
        """Return ln(1 + count) of the word with these token ids, 0 for no word of the list."""
        words, place = self._find(ids)
        return words.logs.item(place) if words is not None else 0.0

    def bond(self, ids: Word) -> float:
        """Return half the PMI of the characters of a word in nats, 0 for no word of the list."""
        words, place = self._find(ids)
        return words.pmi.item(place) if words is not None else 0.0

    def _find(self, ids: Word) -> tuple[_Words | None, int]:
        """Return the words of this length and where among them ``ids`` stands; None: nowhere."""
        words = self._words.get(len(ids))
        if words is None:
            return None, 0
        key = 0
        for token in ids:
            key = key * self._radix + token
        place = int(words.keys.searchsorted(key))
        known = place < len(words.keys) and words.keys.item(place) == key
        return (words if known else None), place

    def propose(
        self, log_probs: Sequence[Floats], count: int, suits: Suits | None = None
    ) -> tuple[list[Word], list[Word]]:
        """Return the ``count`` words (token ids) that fit best, and those that also suit the text.

        Both best first. ``log_probs[j]`` is ln P [V] of the j-th place of the blank with all
        places open; ``suits`` says what is added to that for being in this text, and is asked
        about the best of them; without it no words are said to suit.
        """
        words = self._words.get(len(log_probs))
        if words is None or count <= 0 or not len(words.keys):
            return [], []
        merit: Floats = words.pmi.copy()
        for place, of_tokens in enumerate(log_probs):
            column: Tokens = words.columns[place]
            np.add(merit, of_tokens.take(column), merit)
        best = best_places(merit, LOOKED_THROUGH if suits else count)
        best = best.take(_falling(merit.take(best)))
        fitting = _words(words.columns.take(best[:count], 1))
        if suits is None:
            return fitting, []
        tokens = words.columns.take(best, 1)
        order = _falling(merit.take(best) + suits(tokens.T))[:count]
        return fitting, _words(tokens.take(order, 1))


def _falling(merit: Floats) -> Tokens:
    """Return the places of ``merit`` [n] from the highest down, the first ones of equals first."""
    return np.negative(merit).argsort(kind="stable")


def _words(columns: Tokens) -> list[Word]:
    rows: list[list[int]] = columns.T.tolist()
    return [tuple(row) for row in rows]
