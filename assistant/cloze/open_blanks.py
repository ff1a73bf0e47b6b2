"""Blanks that the text itself still has open: drawn as lines, and no questions. Pure.

Nobody knows what belongs there, so there is no key; a student would also be asked two things at
once in such a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from assistant.cloze.places import Place
from assistant.text.masks import find_spans
from assistant.text.sentences import sentence_borders

_LINE = "_" * 6
_BOX = "□"
_MARK = "mask"


def draw_blanks(text: str) -> str:
    """Return ``text`` with every ``[MASK]`` drawn as it is printed, other blanks as they are.

    One mark is a line (read as a blank of unknown length again), several are as many boxes.
    """
    parts: list[str] = []
    at = 0
    for span in find_spans(text):
        blank = text[span.start_char : span.end_char]
        if _MARK in blank.lower():
            blank = _BOX * span.length if span.length else _LINE
        parts += [text[at : span.start_char], blank]
        at = span.end_char
    return "".join([*parts, text[at:]])


def count_blanks(text: str) -> int:
    """Return how many blanks ``text`` has open."""
    return len(find_spans(text))


def has_blank(text: str, place: Place) -> bool:
    """Return whether ``place`` touches a blank of ``text``."""
    return not without_blank(text, (place,))


def without_blank(text: str, places: Iterable[Place]) -> list[Place]:
    """Return those of ``places`` that touch no blank of ``text``."""
    spans = find_spans(text)
    return [
        place
        for place in places
        if not any(
            place.start_char < span.end_char and place.end_char > span.start_char for span in spans
        )
    ]


def unasked_sentences(text: str) -> tuple[Place, ...]:
    """Return the sentences of ``text`` with a blank in them."""
    starts = [span.start_char for span in find_spans(text)]
    return tuple(
        Place(a, b)
        for a, b in pairwise(sentence_borders(text))
        if any(a <= start < b for start in starts)
    )
