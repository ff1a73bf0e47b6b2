"""What the editor can hold without keeping the person waiting. Pure; imports only errors."""

from __future__ import annotations

from assistant.errors import LongLineError, PasteTooLongError

MAX_LINE_CHARS = 200_000
"""Qt lays out a paragraph anew with every key: more than this makes typing slow."""
MAX_PASTE_CHARS = 4_000_000
"""About what the largest file holds."""


def check_lines(text: str, name: str) -> None:
    """Raise LongLineError when a line of the file ``name`` is too long for the editor."""
    if len(text) <= MAX_LINE_CHARS:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE_CHARS:
            raise LongLineError(path=name, line=number, count=len(line), limit=MAX_LINE_CHARS)


def check_paste(text: str) -> None:
    """Raise PasteTooLongError when ``text`` is more than the editor should take at once."""
    try:
        if len(text) > MAX_PASTE_CHARS:
            raise PasteTooLongError
        check_lines(text.replace("\r", "\n"), "")
    except LongLineError:
        raise PasteTooLongError from None
