"""The part of the document around the caret, with its blanks. Imports Qt's text classes and text/.

Positions of the document count UTF-16 units (``_utf16``), offsets in ``LocalText.text`` code
points (``_char``). Everything here costs the same in a letter and in a novel.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QTextBlock, QTextCursor

from assistant.records import MAX_WORD_CHARS, Span
from assistant.text.masks import find_spans, find_starts
from assistant.text.offsets import OffsetMap

REACH = 2_500
"""How far the text reaches on each side of the caret, at least, in UTF-16 units."""
TOGETHER = 60
"""Blanks of one paragraph that are at most this far apart, in characters, are filled together."""
_LONGEST_BLOCK = 4 * REACH


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank, with UTF-16 offsets in the document or, from :func:`find_blanks`, in its text.

    ``marks`` is the number of marks it is drawn with: 2 for ``[MASK][MASK]``.
    """

    start_utf16: int
    end_utf16: int
    marks: int = 1


class LocalText:
    """A copy of the text around a cursor, its blanks, and what the caret asks for."""

    def __init__(self, cursor: QTextCursor) -> None:
        """Copy the text around ``cursor``: whole paragraphs unless they are very long."""
        self.base_utf16, self.text = _text_around(cursor)
        self._offsets = OffsetMap(self.text)
        self.spans = find_spans(self.text)
        self.caret_char = self._to_char(cursor.position())
        selected = self._to_char(cursor.selectionStart()), self._to_char(cursor.selectionEnd())
        self.focus, self.word = self._find_focus(*selected)

    def ignore_word(self) -> None:
        """Take the selected word for no question."""
        if self.word:
            self.focus, self.word = None, ""

    def to_utf16(self, offset_char: int) -> int:
        """Return the document's position of an offset in ``text``."""
        return self.base_utf16 + self._offsets.to_utf16(offset_char)

    def asked_spans(self) -> tuple[Span, ...]:
        """Return what is to be filled together: the focus and the blanks near it, in text order.

        Blanks of other paragraphs hardly help each other, and each of them costs time; a selected
        word is asked about alone.
        """
        focus = self.focus
        if focus is None:
            return ()
        if self.word:
            return (focus,)
        low = max(self.text.rfind("\n", 0, focus.start_char), focus.start_char - TOGETHER)
        line_end = self.text.find("\n", focus.end_char)
        high = min(line_end if line_end >= 0 else len(self.text), focus.end_char + TOGETHER)
        near = [s for s in self.spans if low <= s.start_char and s.end_char <= high and s != focus]
        return tuple(sorted((*near, focus), key=lambda span: span.start_char))

    def _to_char(self, position_utf16: int) -> int:
        local = min(max(position_utf16 - self.base_utf16, 0), self._offsets.utf16_length)
        return self._offsets.to_char(local)

    def _find_focus(self, start: int, end: int) -> tuple[Span | None, str]:
        """Return the span that the caret or the selection asks for, and the selected word."""
        for span in self.spans:
            if span.start_char <= start and end <= span.end_char:
                return span, ""
            if start < span.end_char and span.start_char < end:
                return None, ""
        word = self.text[start:end]
        if not 1 <= len(word) <= MAX_WORD_CHARS or word.split() != [word]:
            return None, ""
        return Span(start, end), word


@lru_cache(maxsize=512)
def find_blanks(text: str) -> tuple[Blank, ...]:
    """Return the blanks of one text with UTF-16 offsets."""
    spans = find_spans(text)
    if not spans:
        return ()
    offsets = OffsetMap(text)
    return tuple(
        Blank(
            offsets.to_utf16(span.start_char),
            offsets.to_utf16(span.end_char),
            span.length or 1,
        )
        for span in spans
    )


def blank_starts(text: str) -> tuple[int, ...]:
    """Return where the blanks of a whole document start, in UTF-16 units; keeps nothing."""
    starts = find_starts(text)
    if not starts:
        return ()
    offsets = OffsetMap(text)
    return tuple(map(offsets.to_utf16, starts))


def block_blanks(block: QTextBlock) -> tuple[Blank, ...]:
    """Return the blanks of ``block`` with offsets inside the block."""
    return find_blanks(block.text())


def blank_at(cursor: QTextCursor) -> Blank | None:
    """Return the blank that the cursor's position is in or beside, in document positions."""
    block = cursor.block()
    place = cursor.position() - block.position()
    for blank in block_blanks(block):
        if blank.start_utf16 <= place <= blank.end_utf16:
            return _in_document(blank, block)
    return None


def next_blank(cursor: QTextCursor, *, forward: bool) -> Blank | None:
    """Return the nearest blank after (or before) the one at the cursor, around the ends."""
    here = blank_at(cursor)
    start = cursor.position() if here is None else here.start_utf16
    block = cursor.block()
    first, wrapped = block, False
    while True:
        blanks = [_in_document(blank, block) for blank in block_blanks(block)]
        for blank in blanks if forward else reversed(blanks):
            if wrapped or (blank.start_utf16 > start if forward else blank.start_utf16 < start):
                return blank
        if wrapped and block == first:
            return None
        block = block.next() if forward else block.previous()
        if not block.isValid():
            document = cursor.document()
            block = document.firstBlock() if forward else document.lastBlock()
            wrapped = True


def last_mark(text: str) -> int:
    """Return the width of the mark that a blank's ``text`` ends with, in UTF-16 units."""
    blanks = find_blanks(text)
    if len(blanks) != 1 or blanks[0].marks == 1:
        return len(text)
    return 1 if text.endswith("□") else len("[MASK]")


def first_mark(text: str) -> int:
    """Return the width of the mark that a blank's ``text`` begins with, in UTF-16 units."""
    blanks = find_blanks(text)
    if len(blanks) != 1 or blanks[0].marks == 1:
        return len(text)
    return 1 if text.startswith("□") else len("[MASK]")


def _in_document(blank: Blank, block: QTextBlock) -> Blank:
    start = block.position()
    return Blank(start + blank.start_utf16, start + blank.end_utf16, blank.marks)


def _text_around(cursor: QTextCursor) -> tuple[int, str]:
    """Return the document's position of the text's first character, and the text."""
    block = cursor.block()
    if block.length() > _LONGEST_BLOCK:
        return _part_of(block, cursor.position() - block.position())
    texts = [block.text()]
    before, room = block.previous(), REACH
    base = block.position()
    while before.isValid() and room > 0 and before.length() <= _LONGEST_BLOCK:
        texts.insert(0, before.text())
        base, room = before.position(), room - before.length()
        before = before.previous()
    after, room = block.next(), REACH
    while after.isValid() and room > 0 and after.length() <= _LONGEST_BLOCK:
        texts.append(after.text())
        room -= after.length()
        after = after.next()
    return base, "\n".join(texts)


def _part_of(block: QTextBlock, place_utf16: int) -> tuple[int, str]:
    """Cut the text around ``place_utf16`` out of one very long paragraph."""
    text = block.text()
    offsets = OffsetMap(text)
    place = offsets.to_char(place_utf16)
    start = max(0, place - _LONGEST_BLOCK // 2)
    part = text[start : place + _LONGEST_BLOCK // 2]
    return block.position() + offsets.to_utf16(start), part
