"""Judge a whole exercise with a model: alarm, difficulty, the bank's uniqueness. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.cloze.bank import BankCheck, check_bank
from assistant.cloze.exercise import Exercise, Gap, Kind, Script
from assistant.cloze.judge import judge_gap
from assistant.cloze.passage import gap_places
from assistant.cloze.scorer import LOOKED_AT, GapView, Scorer, view_gaps
from assistant.cloze.script import converter, to_script
from assistant.cloze.strategies import Strategy

if TYPE_CHECKING:  # its module imports onnxruntime
    from assistant.engine.cancel import Cancel


def view_exercise(
    exercise: Exercise,
    scorer: Scorer,
    words: Mapping[str, Sequence[str]] | None = None,
    *,
    fixed_length: bool = False,
    top: int = LOOKED_AT,
    cancel: Cancel | None = None,
) -> dict[str, GapView]:
    """Return the model's view of every gap by uid, all gaps open, in simplified characters.

    The answers are scored, and ``words`` (by uid). With ``fixed_length``, and always in verse and
    C-tests, only words as long as the key compete. Raises Cancelled.
    """
    simplified = to_script(exercise, Script.SIMPLIFIED)
    convert = converter(Script.SIMPLIFIED)
    asked = [
        [answer.text for answer in gap.answers]
        + [convert(w) for w in (words or {}).get(gap.uid, ())]
        for gap in simplified.gaps
    ]
    places = gap_places(simplified)
    views = view_gaps(
        scorer,
        simplified.text,
        list(places.values()),
        asked,
        fixed_length=fixed_length or has_fixed_length(exercise),
        top=top,
        cancel=cancel,
    )
    return dict(zip(places, views, strict=True))


def has_fixed_length(exercise: Exercise) -> bool:
    """Return whether the student knows how many characters are missing (verse and C-test)."""
    return exercise.verse or exercise.source.strategy == Strategy.CTEST.value


def judged(exercise: Exercise, views: Mapping[str, GapView]) -> Exercise:
    """Return ``exercise`` with difficulty and alternatives from ``views``; nothing else changes."""
    simplified = to_script(exercise, Script.SIMPLIFIED)
    convert = converter(exercise.script)
    text, places = simplified.text, gap_places(simplified)
    plain = {gap.uid: gap for gap in simplified.gaps}

    def judge(gap: Gap) -> Gap:
        uid = gap.uid
        seen = judge_gap(plain[uid], views[uid], text, places[uid], verse=exercise.verse)
        rivals = seen.alternatives
        if exercise.script is not Script.SIMPLIFIED:
            rivals = tuple(replace(rival, text=convert(rival.text)) for rival in rivals)
        return replace(
            gap, difficulty=seen.difficulty, alternatives=rivals, certainty=seen.certainty
        )

    segments = tuple(judge(s) if isinstance(s, Gap) else s for s in exercise.segments)
    return replace(exercise, segments=segments)


def rejudge(exercise: Exercise, scorer: Scorer, cancel: Cancel | None = None) -> Exercise:
    """Return ``exercise`` judged anew, as after every edit. Raises Cancelled."""
    return judged(exercise, view_exercise(exercise, scorer, cancel=cancel))


def check_exercise_bank(
    exercise: Exercise, scorer: Scorer, cancel: Cancel | None = None
) -> BankCheck | None:
    """Return whether only the key solves the word bank; None for other kinds. Raises Cancelled."""
    if exercise.kind is not Kind.BANK:
        return None
    words = [word.text for word in exercise.bank]
    asked = {gap.uid: words for gap in exercise.gaps}
    views = view_exercise(exercise, scorer, asked, top=1, cancel=cancel)
    simplified = to_script(exercise, Script.SIMPLIFIED)
    return check_bank(simplified.gaps, simplified.bank, [views[gap.uid] for gap in exercise.gaps])
