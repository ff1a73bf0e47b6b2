"""A double click selects a Chinese word, not the whole run of characters. Imports text/ only."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

from assistant.text.characters import is_han
from assistant.text.offsets import OffsetMap
from assistant.text.words import word_around

_REACH = 60
"""Characters to each side that are enough to tell where a word ends."""


def select_word(cursor: QTextCursor) -> QTextCursor | None:
    """Return a cursor that selects the Chinese word at ``cursor``; None at anything else."""
    block = cursor.block()
    text = block.text()
    offsets = OffsetMap(text)
    if offsets.utf16_length != block.length() - 1:
        return None  # half a surrogate pair, which PySide leaves out of the text
    place = offsets.to_char(cursor.position() - block.position())
    if place >= len(text) or not is_han(text[place]):
        if not place or not is_han(text[place - 1]):
            return None
        place -= 1
    low, high = place, place + 1
    while low > max(0, place - _REACH) and is_han(text[low - 1]):
        low -= 1
    while high < min(len(text), place + _REACH) and is_han(text[high]):
        high += 1
    start, end = word_around(text[low:high], place - low)
    cursor.setPosition(block.position() + offsets.to_utf16(low + start))
    cursor.setPosition(
        block.position() + offsets.to_utf16(low + end), QTextCursor.MoveMode.KeepAnchor
    )
    return cursor
