"""How common a gap's word is, for the teacher: where it stands in the bundled word list. Pure."""

from __future__ import annotations

import re
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


def level_words(level: str, language: str) -> str:
    """Return ``level`` in ``language`` ("zh" or "en"); one that a teacher named stays as it is."""
    ranked = re.fullmatch(rf"{_LIST} ([≤>])(\d+)", level)
    if ranked is None:
        return level
    rank = ranked[2]
    if ranked[1] == "≤":
        return f"常用词前 {rank} 位" if language == "zh" else f"among the {rank} commonest words"
    return f"不在常用 {rank} 词之内" if language == "zh" else f"not among {rank} common words"


def with_levels(exercise: Exercise, lexicon: Lexicon) -> Exercise:
    """Return ``exercise`` with a level at every gap that has none. Raises LexiconError."""
    convert = converter(Script.SIMPLIFIED)

    def add(gap: Gap) -> Gap:
        return gap if gap.level else replace(gap, level=level_of(convert(gap.answer), lexicon))

    segments = tuple(add(s) if isinstance(s, Gap) else s for s in exercise.segments)
    return replace(exercise, segments=segments)
