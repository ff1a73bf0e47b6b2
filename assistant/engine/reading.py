"""Cut a text into windows that a classifier can read, at the best places there are.

Pure: imports nothing heavier than text/.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from assistant.text.sentences import clause_borders, sentence_borders

Place = tuple[int, int]


def cut_windows(text: str, places: Sequence[Place], most_tokens: int) -> list[tuple[int, int]]:
    """Return windows of tokens, each (first, end), at most ``most_tokens`` long, covering all.

    ``places`` are the tokens' places in ``text``. A window ends where a sentence ends if one
    ends in its second half, else where a clause ends, else in the middle of everything.
    """
    ends = [end for _, end in places]
    sentences, clauses = _token_borders(ends, sentence_borders(text)), None
    windows: list[tuple[int, int]] = []
    first = 0
    while len(places) - first > most_tokens:
        end = _last_border(sentences, first, most_tokens)
        if end is None:
            clauses = clauses or _token_borders(ends, clause_borders(text))
            end = _last_border(clauses, first, most_tokens)
        end = end or first + most_tokens
        windows.append((first, end))
        first = end
    if first < len(places):
        windows.append((first, len(places)))
    return windows


def _token_borders(ends: Sequence[int], borders: Sequence[int]) -> list[int]:
    """Return how many tokens end at or before each border."""
    return [bisect_right(ends, border) for border in borders]


def _last_border(borders: Sequence[int], first: int, most: int) -> int | None:
    """Return the last border in the second half of the window that starts at ``first``."""
    at = bisect_right(borders, first + most) - 1
    found = borders[at] if at >= 0 else 0
    return found if found > first + most // 2 else None
