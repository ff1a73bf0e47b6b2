"""How common a gap's word is, for the teacher: where it stands in the bundled word list. Pure."""

from __future__ import annotations

from dataclasses import replace

from assistant.cloze.exercise import Exercise, Gap, Script
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.script import converter

_BORDERS = (1000, 3000)
_LIST = "jieba"
"""The list is named with every level: there are many, and they disagree."""


def level_of(word: str, lexicon: Lexicon) -> str:
    """Return the rank of ``word`` among common words, such as ``jieba ≤1000``.

    Raises LexiconError.
    """
    place = lexicon.ranks.get(word)
    if place is None:
        return f"{_LIST} >{len(lexicon.ranks)}"
    border = next((border for border in _BORDERS if place < border), len(lexicon.ranks))
    return f"{_LIST} ≤{border}"


def with_levels(exercise: Exercise, lexicon: Lexicon) -> Exercise:
    """Return ``exercise`` with a level at every gap that has none. Raises LexiconError."""
    convert = converter(Script.SIMPLIFIED)

    def add(gap: Gap) -> Gap:
        return gap if gap.level else replace(gap, level=level_of(convert(gap.answer), lexicon))

    segments = tuple(add(s) if isinstance(s, Gap) else s for s in exercise.segments)
    return replace(exercise, segments=segments)
