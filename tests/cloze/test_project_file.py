from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.cloze.project_file import dumps, load, loads, save
from assistant.errors import ExerciseError, ExerciseVersionError, FileReadError, FileWriteError
from tests.cloze.samples import FULL

words = st.text(min_size=1).filter(lambda word: bool(word.strip()))


def test_every_field_survives() -> None:
    assert loads(dumps(FULL)) == FULL


def test_what_is_default_is_not_written() -> None:
    plain = Exercise("u", "t", Kind.OPEN, (Text("春天。"),))
    assert json.loads(dumps(plain))["exercise"] == {
        "uid": "u",
        "title": "t",
        "kind": "open",
        "segments": [{"type": "text", "text": "春天。"}],
    }


@given(st.text(), words, st.text(), st.floats(min_value=1e-300, max_value=1, exclude_min=True))
def test_any_text_survives(title: str, word: str, hint: str, weight: float) -> None:
    title, hint = (t.encode("utf-8", "ignore").decode() for t in (title, hint))
    word = word.encode("utf-8", "replace").decode()
    gap = Gap("g", (Answer(word), Answer(word + "二", weight)), hint=hint)
    exercise = Exercise("u", title, Kind.OPEN, (gap, Text(hint)))
    assert loads(dumps(exercise)) == exercise


def test_a_file_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "练习.bubai"
    save(FULL, path)
    save(replace(FULL, title="改"), path)
    assert load(path).title == "改"
    assert [file.name for file in tmp_path.iterdir()] == ["练习.bubai"]


def test_a_byte_order_mark_does_no_harm() -> None:
    assert loads("\ufeff" + dumps(FULL)) == FULL


def record() -> dict[str, Any]:
    return json.loads(dumps(FULL))


def test_a_later_major_version_is_refused() -> None:
    with pytest.raises(ExerciseVersionError, match=r"format 2\.0"):
        loads(json.dumps({**record(), "version": "2.0", "exercise": "something new"}))


def test_a_later_minor_version_is_read() -> None:
    raw = record()
    raw["exercise"]["colour"] = "red"
    assert loads(json.dumps({**raw, "version": "1.9"})) == FULL


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (["format"], "other", "format"),
        (["version"], 1, "version"),
        (["version"], "1.x", "version"),
        (["exercise"], [], "exercise"),
        (["exercise", "uid"], "", "uid"),
        (["exercise", "kind"], "essay", "kind"),
        (["exercise", "kind"], 3, "kind"),
        (["exercise", "points"], 0, "points"),
        (["exercise", "points"], "2", "points"),
        (["exercise", "seed"], 1.5, "seed"),
        (["exercise", "verse"], 1, "verse"),
        (["exercise", "version"], "C", "version"),
        (["exercise", "segments"], {}, "segments"),
        (["exercise", "segments", 0, "type"], "picture", "segments[0].type"),
        (["exercise", "segments", 0, "pinyin"], ["yǔ"], "segments[0].pinyin"),
        (["exercise", "segments", 1, "answers"], [], "segments[1].answers"),
        (["exercise", "segments", 1, "answers", 0, "text"], " ", "segments[1].answers[0].text"),
        (["exercise", "segments", 1, "answers", 1, "weight"], 2, "segments[1].answers[1].weight"),
        (["exercise", "segments", 1, "answers", 0, "weight"], 0.5, "segments[1].answers[0].weight"),
        (["exercise", "segments", 1, "key_index"], 4, "segments[1].key_index"),
        (["exercise", "segments", 1, "key_index"], -1, "segments[1].key_index"),
        (["exercise", "segments", 1, "difficulty", "band"], 0, "segments[1].difficulty.band"),
        (["exercise", "segments", 3, "distractors"], [], "segments[3].distractors"),
        (
            ["exercise", "segments", 1, "distractors", 0, "text"],
            "小鸟",
            "segments[1].distractors",
        ),
        (["exercise", "segments", 3, "uid"], "a1", "segments[3].uid"),
        (["exercise", "bank", 0, "gap"], "zz", "bank[0].gap"),
        (["exercise", "bank", 0, "text"], "", "bank[0].text"),
    ],
)
def test_the_error_names_the_place(path: list[str | int], value: object, place: str) -> None:
    raw: Any = record()
    inner = raw
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(ExerciseError) as caught:
        loads(json.dumps(raw))
    assert caught.value.facts["place"] == place
    for language in ("zh", "en"):
        assert place in caught.value.message(language)


def test_a_missing_field_is_named() -> None:
    raw = record()
    del raw["exercise"]["segments"][1]["uid"]
    with pytest.raises(ExerciseError, match=r"segments\[1\]\.uid is missing"):
        loads(json.dumps(raw))


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "null", "NaN", '{"format": NaN}'])
def test_what_is_not_an_exercise_is_refused(text: str) -> None:
    with pytest.raises(ExerciseError):
        loads(text)


def test_a_bank_must_hold_every_answer() -> None:
    with pytest.raises(ExerciseError, match="bank lacks"):
        dumps(replace(FULL, kind=Kind.BANK, bank=FULL.bank[:2]))


def test_files_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    with pytest.raises(FileReadError):
        load(tmp_path / "nowhere.bubai")
    with pytest.raises(FileWriteError):
        save(FULL, tmp_path / "nowhere" / "x.bubai")
    (tmp_path / "gbk.bubai").write_bytes("补白".encode("gb18030"))
    with pytest.raises(ExerciseError, match="UTF-8"):
        load(tmp_path / "gbk.bubai")
