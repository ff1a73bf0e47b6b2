from __future__ import annotations

import csv
import io

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.cloze.grading import grade
from assistant.cloze.item_report import item_reports
from assistant.cloze.report_table import report_text

SHEET = Exercise("x", "", Kind.OPEN, (Text("开满"), Gap("a", (Answer("荷花"),)), Text("。")))


def rows(
    words: list[str], language: str = "zh", separator: str = ",", name: str = "学生"
) -> list[list[str]]:
    scores = [grade(SHEET, {"a": word}, f"{name}{i}") for i, word in enumerate(words)]
    text = report_text(item_reports(SHEET, scores), scores, language, separator)
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def test_both_tables_stand_in_the_file() -> None:
    table = rows(["荷花", "菊花", "菊花", ""])
    assert table[0][:3] == ["空", "答案", "得分率"]
    assert table[1] == ["1", "荷花", "0.25", "1.00", "1", "菊花×2", ""]
    assert table[2] == []
    assert table[4] == ["学生0", "1", "1", "1", "1"]
    assert len(table) == 8


def test_a_name_that_looks_like_a_formula_is_no_formula() -> None:
    assert rows(["荷花"], name="=1+")[-1][0] == "'=1+0"


def test_the_clipboard_gets_tabs_and_english_heads() -> None:
    assert rows(["荷花"], "en", "\t")[0][1] == "Answer"
