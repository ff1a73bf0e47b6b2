"""Between a text with places and segments with gaps. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from assistant.cloze.exercise import Answer, Exercise, Gap, Segment, Text
from assistant.cloze.places import Place


def cut(
    text: str, places: Iterable[Place], sheet_uid: str, known: Mapping[Place, Gap] | None = None
) -> tuple[Segment, ...]:
    """Return ``text`` cut into segments with a gap at every place.

    ``known`` gaps are kept as they are; new ones get a uid from the sheet's uid, the place and the
    word, so that the same gap made again has the same uid. Places must not overlap (ValueError).
    """
    known = known or {}
    used = {gap.uid for gap in known.values()}
    segments: list[Segment] = []
    at = 0
    for place in sorted(places):
        if not at <= place.start_char < place.end_char <= len(text):
            raise ValueError("places must lie in the text without overlapping")
        if at < place.start_char:
            segments.append(Text(text[at : place.start_char]))
        word = text[place.start_char : place.end_char]
        gap = known.get(place) or Gap(gap_uid(sheet_uid, place, word, used), (Answer(word),))
        used.add(gap.uid)
        segments.append(gap)
        at = place.end_char
    if at < len(text):
        segments.append(Text(text[at:]))
    return tuple(segments)


def gap_places(exercise: Exercise) -> dict[str, Place]:
    """Return where each gap (by uid) lies in ``exercise.text``, in text order."""
    places: dict[str, Place] = {}
    at = 0
    for segment in exercise.segments:
        size = len(segment.answer if isinstance(segment, Gap) else segment.text)
        if isinstance(segment, Gap):
            places[segment.uid] = Place(at, at + size)
        at += size
    return places


def sheet_uid(title: str, text: str, seed: int) -> str:
    """Return a uid for a new sheet: the same input gives the same one."""
    return _digest(f"{title}\n{text}\n{seed}", 16)


def gap_uid(sheet: str, place: Place, word: str, used: Sequence[str] | set[str]) -> str:
    """Return a uid for a new gap that is not among ``used``."""
    stem = f"{sheet}/{place.start_char}/{word}"
    uid, number = _digest(stem, 8), 1
    while uid in used:
        number += 1
        uid = _digest(f"{stem}/{number}", 8)
    return uid


def _digest(text: str, size: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:size]
