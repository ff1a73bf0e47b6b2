"""The words of the phrase memory as token ids: how common each is, and how firm. Pure numpy.

The encoder judges the places of a blank one by one; a list of words knows which characters belong
together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory import PhraseMemory

Floats = NDArray[np.float32]
Tokens = NDArray[np.int64]
Word = tuple[int, ...]

LENGTHS = (1, 2, 3, 4)
_PMI_WEIGHT = np.float32(0.5)


@dataclass(frozen=True, slots=True)
class Words:
    """All words of one length k, in the order of ``keys`` [W].

    ``columns`` [k, W] are their tokens by place, ``logs`` ln(1 + count), ``bonds`` half their PMI;
    ``radix`` is the base of the keys.
    """

    columns: Tokens
    keys: Tokens
    logs: Floats
    bonds: Floats
    radix: int

    def place(self, ids: Word) -> int | None:
        """Return where the word with these k token ids stands; None: nowhere."""
        key = 0
        for token in ids:
            key = key * self.radix + token
        place = int(self.keys.searchsorted(key))
        return place if place < len(self.keys) and self.keys.item(place) == key else None


class WordTable:
    """The words of a memory that a vocabulary can write."""

    def __init__(self, memory: PhraseMemory, vocabulary: Sequence[str]) -> None:
        """Map the memory's lexicon to the ids of ``vocabulary``."""
        self._radix = len(vocabulary)
        self._tokens = {token: i for i, token in enumerate(vocabulary)}
        codes = memory.alphabet.codes
        token_of = np.array([self._tokens.get(chr(int(code)), -1) for code in codes])
        self._words = {k: self._of_length(memory, token_of, k) for k in LENGTHS}

    def words(self, length: int) -> Words:
        """Return the words of ``length`` characters. Raises KeyError."""
        return self._words[length]

    def ids(self, text: str) -> Word | None:
        """Return the tokens of the characters of ``text``, None where one has none."""
        found = tuple(self._tokens.get(character, -1) for character in text)
        return found if min(found, default=-1) >= 0 else None

    def _of_length(self, memory: PhraseMemory, token_of: Tokens, length: int) -> Words:
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
        bonds = _PMI_WEIGHT * (logs - unigrams.sum(axis=1) + (length - 1) * total)
        columns = np.ascontiguousarray(tokens[order].T)
        return Words(columns, keys[order], logs[order], bonds[order], self._radix)

    def _key(self, tokens: Tokens) -> Tokens:
        key = np.zeros(len(tokens), dtype=np.int64)
        for column in tokens.T:
            key = key * self._radix + column
        return key

    def frequency(self, ids: Word) -> float:
        """Return ln(1 + count) of the word with these token ids, 0 for no word of the list."""
        words = self._words.get(len(ids))
        place = words.place(ids) if words else None
        return words.logs.item(place) if words and place is not None else 0.0

    def bond(self, ids: Word) -> float:
        """Return half the PMI of the characters of a word in nats, 0 for no word of the list."""
        words = self._words.get(len(ids))
        place = words.place(ids) if words else None
        return words.bonds.item(place) if words and place is not None else 0.0
