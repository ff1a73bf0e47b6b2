"""The alphabet of a phrase memory: text in, small integers out. Pure numpy, no Qt.

Counting and look-up fold text by the same table, so they cannot disagree: traditional to
simplified, half-width to full-width punctuation, all Latin letters to one symbol, all digits to
one, rare characters to "unknown". White space vanishes, and runs of a class shrink to one symbol.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

UNKNOWN = 0
"""A blank that is still open, or a character too rare to be counted."""
LATIN = 1
DIGIT = 2
OTHER = 3
"""Any other symbol: kana, emoji, mathematics."""
MAX_ALPHABET = 7131
"""The largest radix whose fifth power fits in 64 bits."""
BORDER = "\n"
"""The beginning or the end of a text; counted and looked up as a full stop."""
BLANK = "\0"
"""Another blank."""
PUNCTUATION = "。，、；：？！“”（）《》—…"
FIRST_HAN = 4 + len(PUNCTUATION)
"""Ids from here on are Chinese characters, by falling frequency; only they fill blanks."""
SKIPPED = 0xFFFF
_COLLAPSED = frozenset((LATIN, DIGIT, OTHER, *(4 + PUNCTUATION.index(mark) for mark in "。—…")))

NEIGHBOURS = 4
"""How many symbols on each side a 5-gram can see."""


class Alphabet:
    """Ids of characters. ``fold`` maps UTF-16 units to ids, ``codes`` ids to code points."""

    def __init__(self, fold: NDArray[np.uint16], codes: NDArray[np.uint16]) -> None:
        self.fold = fold
        self.codes = codes
        self.size = len(codes)
        self.collapsed = np.zeros(self.size, dtype=np.bool_)
        """Which symbols stand once for a run of themselves, [A]."""
        self.collapsed[sorted(_COLLAPSED)] = True

    def encode(self, text: str) -> NDArray[np.uint16]:
        """Return the ids of ``text``, folded, without white space, with class runs shrunk."""
        return self.encode_with_places(text)[0]

    def encode_with_places(self, text: str) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
        """Return the ids as :meth:`encode`, and the offset of each in UTF-16 units."""
        units = np.frombuffer(text.encode("utf-16-le", "replace"), dtype="<u2")
        ids = self.fold[units]
        places = np.flatnonzero(ids != SKIPPED)
        ids = ids[places]
        if len(ids) > 1:
            same = ids[1:] == ids[:-1]
            same &= self.collapsed[ids[1:]]
            if same.any():
                kept = np.concatenate(([True], ~same))
                ids, places = ids[kept], places[kept]
        return ids, places

    def spell(self, word: str) -> list[int]:
        """Return the id of every character of ``word`` but for white space.

        As :meth:`encode`, without its arrays and with class runs as they are: for a few characters.
        """
        return [symbol for symbol in map(self._symbol, word) if symbol != SKIPPED]

    def first_symbol(self, text: str) -> int:
        """Return the first id that :meth:`encode` would give, UNKNOWN where it gives none."""
        return next(iter(self.spell(text)), UNKNOWN)

    def han_ids(self) -> dict[str, int]:
        """Return the id of every Chinese character."""
        return {chr(code): i for i, code in enumerate(self.codes.tolist()) if i >= FIRST_HAN}

    def left_context(self, text: str) -> list[int]:
        """Return the ids left of a blank, nearest first, UNKNOWN where nothing is known."""
        return self._nearest(reversed(text))

    def right_context(self, text: str) -> list[int]:
        """Return the ids right of a blank, nearest first, UNKNOWN where nothing is known."""
        return self._nearest(text)

    def _nearest(self, text: Iterable[str]) -> list[int]:
        """Fold up to the fourth symbol or the first unknown one, as :meth:`encode` would.

        What lies behind an unknown symbol cannot be in any counted n-gram.
        """
        found: list[int] = []
        last = UNKNOWN
        for character in text:
            symbol = self._symbol(character)
            if symbol == SKIPPED or (symbol == last and self.collapsed[symbol]):
                continue
            if symbol == UNKNOWN:
                break
            found.append(symbol)
            if len(found) == NEIGHBOURS:
                return found
            last = symbol
        return found + [UNKNOWN] * (NEIGHBOURS - len(found))

    def _symbol(self, character: str) -> int:
        code = ord(character)
        if 0xD800 <= code < 0xE000:  # half a character: encoded as a question mark
            code = ord("?")
        return UNKNOWN if code > 0xFFFF else self.fold.item(code)

    def character(self, index: int) -> str:
        """Return the character of id ``index``; classes show as A, 0 and ·, unknown as □."""
        return chr(int(self.codes[index]))

    def text(self, ids: list[int]) -> str:
        """Return the characters of ``ids``, joined."""
        return "".join(map(self.character, ids))

    def texts(self, ids: NDArray[np.uint16], lengths: NDArray[np.int64]) -> list[str]:
        """Return the first ``lengths`` [K] characters of each row of ``ids`` [K, n]."""
        joined = self.codes[ids].astype("<u2").tobytes().decode("utf-16-le")
        width = ids.shape[1]
        return [
            joined[start : start + length]
            for start, length in zip(range(0, len(joined), width), lengths.tolist(), strict=True)
        ]


def build_alphabet(
    han_by_frequency: list[str], folded: dict[str, str], limit: int = MAX_ALPHABET
) -> Alphabet:
    """Make an alphabet of the commonest characters.

    ``folded`` maps a character to the one it is counted as (traditional to simplified).
    """
    han = [char for char in han_by_frequency if char not in folded and ord(char) < 0x10000]
    chars = ["□", "A", "0", "·", *PUNCTUATION, *han[: limit - FIRST_HAN]]
    codes = np.array([ord(char) for char in chars], dtype=np.uint16)
    fold = np.full(0x10000, OTHER, dtype=np.uint16)
    fold[0x3400:0xA000] = UNKNOWN
    fold[0xD800:0xF900] = UNKNOWN
    fold[codes[4:]] = np.arange(4, len(codes), dtype=np.uint16)
    for origin, target in folded.items():
        if ord(origin) < 0x10000:
            fold[ord(origin)] = fold[ord(target)]
    _fold_classes(fold)
    return Alphabet(fold, codes)


def _fold_classes(fold: NDArray[np.uint16]) -> None:
    for first, last, symbol in (
        ("a", "z", LATIN),
        ("A", "Z", LATIN),
        ("À", "ɏ", LATIN),
        ("ａ", "ｚ", LATIN),
        ("Ａ", "Ｚ", LATIN),
        ("0", "9", DIGIT),
        ("０", "９", DIGIT),
    ):
        fold[ord(first) : ord(last) + 1] = symbol
    same = {
        "。": "\n｡．",
        "，": ",﹐",
        "；": ";",
        "：": ":",
        "？": "?",
        "！": "!",
        "“": "\"＂「『‘'",
        "”": "」』’",
        "（": "([［【〔",
        "）": ")]］】〕",
        "《": "〈",
        "》": "〉",
        "—": "-–―－─",
        "…": "⋯",
    }
    for target, origins in same.items():
        for origin in origins:
            fold[ord(origin)] = fold[ord(target)]
    fold[ord(BLANK)] = UNKNOWN
    for space in " \t\r\u00a0\u3000\u2002\u2003\ufeff\u200b":
        fold[ord(space)] = SKIPPED
