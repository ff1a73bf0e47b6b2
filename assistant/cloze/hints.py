"""Graded hints for a student: how many characters, the initials, the pinyin. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from assistant.cloze.exercise import Exercise
from assistant.cloze.passage import gap_places
from assistant.cloze.pinyin_hints import readings
from assistant.text.characters import is_han

LEVELS = 3


@dataclass(frozen=True, slots=True)
class Hints:
    """What a student may be told about one gap, the least first.

    ``initials`` and ``pinyin`` hold one entry for every character, "" where there is none.
    """

    length: int
    initials: tuple[str, ...]
    pinyin: tuple[str, ...]


def hints_of(exercise: Exercise) -> dict[str, Hints]:
    """Return the hints for every gap by uid, readings chosen by their context."""
    sounds = readings(exercise.text)
    found: dict[str, Hints] = {}
    for uid, place in gap_places(exercise).items():
        row = sounds[place.start_char : place.end_char]
        word = exercise.text[place.start_char : place.end_char]
        length = sum(map(is_han, word)) or len(word)
        found[uid] = Hints(length, tuple(map(_initial, row)), row)
    return found


def _initial(syllable: str) -> str:
    """Return the first letter without its tone mark: é gives e."""
    return unicodedata.normalize("NFD", syllable)[:1].lower()
