"""Simplified or traditional sheets, by OpenCC (imported when first needed). Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import cast

from assistant.cloze.exercise import Exercise, Gap, Script, Segment

# Taiwan's standard for the traditional side; both tables map character to character.
_TABLES = {Script.SIMPLIFIED: "t2s", Script.TRADITIONAL: "s2tw"}


def converter(script: Script) -> Callable[[str], str]:
    """Return a function that writes a text in ``script``."""
    return _converter(_TABLES[script])


def detect_script(text: str) -> Script:
    """Return TRADITIONAL for a text with traditional characters and no simplified ones."""
    traditional = converter(Script.SIMPLIFIED)(text) != text
    simplified = converter(Script.TRADITIONAL)(text) != text
    return Script.TRADITIONAL if traditional and not simplified else Script.SIMPLIFIED


@cache
def _converter(table: str) -> Callable[[str], str]:
    from opencc import OpenCC

    return cast("Callable[[str], str]", OpenCC(table).convert)  # pyright: ignore[reportUnknownMemberType]


def to_script(exercise: Exercise, script: Script) -> Exercise:
    """Return ``exercise`` written in ``script``; uids, orders and scores stay.

    The passage is converted as one text, so that a character beside a gap is read in its context.
    """
    if exercise.script is script:
        return exercise
    convert = converter(script)
    text = exercise.text
    whole = convert(text)
    pieces = _Pieces(whole if len(whole) == len(text) else None, convert)
    segments = tuple(pieces.convert(segment) for segment in exercise.segments)
    keys = {segment.uid: segment.answer for segment in segments if isinstance(segment, Gap)}
    return replace(
        exercise,
        title=convert(exercise.title),
        instructions=convert(exercise.instructions),
        segments=segments,
        bank=tuple(
            replace(word, text=keys[word.gap] if word.gap else convert(word.text))
            for word in exercise.bank
        ),
        script=script,
        source=replace(
            exercise.source,
            title=convert(exercise.source.title),
            author=convert(exercise.source.author),
        ),
    )


class _Pieces:
    """Cuts the converted passage where the segments of the old one end."""

    def __init__(self, whole: str | None, convert: Callable[[str], str]) -> None:
        self._whole = whole
        self._convert = convert
        self._at = 0

    def convert(self, segment: Segment) -> Segment:
        if not isinstance(segment, Gap):
            return replace(segment, text=self._next(segment.text))
        convert = self._convert
        key = self._next(segment.answer)
        first, *others = segment.answers
        return replace(
            segment,
            answers=(replace(first, text=key), *(replace(a, text=convert(a.text)) for a in others)),
            distractors=tuple(
                replace(
                    d,
                    text=convert(d.text),
                    reason=convert(d.reason),
                    clues=tuple(map(convert, d.clues)),
                )
                for d in segment.distractors
            ),
            hint=convert(segment.hint),
            alternatives=tuple(replace(a, text=convert(a.text)) for a in segment.alternatives),
        )

    def _next(self, text: str) -> str:
        if self._whole is None:
            return self._convert(text)
        part = self._whole[self._at : self._at + len(text)]
        self._at += len(text)
        return part
