from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.export import passage, sheet
from assistant.export.wording import section_title, sheet_title
from tests.export import samples


def test_paragraphs_split_text_and_its_pinyin() -> None:
    text = Text("一二\n三", ("yī", "èr", "", "sān"))
    exercise = Exercise("u", "t", Kind.OPEN, (text, Gap("g", (Answer("四"),))))
    first, second = passage.paragraphs(exercise)
    assert first == (Text("一二", ("yī", "èr")),)
    assert second[0] == Text("三", ("sān",))
    assert isinstance(second[1], passage.NumberedGap)
    assert second[1].number == 1


def test_empty_lines_are_no_paragraphs() -> None:
    exercise = Exercise("u", "t", Kind.OPEN, (Text("甲\n\n 　\n乙\n"), Gap("g", (Answer("丙"),))))
    assert len(passage.paragraphs(exercise)) == 3


@pytest.mark.parametrize(
    ("number", "mark"),
    [(1, "①"), (20, "⑳"), (21, "㉑"), (35, "㉟"), (36, "㊱"), (50, "㊿"), (51, "(51)")],
)
def test_circled_numbers(number: int, mark: str) -> None:
    assert passage.circled(number) == mark


def test_key_lines_group_letters_by_five() -> None:
    gap = samples.choice_exercise().gaps[1]
    many = tuple(replace(gap, uid=f"g{i}") for i in range(11))
    exercise = replace(samples.choice_exercise(), segments=many)
    assert passage.key_lines(exercise) == ("1—5　CCCCC", "6—10　CCCCC", "11　C")


def test_key_lines_of_a_bank_name_the_words_number() -> None:
    assert passage.key_lines(samples.bank_exercise()) == (
        "1．③画蛇添足",
        "2．⑤亡羊补牢",
        "3．②守株待兔",
    )


def test_width_variants_cover_both_widths() -> None:
    assert passage.width_variants("a，b") == ("a，b", "ａ，ｂ", "a,b")
    assert passage.width_variants("春") == ("春",)


def test_the_first_spelling_keeps_its_weight() -> None:
    gap = Gap("g", (Answer("A"), Answer("Ａ", 0.5)))
    assert dict(passage.typed_answers(gap)) == {"A": 1.0, "Ａ": 0.5}


def test_blank_width_tells_nothing() -> None:
    exercise = samples.verse_exercise()
    assert sheet.blank_em(exercise) == 6
    assert {len(sheet.blank_text(exercise, n)) for n in (1, 2)} == {7}


@pytest.mark.parametrize(("length", "per_row"), [(1, 4), (5, 4), (6, 2), (12, 2), (13, 1)])
def test_long_options_get_more_lines(length: int, per_row: int) -> None:
    gap = Gap("g", (Answer("字" * length),), samples.wrong("短"))
    assert sheet.options_per_row(gap) == per_row


def test_titles() -> None:
    assert sheet_title(samples.choice_exercise()) == "山里的早上（A 卷）"
    assert sheet_title(replace(samples.bank_exercise(), title=" ")) == "选词填空"
    assert section_title(samples.verse_exercise()) == "一、古诗填空（每小题1分，共2分）"
