"""Group the sentences of a text into passages that a classifier reads at once.

Pure; imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[int, int]


def passages(sentences: Sequence[Span], most_chars: int) -> list[Span]:
    """Return (start, end) of each passage: neighbouring sentences, at most ``most_chars`` long.

    ``sentences`` are in text order; all belong to one passage each, and one that is longer than
    ``most_chars`` is a passage of its own. From the first sentence on each passage takes all that
    it can: after an edit the borders soon fall where they fell before, so most passages stay.
    """
    found: list[Span] = []
    for start, end in sentences:
        if found and end - found[-1][0] <= most_chars:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found
