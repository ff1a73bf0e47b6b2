"""Choose the part of a text that a model reads around a span. Pure.

The window grows from the span by whole sentences, nearest first on both sides, so that nothing is
silently cut from the side that matters; a sentence longer than the budget is cut at clauses.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from assistant.text.sentences import clause_borders, sentence_borders

_REACH = 4
"""The text looked at is at most this many budgets long on each side."""


def window(text: str, start_char: int, end_char: int, budget_chars: int) -> tuple[int, int]:
    """Return the (start, end) offsets in ``text`` of the window around ``[start, end)``.

    The window always holds ``[start_char, end_char)`` and is at most ``budget_chars`` long unless
    that range alone is longer.
    """
    offset = max(0, start_char - _REACH * budget_chars)
    part = text[offset : end_char + _REACH * budget_chars]
    start, end = start_char - offset, end_char - offset
    low, high = _grow(sentence_borders(part), start, end, budget_chars)
    if high - low > budget_chars:
        low, high = _grow(clause_borders(part), start, end, budget_chars)
    if high - low > budget_chars:
        low, high = _centre(len(part), start, end, budget_chars)
    return low + offset, high + offset


def _grow(borders: list[int], start: int, end: int, budget: int) -> tuple[int, int]:
    """Take the pieces that hold the range, then neighbours, nearest first, while they fit."""
    first = max(0, min(bisect_right(borders, start) - 1, len(borders) - 2))
    last = min(max(bisect_left(borders, end), first + 1), len(borders) - 1)
    open_left, open_right = first > 0, last < len(borders) - 1
    while open_left or open_right:
        left_gap = start - borders[first]
        right_gap = borders[last] - end
        if open_left and (not open_right or left_gap <= right_gap):
            open_left = borders[last] - borders[first - 1] <= budget
            first -= open_left
            open_left = open_left and first > 0
        else:
            open_right = borders[last + 1] - borders[first] <= budget
            last += open_right
            open_right = open_right and last < len(borders) - 1
    return borders[first], borders[last]


def _centre(size: int, start: int, end: int, budget: int) -> tuple[int, int]:
    """Cut at characters: equal room on both sides, what one side cannot use goes to the other."""
    room = max(0, budget - (end - start))
    left = min(start, max(room // 2, room - (size - end)))
    return start - left, min(size, end + room - left)
