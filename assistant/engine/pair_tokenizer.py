"""Texts, and pairs of texts, to rows of token ids for a classifier.

Wraps a Hugging Face ``tokenizer.json``; imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.engine.package import Package
from assistant.engine.tokenizer import load_tokenizer
from assistant.errors import ModelFormatError

Ids = tuple[int, ...]
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """What the model reads at once: token ids with the special ones.

    The first ``first_length`` ids (with [CLS] and the [SEP] after it) are the first text.
    """

    ids: Ids
    first_length: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """The token ids of a text without special ones, and each token's (start, end) in it."""

    ids: Ids
    places: tuple[tuple[int, int], ...]


class PairTokenizer:
    """The tokenizer of a classifier, which knows how its rows are put together."""

    def __init__(self, package: Package) -> None:
        """Read the tokenizer of ``package``; raises ModelFormatError if it does not fit."""
        special = package.manifest.special_tokens
        self._folder = package.folder.name
        self._tokenizer = load_tokenizer(package)
        self._cls, self._sep = self._id_of(special.cls), self._id_of(special.sep)
        self.pad = self._id_of(special.pad)

    def _id_of(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ModelFormatError(folder=self._folder, reason=token)
        return found

    def ids(self, texts: Sequence[str]) -> list[Ids]:
        """Return the token ids of each text, without special tokens."""
        plain = list(map(without_surrogates, texts))
        encoded = self._tokenizer.encode_batch_fast(plain, add_special_tokens=False)
        return [tuple(one.ids) for one in encoded]

    def tokens(self, text: str) -> Tokens:
        """Return the tokens of ``text`` with their places in it (code points)."""
        encoded = self._tokenizer.encode(without_surrogates(text), add_special_tokens=False)
        return Tokens(tuple(encoded.ids), tuple(encoded.offsets))

    def single(self, text: Ids) -> Row:
        """Return the row ``[CLS] text [SEP]``."""
        return Row((self._cls, *text, self._sep), len(text) + 2)

    def pair(self, first: Ids, second: Ids) -> Row:
        """Return the row ``[CLS] first [SEP] second [SEP]``."""
        return Row((self._cls, *first, self._sep, *second, self._sep), len(first) + 2)


def without_surrogates(text: str) -> str:
    """Return ``text``, as long as it was, without halves of pairs, which no UTF-8 can hold."""
    return _SURROGATE.sub("\ufffd", text)
