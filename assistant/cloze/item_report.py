"""The item report of a class: facility, discrimination, frequent wrong answers. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.cloze.exercise import Exercise, Gap
from assistant.cloze.grading import SheetScore, normalise
from assistant.cloze.judge import is_also_right
from assistant.cloze.scorer import GapView

_GROUP = 0.27
"""Share of the class in the top and in the bottom group (Kelley 1939)."""
_WRONG_LISTED = 5


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A wrong answer; ``acceptable``: the model holds it for about as good as the key."""

    text: str
    count: int
    acceptable: bool


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One gap over the class.

    ``facility`` is the mean credit (0–1); ``discrimination`` the facility in the top 27 % of the
    class minus that in the bottom 27 %, None below four students.
    """

    number: int
    uid: str
    answer: str
    facility: float
    discrimination: float | None
    omitted: int
    wrong: tuple[WrongAnswer, ...]


def item_reports(
    exercise: Exercise,
    scores: Sequence[SheetScore],
    views: Mapping[str, GapView] | None = None,
) -> tuple[ItemReport, ...]:
    """Return a report for every gap. ``views`` (by uid) hold the scores of the wrong answers.

    Without a view a wrong answer is flagged when the alarm had listed it.
    """
    ranked = sorted(scores, key=lambda score: -score.points)
    size = max(1, round(len(ranked) * _GROUP))
    top, bottom = ranked[:size], ranked[-size:]
    reports: list[ItemReport] = []
    for i, gap in enumerate(exercise.gaps):
        view = views.get(gap.uid) if views else None
        discrimination = _facility(top, i) - _facility(bottom, i) if len(ranked) >= 4 else None
        reports.append(
            ItemReport(
                number=i + 1,
                uid=gap.uid,
                answer=gap.answer,
                facility=_facility(ranked, i),
                discrimination=discrimination,
                omitted=sum(not normalise(score.gaps[i].response) for score in ranked),
                wrong=_wrong(gap, [score.gaps[i].response for score in _failed(ranked, i)], view),
            )
        )
    return tuple(reports)


def wrong_words(exercise: Exercise, scores: Sequence[SheetScore]) -> list[list[str]]:
    """Return for every gap the distinct wrong answers: the words to ask a model about."""
    return [
        sorted({normalise(score.gaps[i].response) for score in _failed(scores, i)} - {""})
        for i in range(len(exercise.gaps))
    ]


def _wrong(gap: Gap, responses: Sequence[str], view: GapView | None) -> tuple[WrongAnswer, ...]:
    counts = Counter(word for word in map(normalise, responses) if word)
    listed = {normalise(alternative.text) for alternative in gap.alternatives}
    return tuple(
        WrongAnswer(
            word,
            count,
            word in listed
            or (
                view is not None
                and is_also_right(view.confidence(word), view.confidence(gap.answer))
            ),
        )
        for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[
            :_WRONG_LISTED
        ]
    )


def _failed(scores: Sequence[SheetScore], index: int) -> list[SheetScore]:
    return [score for score in scores if score.gaps[index].credit == 0]


def _facility(scores: Sequence[SheetScore], index: int) -> float:
    credits = [score.gaps[index].credit for score in scores]
    return sum(credits) / len(credits) if credits else 0.0
