"""Text to token ids, and which ids are words a person can use.

Wraps a Hugging Face ``tokenizer.json``; imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.engine.package import Package
from assistant.errors import ModelFormatError
from assistant.text.characters import has_han, is_han, is_punctuation

BoolVector = NDArray[np.bool_]


def load_tokenizer(package: Package) -> Tokenizer:
    """Read the tokenizer of ``package``, which neither pads nor cuts nor knows special tokens.

    Raises ModelFormatError if it cannot be read or is larger than the model's vocabulary.
    """
    manifest, folder = package.manifest, package.folder.name
    try:
        tokenizer = Tokenizer.from_file(str(package.path(manifest.tokenizer)))
    except Exception as error:  # the Rust tokenizer raises plain Exception
        raise ModelFormatError(str(error), folder=folder, reason=manifest.tokenizer) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    # A text that happens to hold "[SEP]" must not become a special token.
    tokenizer.encode_special_tokens = True
    if tokenizer.get_vocab_size() > manifest.vocab_size:
        raise ModelFormatError(folder=folder, reason="vocabulary")
    return tokenizer


class Vocabulary:
    """The vocabulary of one fill model: encoding, special ids and classes of ids."""

    def __init__(self, package: Package) -> None:
        """Read the tokenizer of ``package``; raises ModelFormatError if it does not fit."""
        manifest = package.manifest
        self._tokenizer = tokenizer = load_tokenizer(package)
        self.size = manifest.vocab_size
        self.tokens: tuple[str, ...] = tuple(
            tokenizer.id_to_token(i) or "" for i in range(self.size)
        )
        special = manifest.special_tokens
        self._folder = package.folder.name
        self.pad = self._id_of(special.pad)
        self.unk = self._id_of(special.unk)
        self.cls = self._id_of(special.cls)
        self.sep = self._id_of(special.sep)
        self.mask = self._id_of(special.mask)
        self.span = self._id_of(special.span) if special.span else None
        self.lengths = tuple(map(self._id_of, special.lengths if special.span else ()))
        self.length_prior = manifest.length_prior
        self._special = {self.pad, self.unk, self.cls, self.sep, self.mask, self.span}
        self._special.update(self.lengths)

    def _id_of(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ModelFormatError(folder=self._folder, reason=token)
        return found

    def encode(self, text: str) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
        """Return ids and (start, end) code-point offsets of the tokens of ``text``.

        No special tokens are added; white space vanishes.
        """
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return tuple(encoding.ids), tuple(encoding.offsets)

    @cached_property
    def han(self) -> BoolVector:
        """Ids of single Chinese characters, shape [V]."""
        return self._mask(lambda token: len(token) == 1 and is_han(token))

    @cached_property
    def punctuation(self) -> BoolVector:
        """Ids of single punctuation marks, shape [V]."""
        return self._mask(lambda token: len(token) == 1 and is_punctuation(token))

    @cached_property
    def alphanumeric(self) -> BoolVector:
        """Ids of whole tokens of Latin or other letters and digits, shape [V]."""
        return self._mask(lambda token: token.isalnum() and not has_han(token))

    @cached_property
    def single(self) -> BoolVector:
        """Ids of tokens that are one character, shape [V]."""
        return self._mask(lambda token: len(token) == 1)

    def _mask(self, accept: Callable[[str], bool]) -> BoolVector:
        return np.array(
            [
                bool(token) and i not in self._special and accept(token)
                for i, token in enumerate(self.tokens)
            ]
        )
