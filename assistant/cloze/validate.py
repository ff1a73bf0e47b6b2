"""What must hold in every exercise, whoever made it. Pure."""

from __future__ import annotations

from assistant.cloze.exercise import Exercise, Gap, Kind, Text
from assistant.errors import ExerciseError

MAX_OPTIONS = 8
"""The most options of one gap: A to H."""


def validate(exercise: Exercise) -> None:
    """Check what the types cannot say.

    Raises ExerciseError that names the first place that is wrong, such as ``segments[3].answers``.
    """
    if not exercise.uid:
        raise ExerciseError.at("uid", "不能为空", "must not be empty")
    if not exercise.points > 0:
        raise ExerciseError.at("points", "必须大于 0", "must be above 0")
    if exercise.version and exercise.version not in exercise.versions:
        raise ExerciseError.at("version", "不在 versions 中", "is not one of versions")
    _check_segments(exercise)
    uids = {gap.uid for gap in exercise.gaps}
    for i, word in enumerate(exercise.bank):
        if not word.text:
            raise ExerciseError.at(f"bank[{i}].text", "不能为空", "must not be empty")
        if word.gap is not None and word.gap not in uids:
            raise ExerciseError.at(f"bank[{i}].gap", "没有这个空", "names no gap")
    banked = {word.gap for word in exercise.bank}
    if exercise.kind is Kind.BANK and not uids <= banked:
        raise ExerciseError.at("bank", "缺少某个空的词", "lacks the word of a gap")


def _check_segments(exercise: Exercise) -> None:
    seen: set[str] = set()
    for i, segment in enumerate(exercise.segments):
        place = f"segments[{i}]"
        if isinstance(segment, Text):
            if segment.pinyin and len(segment.pinyin) != len(segment.text):
                raise ExerciseError.at(
                    f"{place}.pinyin", "须每字一个", "needs one entry per character"
                )
            continue
        if not segment.uid or segment.uid in seen:
            raise ExerciseError.at(f"{place}.uid", "重复或为空", "is empty or used twice")
        seen.add(segment.uid)
        _check_gap(segment, place, exercise.kind)


def _check_gap(gap: Gap, place: str, kind: Kind) -> None:
    if not gap.answers:
        raise ExerciseError.at(f"{place}.answers", "至少要有一个答案", "needs at least one")
    for i, answer in enumerate(gap.answers):
        if not answer.text.strip():
            raise ExerciseError.at(f"{place}.answers[{i}].text", "不能为空", "must not be empty")
        if not 0 < answer.weight <= 1:
            raise ExerciseError.at(
                f"{place}.answers[{i}].weight", "须在 0 与 1 之间", "must be above 0, at most 1"
            )
    if gap.answers[0].weight != 1:
        raise ExerciseError.at(f"{place}.answers[0].weight", "须为 1", "must be 1")
    options = gap.options
    if not 0 <= gap.key_index <= len(gap.distractors):
        raise ExerciseError.at(f"{place}.key_index", "超出选项", "is outside the options")
    if not all(option.strip() for option in options) or len(set(options)) != len(options):
        raise ExerciseError.at(
            f"{place}.distractors", "选项为空或重复", "holds an empty or repeated option"
        )
    limit = 2 if kind in (Kind.CHOICE, Kind.DROPDOWN) else 1
    if not limit <= len(options) <= MAX_OPTIONS:
        raise ExerciseError.at(
            f"{place}.distractors",
            f"选项须有 {limit}–{MAX_OPTIONS} 个",
            f"must make {limit}–{MAX_OPTIONS} options",
        )
