from __future__ import annotations

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.cloze.hints import hints_of


def sheet(before: str, word: str, after: str = "") -> Exercise:
    segments = (Text(before), Gap("a", (Answer(word),)), Text(after))
    return Exercise("x", "", Kind.OPEN, segments)


def test_a_hint_tells_length_then_initials_then_pinyin() -> None:
    hints = hints_of(sheet("湖边开满了", "荷花", "。"))["a"]
    assert (hints.length, hints.initials, hints.pinyin) == (2, ("h", "h"), ("hé", "huā"))


def test_the_reading_is_that_of_the_context() -> None:
    assert hints_of(sheet("他在银", "行", "上班。"))["a"].pinyin == ("háng",)


def test_an_initial_has_no_tone_mark() -> None:
    assert hints_of(sheet("", "恶意"))["a"].initials == ("e", "y")
