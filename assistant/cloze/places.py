"""Which places of a passage may become gaps, and a well spread choice among them. Pure."""

from __future__ import annotations

import random
from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.cloze.headings import is_heading, lines
from assistant.text.sentences import clause_borders, sentence_borders


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A part of the passage that may become a gap."""

    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Spacing:
    """How gaps must lie.

    ``count`` None: as many as fit. ``min_distance`` is the least number of characters between two
    gaps. ``keep_ends`` leaves the first and the last sentence whole where there are three or more.
    """

    count: int | None = None
    min_distance: int = 6
    one_per_clause: bool = True
    keep_ends: bool = True


def sentences(text: str) -> list[Place]:
    """Return the sentences of ``text``, titles and bylines left out."""
    heads = lines(text)
    return [
        Place(a, b)
        for a, b in pairwise(sentence_borders(text))
        if text[a:b].strip() and not is_heading(heads, a, b)
    ]


def inner_range(text: str, *, keep_ends: bool) -> Place:
    """Return the part in which gaps may lie: without the first and last sentence if wished."""
    found = sentences(text)
    if not keep_ends or len(found) < 3:
        return Place(0, len(text))
    return Place(found[1].start_char, found[-2].end_char)


def inside(places: Iterable[Place], part: Place) -> list[Place]:
    """Return those of ``places`` that lie in ``part``, in text order."""
    return sorted(
        place
        for place in places
        if part.start_char <= place.start_char and place.end_char <= part.end_char
    )


def first_fitting(text: str, places: Sequence[Place], spacing: Spacing) -> tuple[Place, ...]:
    """Return ``places`` from the first on, passing over those too close to the one before."""
    chosen: list[Place] = []
    rules = _Rules(text, spacing)
    for place in inside(places, inner_range(text, keep_ends=spacing.keep_ends)):
        if len(chosen) == spacing.count:
            break
        if rules.allow(place, chosen[-1:]):
            chosen.append(place)
    return tuple(chosen)


def spread(
    text: str, places: Sequence[Place], spacing: Spacing, rng: random.Random
) -> tuple[Place, ...]:
    """Return ``spacing.count`` of ``places``, evenly over the text; fewer if they do not fit.

    The text is cut into as many strips as gaps are wanted and one place is drawn in each; what
    is then lacking is drawn anywhere. Words that the text has elsewhere too, where a student could
    read them, are drawn last.
    """
    allowed = inside(places, inner_range(text, keep_ends=spacing.keep_ends))
    if not allowed:
        return ()
    rules = _Rules(text, spacing)
    count = len(allowed) if spacing.count is None else spacing.count
    low = allowed[0].start_char
    width = max(1, allowed[-1].end_char - low)
    strips: list[list[Place]] = [[] for _ in range(max(1, count))]
    for place in allowed:
        strips[min(len(strips) - 1, (place.start_char - low) * len(strips) // width)].append(place)
    chosen: list[Place] = []
    for strip in strips:
        for place in _drawn(text, strip, rng):
            if len(chosen) < count and rules.allow(place, _beside(place, chosen)):
                insort(chosen, place)
                break
    taken = set(chosen)
    for place in _drawn(text, [place for place in allowed if place not in taken], rng):
        if len(chosen) < count and rules.allow(place, _beside(place, chosen)):
            insort(chosen, place)
    return tuple(chosen)


def _beside(place: Place, chosen: Sequence[Place]) -> Sequence[Place]:
    """Return the last of the sorted ``chosen`` before ``place``, and the first after it."""
    at = bisect_right(chosen, place)
    return chosen[max(0, at - 1) : at + 1]


def _drawn(text: str, places: Sequence[Place], rng: random.Random) -> list[Place]:
    """Return ``places`` in the order of a draw, words that ``text`` has more than once last."""

    def stands_elsewhere(place: Place) -> bool:
        word = text[place.start_char : place.end_char]
        return len(word) > 1 and text.count(word) > 1

    return sorted(rng.sample(places, len(places)), key=stands_elsewhere)


class _Rules:
    """Whether a place may stand beside those already chosen."""

    def __init__(self, text: str, spacing: Spacing) -> None:
        self._clauses = clause_borders(text)
        self._spacing = spacing

    def allow(self, place: Place, chosen: Iterable[Place]) -> bool:
        for other in chosen:
            first, second = sorted((place, other))
            if second.start_char - first.end_char < self._spacing.min_distance:
                return False
            if self._spacing.one_per_clause and self._clause(first) == self._clause(second):
                return False
        return True

    def _clause(self, place: Place) -> int:
        return bisect_right(self._clauses, place.start_char)
