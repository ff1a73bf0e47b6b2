from __future__ import annotations

import html
import io
import json
import re
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.errors import ExportContentError
from assistant.export import passage, registry
from assistant.export.rendered import Change
from tests.export import samples
from tests.export.nasty import exercises, words

safe_words = words.filter(lambda text: not set("*/:\\") & set(text))


def opened(exercise: Exercise) -> tuple[dict[str, Any], dict[str, Any]]:
    archive = zipfile.ZipFile(io.BytesIO(registry.render(exercise, "h5p").data))
    assert sorted(archive.namelist()) == ["content/content.json", "h5p.json"]
    assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_DEFLATED}
    return json.loads(archive.read("h5p.json")), json.loads(archive.read("content/content.json"))


def blanks(markup: str) -> tuple[list[tuple[list[str], str]], str]:
    """Read as H5P.Blanks does: pairs of asterisks; tip after the first colon; slashes split."""
    found: list[tuple[list[str], str]] = []
    pieces = markup.split("*")
    assert len(pieces) % 2 == 1, "every asterisk has its partner"
    for inner in pieces[1::2]:
        solution, _, tip = inner.partition(":")
        answers = [html.unescape(part.strip()) for part in solution.split("/")]
        found.append((answers, html.unescape(tip)))
    return found, html.unescape(re.sub(r"<[^>]*>", "", "_".join(pieces[0::2])))


def test_blanks_carry_alternatives_and_tip() -> None:
    package, content = opened(samples.open_exercise())
    found, text = blanks("".join(content["questions"]))
    assert package["mainLibrary"] == "H5P.Blanks"
    assert {"machineName": "H5P.Blanks", "majorVersion": 1, "minorVersion": 14} in package[
        "preloadedDependencies"
    ]
    assert found == [(["镜子"], "两个字"), (["白云", "云朵"], ""), (["碎"], "")]
    assert text.startswith("一场大雨过后，操场上的积水像一面面_，映着蓝天和_。")
    assert content["behaviour"]["acceptSpellingErrors"] is False


def test_partial_answers_are_left_out_with_a_note() -> None:
    notes = registry.render(samples.open_exercise(), "h5p").notes
    assert [note.change for note in notes] == [Change.FULL_ANSWERS_ONLY, Change.NEEDS_LIBRARY]


def test_choices_become_tips() -> None:
    _, content = opened(samples.choice_exercise())
    found, _ = blanks("".join(content["questions"]))
    assert found[0] == (["清晨"], "A．清晨 B．清澈 C．清楚 D．清单")


def test_a_word_bank_becomes_drag_text() -> None:
    package, content = opened(samples.bank_exercise())
    assert package["mainLibrary"] == "H5P.DragText"
    assert re.findall(r"\*(.*?)\*", content["textField"]) == ["画蛇添足", "亡羊补牢", "守株待兔"]
    assert content["distractors"] == "*井底之蛙* *杯弓蛇影*"


@pytest.mark.parametrize("mark", "*/:")
def test_a_mark_in_an_answer_is_refused_with_the_blanks_number(mark: str) -> None:
    gaps = (Gap("a", (Answer("好"),)), Gap("b", (Answer(f"甲{mark}乙"),)))
    with pytest.raises(ExportContentError) as caught:
        registry.render(Exercise("u", "t", Kind.OPEN, gaps), "h5p")
    assert f"第 2 空里的 {mark}" in caught.value.message("zh")
    assert f"{mark} in blank 2" in caught.value.message("en")


def test_an_asterisk_in_the_text_becomes_full_width_with_a_note() -> None:
    exercise = Exercise("u", "t", Kind.OPEN, (Text("3*4="), Gap("a", (Answer("12"),))))
    assert "3＊4=*12*" in opened(exercise)[1]["questions"][0]
    assert Change.ASTERISKS in [note.change for note in registry.render(exercise, "h5p").notes]


@settings(max_examples=60)
@given(exercises(Kind.OPEN, safe_words))
def test_answers_tips_and_text_survive(exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    found, text = blanks("".join(opened(exercise)[1]["questions"]))
    assert len(found) == 2
    for gap, (answers, tip) in zip(clean.gaps, found, strict=True):
        assert answers == [answer.text for answer in gap.answers if answer.weight == 1]
        assert tip == gap.hint.replace("*", "＊")
    for segment in clean.segments:
        if isinstance(segment, Text):
            for line in segment.text.split("\n"):
                assert not line.strip() or line.replace("*", "＊") in text


@settings(max_examples=60)
@given(exercises(Kind.BANK, safe_words))
def test_dragged_words_survive(exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    content = opened(exercise)[1]
    parts = re.split(r"(\*.*?\*)", content["textField"])[1::2]
    dragged = [html.unescape(part.strip("*").partition(":")[0]) for part in parts]
    assert dragged == [gap.answer for gap in clean.gaps]
    assert html.unescape(content["distractors"]) == f"*{clean.bank[-1].text}*"
