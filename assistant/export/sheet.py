"""How a printed sheet is laid out, for every printing writer (DOCX, PDF): measures, not markup.

Pure. The conventions are those of Chinese school sheets.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.cloze.exercise import Exercise, Gap, Script
from assistant.export.passage import has_options

FULL_SPACE = "\u3000"
_HARD_SPACE = "\u00a0"
MIN_BLANK_EM = 4
"""The least width of a blank to write in, in characters."""
_SHORT_OPTION = 5
_MEDIUM_OPTION = 12


@dataclass(frozen=True, slots=True)
class Typefaces:
    """Font names by role; all come with Windows and Office, other systems substitute them."""

    body: str
    head: str
    verse: str
    latin: str = "Times New Roman"


def typefaces(exercise: Exercise) -> Typefaces:
    """Return the fonts for the script of ``exercise``."""
    if exercise.script is Script.TRADITIONAL:
        return Typefaces(body="新細明體", head="微軟正黑體", verse="標楷體")
    return Typefaces(body="宋体", head="黑体", verse="楷体")


def blank_em(exercise: Exercise) -> int:
    """Return the width of every blank in characters: one width for all, so it tells nothing."""
    if has_options(exercise):
        return 2
    if exercise.verse:  # its length is known anyway, and a wide blank tears the line
        return 1 + max(len(gap.answer) for gap in exercise.gaps)
    return max(MIN_BLANK_EM, 2 + max(len(gap.answer) for gap in exercise.gaps))


def blank_text(exercise: Exercise, number: int) -> str:
    """Return the text to underline for gap ``number``: all blanks are equally wide."""
    if not has_options(exercise):
        return f"{number}{FULL_SPACE * blank_em(exercise)}"
    pad = " " if number < 10 else ""
    return f"{FULL_SPACE}{pad}{number}{pad}{FULL_SPACE}"


def unbroken(blank: str) -> str:
    """Return ``blank`` so that it keeps its line where a row ends, if possible in one piece.

    Qt and LibreOffice drop wide spaces at the end of a row, and a comma begins the next one.
    """
    return blank.replace(FULL_SPACE, _HARD_SPACE * 4).replace(" ", _HARD_SPACE)


def options_per_row(gap: Gap) -> int:
    """Return 4, 2 or 1: how many options of ``gap`` stand in one line."""
    longest = max(width_em(option) for option in gap.options)
    if longest > _MEDIUM_OPTION:
        return 1
    return 2 if longest > _SHORT_OPTION else 4


def option_rows(gap: Gap) -> tuple[tuple[str, ...], ...]:
    """Return the options with their letters (``A．快乐``) in rows as they are printed."""
    labelled = [f"{chr(ord('A') + i)}．{option}" for i, option in enumerate(gap.options)]
    step = options_per_row(gap)
    return tuple(tuple(labelled[i : i + step]) for i in range(0, len(labelled), step))


def bank_columns(entries: Sequence[str], line_em: float) -> int:
    """Return how many columns of a word bank fit into a line of ``line_em`` characters."""
    return max(1, int(line_em / (max(map(width_em, entries), default=1) + 1.5)))


def width_em(text: str) -> float:
    """Return the printed width in full-width characters: Latin letters count one half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)
