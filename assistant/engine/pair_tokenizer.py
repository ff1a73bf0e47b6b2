"""Texts, and pairs of texts, to rows of token ids for a classifier.

Wraps a Hugging Face ``tokenizer.json``; imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.engine.package import Package
from assistant.engine.tokenizer import load_tokenizer
from assistant.errors import ModelFormatError
from assistant.text.characters import without_surrogates

Ids = tuple[int, ...]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """What the model reads at once: token ids with the special ones.

    The first ``first_length`` ids (with [CLS] and the [SEP] after it) are the first text. ``ends``
    are the places of the [SEP] after each hypothesis, ``labels`` those of the person's labels in
    them, (start, end).
    """

    ids: Ids
    first_length: int
    ends: tuple[int, ...] = ()
    labels: tuple[Place, ...] = ()


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

    def pair(self, first: Ids, *others: Ids, labels: Sequence[Place] = ()) -> Row:
        """Return the row ``[CLS] first [SEP] other [SEP]``, with more others where they fit.

        ``labels`` are places, each in the tokens of its ``other``.
        """
        ids = [self._cls, *first, self._sep]
        length = len(ids)
        starts: list[int] = []
        ends: list[int] = []
        for other in others:
            starts.append(len(ids))
            ids += (*other, self._sep)
            ends.append(len(ids) - 1)
        placed = [(at + start, at + end) for at, (start, end) in zip(starts, labels, strict=False)]
        return Row(tuple(ids), length, tuple(ends), tuple(placed))
