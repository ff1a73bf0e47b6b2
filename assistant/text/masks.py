"""Find the blanks of a text. Pure; imports only records and errors.

One mark is one missing word of unknown length; directly adjacent ``[MASK]`` or ``□`` marks are one
span of exactly that many characters. Underscores and empty brackets are one blank each, however
wide they are drawn, because their width says nothing about the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.records import Span

MASK = "[MASK]"
"""How a blank is written in files."""

_COUNTED = re.compile(r"(?:\[mask\]|【mask】|□)+", re.IGNORECASE)
_ONE_COUNTED = re.compile(r"\[mask\]|【mask】|□", re.IGNORECASE)
_DRAWN = re.compile(r"_{3,}|（[\u3000\u00a0 ]+）|\([\u3000\u00a0 ]{2,}\)")
_ANY = re.compile(f"{_COUNTED.pattern}|{_DRAWN.pattern}", re.IGNORECASE)


def find_spans(text: str) -> tuple[Span, ...]:
    """Return the blanks of ``text`` in order; ``Span.length`` is None for a single mark."""
    return tuple(_span(match) for match in _ANY.finditer(text))


def find_starts(text: str) -> tuple[int, ...]:
    """Return where the blanks of ``text`` start, in characters; faster than :func:`find_spans`."""
    return tuple(match.start() for match in _ANY.finditer(text))


def with_length(spans: Iterable[Span], length: int | None) -> tuple[Span, ...]:
    """Pin the spans of unknown length to ``length`` characters; None leaves them as they are."""
    if length is None:
        return tuple(spans)
    return tuple(replace(span, length=span.length or length) for span in spans)


def _span(match: re.Match[str]) -> Span:
    marks = len(_ONE_COUNTED.findall(match[0]))
    return Span(match.start(), match.end(), marks if marks > 1 else None)
