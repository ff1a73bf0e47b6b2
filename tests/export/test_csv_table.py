from __future__ import annotations

import csv
import io

from hypothesis import given, settings

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.export import csv_table, passage, registry
from assistant.export.rendered import Change
from tests.export import samples
from tests.export.nasty import exercises


def rows(exercise: Exercise) -> list[list[str]]:
    data = registry.render(exercise, "csv").data
    assert data.startswith(b"\xef\xbb\xbf"), "Excel reads UTF-8 only with the mark"
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_row_per_gap() -> None:
    header, first, second, _ = rows(samples.open_exercise())
    assert tuple(header) == csv_table.COLUMNS
    assert first[:3] == ["1", "镜子", "明镜 50%"]
    assert first[5] == "两个字"
    assert second[7] == "一场大雨过后，操场上的积水像一面面（1），映着蓝天和（2）。"


def test_options_and_key_letter() -> None:
    assert rows(samples.choice_exercise())[2][3:5] == ["推动｜推广｜推开｜推迟", "C"]


def test_a_level_is_told_in_words() -> None:
    gaps = (Gap("a", (Answer("甲"),), level="jieba ≤1000"), Gap("b", (Answer("乙"),), level="三级"))
    exercise = Exercise("u", "t", Kind.OPEN, (gaps[0], Text("和"), gaps[1]))
    assert [row[6] for row in rows(exercise)[1:]] == ["常用词前 1000 位", "三级"]


def test_a_formula_is_disarmed_with_a_note() -> None:
    exercise = Exercise("u", "t", Kind.OPEN, (Gap("g", (Answer("=1+1"),)), Text("等于二")))
    assert rows(exercise)[1][1] == "'=1+1"
    assert Change.FORMULAS in [note.change for note in registry.render(exercise, "csv").notes]


@settings(max_examples=60)
@given(exercises(Kind.OPEN))
def test_answers_survive(exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    found = [row[1] for row in rows(exercise)[1:]]
    for cell, gap in zip(found, clean.gaps, strict=True):
        guarded = gap.answer.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert cell == ("'" if guarded else "") + gap.answer
