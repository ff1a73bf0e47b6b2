"""What a teacher does to an exercise by hand: each step returns a new one. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.cloze.exercise import Answer, BankWord, Distractor, Exercise, Gap, Text
from assistant.cloze.passage import cut, gap_places
from assistant.cloze.pinyin_hints import add_pinyin
from assistant.cloze.places import Place


def add_gap(exercise: Exercise, place: Place) -> Exercise:
    """Return ``exercise`` with a gap at ``place`` of its text; the bank gets the word.

    Raises ValueError where the place touches none of the text or overlaps a gap.
    """
    return _with_places(exercise, {**_known(exercise), place: None})


def remove_gap(exercise: Exercise, uid: str) -> Exercise:
    """Return ``exercise`` with the gap's word back in the text and out of the bank."""
    kept = {place: gap for place, gap in _known(exercise).items() if gap.uid != uid}
    return _with_places(exercise, {**kept})


def move_gap(exercise: Exercise, uid: str, place: Place) -> Exercise:
    """Return ``exercise`` with the gap taken out and a new one at ``place``. Raises ValueError."""
    return add_gap(remove_gap(exercise, uid), place)


def change_gap(exercise: Exercise, uid: str, change: Callable[[Gap], Gap]) -> Exercise:
    """Return ``exercise`` with ``change`` applied to the gap ``uid``."""
    segments = tuple(
        change(segment) if isinstance(segment, Gap) and segment.uid == uid else segment
        for segment in exercise.segments
    )
    return replace(exercise, segments=segments)


def accept_answer(exercise: Exercise, uid: str, word: str, weight: float = 1.0) -> Exercise:
    """Return ``exercise`` with ``word`` accepted in the gap: no alternative, no distractor."""

    def accept(gap: Gap) -> Gap:
        if any(answer.text == word for answer in gap.answers):
            return gap
        others = sorted([*gap.answers[1:], Answer(word, weight)], key=lambda a: -a.weight)
        left = tuple(rival for rival in gap.alternatives if rival.text != word)
        gap = replace(gap, answers=(gap.answers[0], *others), alternatives=left)
        wrong = [distractor.text for distractor in gap.distractors]
        return _without_option(gap, wrong.index(word)) if word in wrong else gap

    return change_gap(exercise, uid, accept)


def drop_answer(exercise: Exercise, uid: str, word: str) -> Exercise:
    """Return ``exercise`` with ``word`` no longer accepted in the gap; the key stays."""

    def drop(gap: Gap) -> Gap:
        left = tuple(answer for answer in gap.answers[1:] if answer.text != word)
        return replace(gap, answers=(gap.answers[0], *left))

    return change_gap(exercise, uid, drop)


def set_hint(exercise: Exercise, uid: str, hint: str) -> Exercise:
    """Return ``exercise`` with a hint at the gap."""
    return change_gap(exercise, uid, lambda gap: replace(gap, hint=hint))


def swap_distractor(exercise: Exercise, uid: str, old: str, new: Distractor) -> Exercise:
    """Return ``exercise`` with the option ``old`` of the gap replaced where it stands."""

    def swap(gap: Gap) -> Gap:
        options = tuple(new if option.text == old else option for option in gap.distractors)
        return replace(gap, distractors=options)

    return change_gap(exercise, uid, swap)


def _without_option(gap: Gap, index: int) -> Gap:
    distractors = gap.distractors[:index] + gap.distractors[index + 1 :]
    key_index = gap.key_index - (index < gap.key_index)
    return replace(gap, distractors=distractors, key_index=key_index)


def _known(exercise: Exercise) -> dict[Place, Gap]:
    gaps = {gap.uid: gap for gap in exercise.gaps}
    return {place: gaps[uid] for uid, place in gap_places(exercise).items()}


def _with_places(exercise: Exercise, places: dict[Place, Gap | None]) -> Exercise:
    known = {place: gap for place, gap in places.items() if gap is not None}
    segments = cut(exercise.text, places, exercise.uid, known)
    changed = replace(exercise, segments=segments, bank=())
    if exercise.bank:
        uids = {gap.uid for gap in changed.gaps}
        banked = {word.gap for word in exercise.bank}
        kept = tuple(word for word in exercise.bank if word.gap is None or word.gap in uids)
        new = tuple(BankWord(gap.answer, gap.uid) for gap in changed.gaps if gap.uid not in banked)
        changed = replace(changed, bank=kept + new)
    if any(isinstance(segment, Text) and segment.pinyin for segment in exercise.segments):
        shown = any(gap.pinyin for gap in exercise.gaps)
        changed = add_pinyin(changed, on_gaps=shown)
    return changed
