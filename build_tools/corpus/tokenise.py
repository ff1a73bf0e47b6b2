"""From a passage to segments of token ids with word boundaries.

Imports nothing of ``assistant``. Words come from rjieba (jieba's algorithm and dictionary), ids
from the vocabulary of a Hugging Face tokenizer that gives every Chinese character a token of its
own, as BERT's does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rjieba
from numpy.typing import NDArray
from tokenizers import Tokenizer

WORD_START = 0x8000
"""Bit of a stored token that begins a word; the other 15 bits are the id."""
ID_BITS = 0x7FFF
MAX_TOKENS = 126
"""Longest segment: 128 less ``[CLS]`` and ``[SEP]``."""

# The ranges that BERT's normaliser puts white space around, so runs can be tokenised apart.
_HAN_RANGES = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002b73f"
    "\U0002b740-\U0002b81f\U0002b820-\U0002ceaf\U0002f800-\U0002fa1f"
)
_RUN = re.compile(f"([{_HAN_RANGES}]+)|[^{_HAN_RANGES}]+")
_HAN = re.compile(f"[{_HAN_RANGES}]")
_SENTENCE_ENDS = "。！？；…!?;"
_CLAUSE_ENDS = "，、：,:"
_CLOSING = "”’」』）》)\"'"
_CACHE_SIZE = 1_000_000


def han_ids(tokenizer: Tokenizer) -> NDArray[np.bool_]:
    """Tell for every id whether it is a single Chinese character."""
    table = np.zeros(tokenizer.get_vocab_size(), dtype=np.bool_)
    for token, index in tokenizer.get_vocab().items():
        table[index] = len(token) == 1 and _HAN.match(token) is not None
    return table


class SegmentTokenizer:
    """Turns passages into segments; remembers the ids of words it has met."""

    def __init__(self, tokenizer_json: Path) -> None:
        """Load ``tokenizer.json``. Raise ValueError if its ids do not fit 15 bits."""
        self.tokenizer = Tokenizer.from_file(str(tokenizer_json))
        if self.tokenizer.get_vocab_size() > ID_BITS:
            raise ValueError(f"{tokenizer_json}: more than {ID_BITS} tokens")
        vocabulary = self.tokenizer.get_vocab()
        unknown = vocabulary["[UNK]"]
        self._characters = {
            token: index
            for token, index in vocabulary.items()
            if len(token) == 1 and _HAN.match(token)
        }
        self.unknown = unknown
        self._words: dict[str, NDArray[np.uint16]] = {}
        self._sentence_end = self._table(_SENTENCE_ENDS)
        self._clause_end = self._table(_CLAUSE_ENDS)
        self._closing = self._table(_CLOSING)

    def _table(self, characters: str) -> NDArray[np.bool_]:
        table = np.zeros(ID_BITS + 1, dtype=np.bool_)
        vocabulary = self.tokenizer.get_vocab()
        for character in characters:
            if character in vocabulary:
                table[vocabulary[character]] = True
        return table

    def encode(self, text: str) -> NDArray[np.uint16]:
        """Return the ids of ``text`` without special tokens, ``WORD_START`` set on first tokens.

        The ids are those of the tokenizer on the whole text.
        """
        pieces: list[NDArray[np.uint16]] = []
        words = self._words
        if len(words) > _CACHE_SIZE:
            words.clear()
        for run in _RUN.finditer(text):
            is_han = run.group(1) is not None
            for word in rjieba.cut(run.group()) if is_han else (run.group(),):
                ids = words.get(word)
                if ids is None:
                    ids = words[word] = self._han_word(word) if is_han else self._other_run(word)
                pieces.append(ids)
        return np.concatenate(pieces) if pieces else np.empty(0, dtype=np.uint16)

    def _han_word(self, word: str) -> NDArray[np.uint16]:
        ids = np.array([self._characters.get(c, self.unknown) for c in word], dtype=np.uint16)
        ids[0] |= WORD_START
        return ids

    def _other_run(self, run: str) -> NDArray[np.uint16]:
        encoding = self.tokenizer.encode(run, add_special_tokens=False)
        ids = np.array(encoding.ids, dtype=np.uint16)
        words = np.array([-1, *encoding.word_ids], dtype=np.int64)
        ids[words[1:] != words[:-1]] |= WORD_START
        return ids

    def segments(self, text: str, max_tokens: int = MAX_TOKENS) -> Iterator[NDArray[np.uint16]]:
        """Yield the encoded text cut into segments of at most ``max_tokens`` tokens.

        Each cut is at the last sentence end that fits, else at the last clause end, else between
        words, else anywhere.
        """
        tokens = self.encode(text)
        ids = tokens & ID_BITS
        closing = self._closing[ids]
        while len(tokens) > max_tokens:
            cut = self._cut(tokens, ids, closing, max_tokens)
            yield tokens[:cut]
            tokens, ids, closing = tokens[cut:], ids[cut:], closing[cut:]
        if len(tokens):
            yield tokens

    def _cut(
        self,
        tokens: NDArray[np.uint16],
        ids: NDArray[np.uint16],
        closing: NDArray[np.bool_],
        limit: int,
    ) -> int:
        for ends in (self._sentence_end, self._clause_end):
            for place in np.flatnonzero(ends[ids[:limit]])[::-1]:
                cut = int(place) + 1
                while cut < limit and closing[cut]:
                    cut += 1
                # A closing quote that would be torn off means that this sentence does not fit.
                if not closing[cut]:
                    return cut
        starts = np.flatnonzero(tokens[: limit + 1] & WORD_START)
        return int(starts[-1]) if len(starts) and starts[-1] > 0 else limit
