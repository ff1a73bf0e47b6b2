"""Score a student's answers: exact words and accepted words side by side. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.cloze.exercise import Exercise, Gap, Kind, Script
from assistant.cloze.pinyin_hints import readings
from assistant.cloze.script import converter
from assistant.text.characters import is_punctuation


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts as the same answer.

    ``fold_script`` takes simplified for traditional and the other way round; ``accept_pinyin``
    takes the answer's pinyin with tone marks for the answer.
    """

    fold_script: bool = True
    accept_pinyin: bool = False


@dataclass(frozen=True, slots=True)
class GapScore:
    """One answer of one student. ``credit`` is 0–1; ``exact``: it is the key itself."""

    uid: str
    response: str
    credit: float
    exact: bool


@dataclass(frozen=True, slots=True)
class SheetScore:
    """One student's sheet; points are ``credit`` times the exercise's points a gap."""

    student: str
    gaps: tuple[GapScore, ...]
    points: float
    total: float

    @property
    def exact(self) -> int:
        """How many answers are the key word itself."""
        return sum(gap.exact for gap in self.gaps)

    @property
    def accepted(self) -> int:
        """How many answers earn anything: the key or an accepted alternative."""
        return sum(gap.credit > 0 for gap in self.gaps)


def grade(
    exercise: Exercise,
    responses: Mapping[str, str],
    student: str = "",
    rules: Rules | None = None,
) -> SheetScore:
    """Return the score of ``responses``, which map gap uids to what the student gave.

    Options may be given by letter in the order of this paper (see ``versions.paper``).
    """
    rules = rules or Rules()
    gaps = tuple(
        _grade_gap(gap, _resolve(gap, exercise.kind, responses.get(gap.uid, "")), rules)
        for gap in exercise.gaps
    )
    points = sum(gap.credit for gap in gaps) * exercise.points
    return SheetScore(student, gaps, points, len(gaps) * exercise.points)


def normalise(answer: str, *, fold_script: bool = True) -> str:
    """Return ``answer`` in the form in which answers are compared.

    NFKC (full-width letters), no white space, no punctuation at the edges, lower case, and with
    ``fold_script`` simplified characters.
    """
    text = "".join(unicodedata.normalize("NFKC", answer).split()).casefold()
    start, end = 0, len(text)
    while start < end and is_punctuation(text[start]):
        start += 1
    while end > start and is_punctuation(text[end - 1]):
        end -= 1
    text = text[start:end]
    return converter(Script.SIMPLIFIED)(text) if fold_script and text else text


def _grade_gap(gap: Gap, response: str, rules: Rules) -> GapScore:
    given = normalise(response, fold_script=rules.fold_script)
    for i, answer in enumerate(gap.answers if given else ()):
        if given in _forms(answer.text, rules):
            return GapScore(gap.uid, response, answer.weight, exact=i == 0)
    return GapScore(gap.uid, response, 0.0, exact=False)


def _forms(answer: str, rules: Rules) -> set[str]:
    forms = {normalise(answer, fold_script=rules.fold_script)}
    if rules.accept_pinyin:
        forms.add(normalise("".join(readings(answer)), fold_script=False))
    return forms


def _resolve(gap: Gap, kind: Kind, response: str) -> str:
    """Return the option that a letter stands for; other responses as they are."""
    letter = unicodedata.normalize("NFKC", response).strip().upper()
    if kind not in (Kind.CHOICE, Kind.DROPDOWN) or response in gap.options or len(letter) != 1:
        return response
    index = ord(letter) - ord("A")
    return gap.options[index] if 0 <= index < len(gap.options) else response
