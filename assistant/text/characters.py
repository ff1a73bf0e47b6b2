"""Classes of characters. Pure; imports nothing of ours."""

from __future__ import annotations

import re
import unicodedata

_HAN_RANGES = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x3FFFF),
    (0xF900, 0xFAFF),
    (0x3007, 0x3007),
)
_HAN = re.compile("[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in _HAN_RANGES) + "]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def is_han(character: str) -> bool:
    """Return whether ``character`` is a Chinese character (all planes, 〇 included)."""
    return _HAN.match(character) is not None


def has_han(text: str) -> bool:
    """Return whether ``text`` holds a Chinese character."""
    return _HAN.search(text) is not None


def is_punctuation(character: str) -> bool:
    """Return whether ``character`` is punctuation or a symbol in Unicode's sense."""
    return unicodedata.category(character)[0] in "PS"


def without_surrogates(text: str) -> str:
    """Return ``text``, as long as it was, without halves of pairs, which no UTF-8 can hold."""
    return _SURROGATE.sub("\ufffd", text)
