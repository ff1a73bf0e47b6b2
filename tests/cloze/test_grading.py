from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.cloze.answers_file import StudentAnswers, read_answers, save_answers
from assistant.cloze.exercise import Alternative, Answer, Exercise, Gap, Kind, Text
from assistant.cloze.grading import Rules, grade, normalise
from assistant.cloze.item_report import item_reports, wrong_words
from assistant.cloze.scorer import GapView
from assistant.cloze.word_list import parse_words
from assistant.errors import AnswersError, FileReadError
from tests.cloze.samples import FULL

SHEET = Exercise(
    "sheet",
    "t",
    Kind.OPEN,
    (
        Gap("a", (Answer("头发"), Answer("发", 0.5)), alternatives=(Alternative("发型", 0.2),)),
        Text("和"),
        Gap("b", (Answer("ABC"),)),
    ),
    points=2,
    versions=("A", "B"),
)


@pytest.mark.parametrize(
    ("response", "credit", "exact"),
    [
        ("头发", 1, True),
        (" 头 发　", 1, True),
        ("“头发”。", 1, True),
        ("頭髮", 1, True),
        ("发", 0.5, False),
        ("发头", 0, False),
        ("", 0, False),
        ("。", 0, False),
        ("tóu fa", 0, False),
    ],
)
def test_answers_are_compared_by_what_they_say(response: str, credit: float, exact: bool) -> None:
    score = grade(SHEET, {"a": response}).gaps[0]
    assert (score.credit, score.exact) == (credit, exact)


def test_full_width_letters_and_case_do_not_matter() -> None:
    assert grade(SHEET, {"b": "ａｂｃ"}).gaps[1].exact
    assert normalise("　Ａb，") == "ab"


def test_rules_can_be_strict_or_lenient() -> None:
    assert not grade(SHEET, {"a": "頭髮"}, rules=Rules(fold_script=False)).gaps[0].exact
    assert grade(SHEET, {"a": "tóu fà"}, rules=Rules(accept_pinyin=True)).gaps[0].exact
    assert not grade(SHEET, {"a": "tou fa"}, rules=Rules(accept_pinyin=True)).gaps[0].exact


def test_exact_and_accepted_stand_side_by_side() -> None:
    score = grade(SHEET, {"a": "发", "b": "abc"}, "小明")
    assert (score.points, score.total) == (3, 4)
    assert (score.exact, score.accepted) == (1, 2)
    assert grade(SHEET, {}).points == 0


def test_letters_stand_for_options() -> None:
    gap = FULL.gaps[0]
    assert gap.options == ("小岛", "小鸟", "小袅", "小狗")
    assert grade(FULL, {"a1": "b"}).gaps[0].exact
    assert grade(FULL, {"a1": "Ｂ"}).gaps[0].exact
    assert grade(FULL, {"a1": "A"}).gaps[0].response == "小岛"
    assert grade(FULL, {"a1": "Z"}).gaps[0].credit == 0
    assert grade(FULL, {"a1": "小鸟"}).gaps[0].exact


def test_a_students_file_is_read_back(tmp_path: Path) -> None:
    answers = StudentAnswers("sheet", "小明", "B", {"a": "头发"})
    save_answers(answers, tmp_path / "小明.json")
    assert read_answers(tmp_path / "小明.json", SHEET) == [answers]


def test_a_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_bytes("姓名,卷,1,2\n小明,A,头发,ABC\n\n小红,,发\n".encode("gb18030"))
    assert read_answers(path, SHEET) == [
        StudentAnswers("sheet", "小明", "A", {"a": "头发", "b": "ABC"}),
        StudentAnswers("sheet", "小红", "", {"a": "发"}),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "姓名,甲,乙\n小明,头发,ABC\n",
        "姓名,卷,1\n小明,C,头发\n",
        "{",
        '{"format": "bubai-answers", "version": 2}',
        '{"format": "bubai-answers", "version": 1, "exercise": "other", "student": "x",'
        ' "paper": "", "answers": {}}',
        '{"format": "bubai-answers", "version": 1, "exercise": "sheet", "student": "x",'
        ' "paper": "", "answers": {"a": 1}}',
    ],
)
def test_what_are_no_answers_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "answers"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AnswersError):
        read_answers(path, SHEET)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileReadError, match="nobody"):
        read_answers(tmp_path / "nobody.json", SHEET)


CLASS = ["头发", "头发", "发", "发型", "发型", "脸", ""]


def scores():  # pyright: ignore
    return [
        grade(SHEET, {"a": word, "b": "abc" if i < 3 else ""}, str(i))
        for i, word in enumerate(CLASS)
    ]


def test_the_item_report_counts_the_class() -> None:
    first, second = item_reports(SHEET, scores())
    assert first.facility == pytest.approx(2.5 / 7)
    assert second.facility == pytest.approx(3 / 7)
    # Top and bottom 27 % of seven are two each.
    assert (first.discrimination, second.discrimination) == (1, 1)
    assert (first.omitted, second.omitted) == (1, 4)
    assert [(w.text, w.count, w.acceptable) for w in first.wrong] == [
        ("发型", 2, True),
        ("脸", 1, False),
    ]


def test_a_model_flags_wrong_answers_that_it_finds_acceptable() -> None:
    views = {"a": GapView((), {"头发": 0.4, "脸": 0.3, "发型": 0.01})}
    first, _ = item_reports(replace(SHEET), scores(), views)
    assert {w.text: w.acceptable for w in first.wrong} == {"发型": True, "脸": True}


def test_the_words_to_ask_about() -> None:
    assert wrong_words(SHEET, scores()) == [["发型", "脸"], []]


def test_a_small_class_has_no_discrimination() -> None:
    assert item_reports(SHEET, scores()[:3])[0].discrimination is None
    assert item_reports(SHEET, [])[0].facility == 0


def test_word_lists_are_read_from_any_table() -> None:
    text = '1,学习,xuéxí,to study\n2,"高兴",gāoxìng\n# 注释 不要\n花、鸟；虫 学习\n'
    assert parse_words(text) == ("学习", "高兴", "花", "鸟", "虫")
