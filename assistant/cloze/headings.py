"""The lines of a passage that are titles or authors' names, not text to ask about. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

_LONGEST = 20
_MOST = 2
_MARKS = "。！？!?；;…，,、：:”’」』.—"


class Role(Enum):
    """What a line of the passage is."""

    TITLE = "title"
    BYLINE = "byline"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty, at ``[start_char, end_char)``; ``first`` after an empty one."""

    start_char: int
    end_char: int
    role: Role
    first: bool


def lines(text: str) -> tuple[Line, ...]:
    """Return the lines of ``text`` with their roles; empty ones are left out.

    A block of lines may begin with a title and a byline: short, without a mark at the end, before
    lines that have one. A title may also stand alone before a block of text.
    """
    blocks: list[list[tuple[int, int]]] = [[]]
    at = 0
    for row in text.split("\n"):
        if row.strip():
            blocks[-1].append((at, at + len(row)))
        elif blocks[-1]:
            blocks.append([])
        at += len(row) + 1
    found: list[Line] = []
    for i, block in enumerate(blocks):
        count = _headings(text, block)
        if count == len(block) and not (count == 1 and i + 1 < len(blocks) and blocks[i + 1]):
            count = 0
        for j, (start, end) in enumerate(block):
            role = (Role.TITLE, Role.BYLINE)[j] if j < count else Role.BODY
            found.append(Line(start, end, role, first=j == 0))
    return tuple(found)


def only_title(text: str) -> str:
    """Return the title of a passage that has just one, else an empty string."""
    titles = [line for line in lines(text) if line.role is Role.TITLE]
    if len(titles) != 1:
        return ""
    return text[titles[0].start_char : titles[0].end_char].strip()


def is_heading(text_lines: tuple[Line, ...], start_char: int, end_char: int) -> bool:
    """Return whether ``[start_char, end_char)`` touches a title or a byline."""
    return any(
        line.role is not Role.BODY and start_char < line.end_char and end_char > line.start_char
        for line in text_lines
    )


def _headings(text: str, block: list[tuple[int, int]]) -> int:
    """Return how many lines at the head of ``block`` look like a title and a byline."""
    count = 0
    for start, end in block[:_MOST]:
        row = text[start:end].strip()
        if len(row) > _LONGEST or row[-1] in _MARKS or any(mark in row for mark in "，。！？"):
            break
        count += 1
    return count
