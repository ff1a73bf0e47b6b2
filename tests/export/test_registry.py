from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.errors import (
    ExerciseError,
    FileWriteError,
    NoBlankError,
    UnknownFormatError,
)
from assistant.export import registry
from assistant.export.rendered import Change, Note
from tests.export import samples

HEADS = {
    "docx": b"PK",
    "pdf": b"%PDF",
    "html": b"<!DOCTYPE html>",
    "moodle": b"<?xml",
    "gift": b"$CATEGORY",
    "h5p": b"PK",
    "anki": b"PK",
    "qti": b"PK",
    "qti3": b"PK",
    "csv": b"\xef\xbb\xbf",
    "tsv": b"#separator:tab",
}


def test_every_format_has_a_name_a_suffix_and_two_descriptions() -> None:
    assert set(registry.FORMATS) == set(HEADS)
    suffixes = [item.suffix for item in registry.FORMATS.values()]
    assert len(set(suffixes)) == len(suffixes), "one exercise can be written to all of them"
    for item in registry.FORMATS.values():
        assert item.description("zh") != item.description("en")


@pytest.mark.parametrize("format_name", registry.FORMATS)
def test_every_sample_goes_to_every_format(format_name: str, tmp_path: Path, qapp) -> None:
    for name, exercise in samples.all_samples().items():
        path = tmp_path / (name + registry.FORMATS[format_name].suffix)
        assert registry.export(exercise, format_name, path) == path
        assert path.read_bytes().startswith(HEADS[format_name])
    assert len(list(tmp_path.iterdir())) == len(samples.all_samples()), "no partial files stay"


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError) as caught:
        registry.export(samples.open_exercise(), "doc", tmp_path / "x")
    assert "docx" in caught.value.message("zh")
    assert "doc:" in caught.value.message("en")


def test_an_exercise_without_gaps_is_refused() -> None:
    with pytest.raises(NoBlankError):
        registry.render(Exercise("u", "t", Kind.OPEN, (Text("没有空"),)), "csv")


def test_a_malformed_exercise_is_refused() -> None:
    exercise = Exercise("u", "t", Kind.OPEN, (Gap("g", ()),))
    with pytest.raises(ExerciseError):
        registry.render(exercise, "csv")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "old.csv"
    path.write_text("old")

    def refuse(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileWriteError) as caught:
        registry.export(samples.open_exercise(), "csv", path)
    assert "磁盘已满" in caught.value.message("zh")
    assert path.read_text() == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["old.csv"]


def test_a_missing_folder_is_a_typed_error(tmp_path: Path) -> None:
    with pytest.raises(FileWriteError):
        registry.export(samples.open_exercise(), "csv", tmp_path / "no" / "x.csv")


def test_control_characters_and_line_breaks_are_changed_with_notes() -> None:
    gap = Gap("g", (Answer("甲\n乙"),))
    exercise = Exercise("u", "坏\x07题", Kind.OPEN, (Text("x\ud800"), gap))
    rendered = registry.render(exercise, "html")
    assert [note.change for note in rendered.notes] == [
        Change.CONTROL_CHARACTERS,
        Change.LINE_BREAKS,
    ]
    assert "坏\ufffd题" in rendered.data.decode("utf-8")


@pytest.mark.parametrize("change", Change)
def test_every_change_has_a_sentence_in_both_languages(change: Change) -> None:
    note = Note(change, "7")
    assert note.message("zh").endswith("。")
    assert note.message("en").endswith(".")


def test_the_same_exercise_gives_the_same_bytes_where_the_format_allows() -> None:
    exercise = samples.choice_exercise()
    for name in ("html", "moodle", "gift", "h5p", "qti", "qti3", "csv", "tsv"):
        assert registry.render(exercise, name) == registry.render(exercise, name)


def test_uids_alone_name_items_and_notes() -> None:
    exercise = samples.open_exercise()
    corrected = replace(exercise, title="改了标题")
    first = registry.render(exercise, "tsv").data.decode().splitlines()[-1]
    second = registry.render(corrected, "tsv").data.decode().splitlines()[-1]
    assert first.rsplit("\t", 1)[1] == second.rsplit("\t", 1)[1]
    assert first != second


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    code = (
        "import sys, assistant.export.registry\n"
        "print([n for n in ('docx', 'genanki', 'PySide6', 'onnxruntime') if n in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
