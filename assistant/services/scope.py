"""Which part of the document an analysis is about. Pure; imports text/ only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from assistant.text.offsets import OffsetMap
from assistant.text.sentences import sentence_spans


class Scope(Enum):
    """Which part of the document is judged; a selection of nothing is the whole text."""

    TEXT = "text"
    SELECTION = "selection"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The whole document at one moment, with its selection; an empty one is the caret."""

    text: str
    start_utf16: int
    end_utf16: int


ReadDocument = Callable[[], DocumentText]
"""Called on the UI thread when typing has paused."""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a document that is judged: code points ``start_char`` … ``end_char``."""

    start_char: int
    end_char: int
    caret_char: int


def part_of(document: DocumentText, offsets: OffsetMap, scope: Scope) -> Part:
    """Return the part of ``document`` that ``scope`` means; takes a while for a long text."""
    text = document.text
    start = offsets.to_char(min(document.start_utf16, offsets.utf16_length))
    end = offsets.to_char(min(document.end_utf16, offsets.utf16_length))
    if scope is Scope.SELECTION and start < end:
        return Part(start, end, start)
    if scope is Scope.SENTENCE:
        line_start = text.rfind("\n", 0, end) + 1
        line_end = text.find("\n", end)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        for first, last in sentence_spans(line):
            if end <= line_start + last:
                return Part(line_start + first, line_start + last, end)
        return Part(line_start, line_start + len(line), end)
    return Part(0, len(text), start)
