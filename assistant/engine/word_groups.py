"""The words of a sentence, for leaving them out one at a time.

Imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from assistant.text.words import word_places


def word_groups(sentence: str, most: int, borders: Sequence[int] = ()) -> list[tuple[int, int]]:
    """Return the places of the words of ``sentence``, without white space and punctuation.

    Where there are more than ``most``, neighbours are taken together, but not across ``borders``.
    """
    places = [
        (start, end)
        for start, end in word_places(sentence)
        if any(character.isalnum() for character in sentence[start:end])
    ]
    size = -(-len(places) // most)
    if size <= 1:
        return places
    groups: list[tuple[int, int]] = []
    for _, part in groupby(places, key=lambda place: bisect_right(borders, place[0])):
        words = list(part)
        groups += [
            (words[i][0], words[min(i + size, len(words)) - 1][1])
            for i in range(0, len(words), size)
        ]
    return groups
