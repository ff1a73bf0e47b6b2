"""Clean one passage: white space, controls, markup left-overs; drop what is not Chinese prose.

Imports nothing of ours.
"""

from __future__ import annotations

import re
import unicodedata

MIN_HAN = 4
"""A passage with fewer Chinese characters is dropped."""
MIN_HAN_SHARE = 0.3
"""A passage in which Chinese characters are a smaller share is dropped."""
MAX_CHARS = 4000
"""Longer passages are cut at sentence ends."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ufffd]")
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_GAP_IN_HAN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")
_SENTENCE_END = re.compile(r"(?<=[。！？；])")


def han_only(text: str) -> str:
    """Return the Chinese characters of ``text``, joined."""
    return "".join(_HAN.findall(text))


def clean(text: str) -> str | None:
    """Return ``text`` cleaned, or None if it is not a Chinese passage worth counting."""
    text = unicodedata.normalize("NFC", text)
    text = _SPACE.sub(" ", _TAG.sub("", _CONTROL.sub("", text))).strip()
    text = _GAP_IN_HAN.sub("", text)
    han = len(_HAN.findall(text))
    if han < MIN_HAN or han < MIN_HAN_SHARE * len(text):
        return None
    return text


def pieces(text: str) -> tuple[str, ...]:
    """Cut a passage of more than ``MAX_CHARS`` characters at sentence ends."""
    if len(text) <= MAX_CHARS:
        return (text,)
    found, held = [], ""
    for sentence in _SENTENCE_END.split(text):
        if held and len(held) + len(sentence) > MAX_CHARS:
            found.append(held)
            held = ""
        held += sentence
    return (*found, held) if held else tuple(found)
