from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given, settings

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.export import moodle_xml, passage, registry
from assistant.export.rendered import Change
from tests.export import moodle_reader, samples
from tests.export.nasty import exercises


def question(exercise: Exercise) -> ET.Element:
    root = ET.fromstring(registry.render(exercise, "moodle").data)
    assert root.tag == "quiz"
    category, found = root.findall("question")
    assert category.get("type") == "category"
    return found


def body(element: ET.Element) -> str:
    return element.findtext("questiontext/text") or ""


def visible(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def test_open_gaps_become_short_answers_with_their_weights() -> None:
    found = question(samples.open_exercise())
    parts, text = moodle_reader.read(body(found))
    assert found.get("type") == "cloze"
    assert found.find("defaultgrade") is None
    assert [part.kind for part in parts] == ["SHORTANSWER"] * 3
    assert parts[0].weight == 2
    assert parts[0].alternatives[:2] == (("镜子", 1.0), ("明镜", 0.5))
    assert ("鏡子", 1.0) in parts[0].alternatives  # Moodle folds no scripts
    assert visible(text).splitlines()[1] == (
        "一场大雨过后，操场上的积水像一面面{#1}（两个字），映着蓝天和{#2}。"
    )


def test_choices_keep_the_printed_order() -> None:
    parts, _ = moodle_reader.read(body(question(samples.choice_exercise())))
    assert [answer for answer, _ in parts[1].alternatives] == ["推动", "推广", "推开", "推迟"]
    assert [share for _, share in parts[1].alternatives] == [0, 0, 1, 0]


def test_drop_downs_become_gapselect_with_a_group_per_gap() -> None:
    found = question(samples.dropdown_exercise())
    assert found.get("type") == "gapselect"
    assert body(found) == "<p>桌上放着一[[1]]书和一[[5]]笔。</p>"
    options = [(o.findtext("text"), o.findtext("group")) for o in found.findall("selectoption")]
    assert options[0] == ("本", "1")
    assert options[4] == ("支", "2")
    assert found.find("shownumcorrect") is not None


def test_more_drop_downs_than_groups_become_embedded_choices() -> None:
    sample = samples.dropdown_exercise()
    gap = sample.gaps[0]
    many = replace(sample, segments=tuple(replace(gap, uid=f"g{i}") for i in range(9)))
    found = question(many)
    parts, _ = moodle_reader.read(body(found))
    assert found.get("type") == "cloze"
    assert len(parts) == 9


def test_a_word_bank_becomes_drag_and_drop_with_the_answers_first() -> None:
    found = question(samples.bank_exercise())
    boxes = [box.findtext("text") for box in found.findall("dragbox")]
    assert found.get("type") == "ddwtos"
    assert boxes == ["画蛇添足", "亡羊补牢", "守株待兔", "井底之蛙", "杯弓蛇影"]
    assert re.findall(r"\[\[(\d+)]]", body(found)) == ["1", "2", "3"]


def test_a_slash_in_the_title_does_not_open_a_category() -> None:
    exercise = replace(samples.open_exercise(), title="3/4 单元")
    assert moodle_xml.category_path(exercise) == "$course$/top/补白/3//4 单元"


def test_partial_credit_moves_to_a_grade_that_moodle_knows() -> None:
    gap = Gap("g", (Answer("甲"), Answer("乙", 0.35)))
    exercise = Exercise("u", "", Kind.OPEN, (Text("x"), gap))
    rendered = registry.render(exercise, "moodle")
    assert "%33.33333%乙" in rendered.data.decode()
    assert [note.change for note in rendered.notes] == [Change.NEAREST_GRADE]


@pytest.mark.parametrize(
    "answer", ["甲&", "}", "a}b#c~d", "\\}", "\\#", "\\", "=甲", "%50%甲", "*"]
)
def test_a_dangerous_answer_is_read_back(answer: str) -> None:
    gap = Gap("g", (Answer(answer),))
    parts, _ = moodle_reader.read(
        body(question(Exercise("u", "t", Kind.OPEN, (Text("前"), gap, Text("后")))))
    )
    assert moodle_reader.typed_matches(parts[0].alternatives[0][0], answer)
    assert not moodle_reader.typed_matches(parts[0].alternatives[0][0], answer + "x")


@settings(max_examples=60)
@given(exercises(Kind.OPEN))
def test_typed_answers_and_text_survive(exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    parts, text = moodle_reader.read(body(question(exercise)))
    assert len(parts) == 2
    assert all(map(moodle_reader.is_valid, parts))
    for gap, part in zip(clean.gaps, parts, strict=True):
        for (pattern, share), answer in zip(part.alternatives, gap.answers, strict=False):
            assert moodle_reader.typed_matches(pattern, answer.text)
            assert share == pytest.approx(answer.weight)
    shown = visible(text)
    for segment in clean.segments:
        if isinstance(segment, Text):
            for line in segment.text.split("\n"):
                assert not line.strip() or line in shown


@settings(max_examples=60)
@given(exercises(Kind.CHOICE))
def test_options_survive(exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    parts, _ = moodle_reader.read(body(question(exercise)))
    assert len(parts) == 2
    for gap, part in zip(clean.gaps, parts, strict=True):
        # Moodle reads the text of a choice as HTML.
        assert tuple(html.unescape(text) for text, _ in part.alternatives) == gap.options
        assert [share for _, share in part.alternatives].index(1.0) == gap.key_index
        assert not any("<" in text for text, _ in part.alternatives)


@settings(max_examples=40)
@given(exercises(Kind.BANK))
def test_boxes_and_places_survive(exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    found = question(exercise)
    boxes = [html.unescape(box.findtext("text") or "") for box in found.findall("dragbox")]
    assert re.findall(r"\[\[(\d+)]]", body(found)) == ["1", "2"]
    assert boxes[:2] == [gap.answer for gap in clean.gaps]
