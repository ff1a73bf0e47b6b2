"""Opening and saving exercises, and the question before they are lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.cloze.project_file import load, save
from assistant.export.registry import export
from assistant.ui.cloze import files as files_module
from assistant.ui.cloze.files import ExerciseFiles
from assistant.ui.dialogs.questions import Unsaved

SHEET = Exercise(
    "sheet", "夏天: 湖边", Kind.OPEN, (Text("开满"), Gap("a", (Answer("荷花"),)), Text("。"))
)


@pytest.fixture
def files(bench, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return ExerciseFiles(bench.controller, window)


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "夏天.bubai"
    save(SHEET, path)
    return path


def test_an_opened_exercise_is_in_hand_and_unchanged(files, bench, saved):
    assert files.open(saved)
    assert bench.controller.exercise == SHEET
    assert not files.modified
    assert files.name() == "夏天"


def test_an_edit_is_saved_to_its_file(files, bench, saved):
    files.open(saved)
    bench.sheet.select_gap("a")
    bench.panel.card.hint_changed.emit("夏天开的花")
    assert files.modified
    assert files.save()
    assert load(saved).gaps[0].hint == "夏天开的花"
    assert not files.modified


def test_a_hint_still_being_written_is_saved(files, bench, saved):
    files.open(saved)
    bench.sheet.select_gap("a")
    bench.panel.show_gap("a")
    bench.panel.card.hint_field.insert("夏天开的花")
    assert files.save()
    assert load(saved).gaps[0].hint == "夏天开的花"


def test_a_hint_still_being_written_is_asked_about(files, bench, saved, monkeypatch):
    files.open(saved)
    bench.sheet.select_gap("a")
    bench.panel.show_gap("a")
    bench.panel.card.hint_field.insert("夏天开的花")
    monkeypatch.setattr(files_module, "ask_unsaved", lambda *_: Unsaved.CANCEL)
    assert not files.may_leave()


@pytest.mark.parametrize("may", [True, False])
def test_an_ending_added_to_a_name_replaces_no_file_unasked(files, bench, saved, monkeypatch, may):
    bench.controller.open(replace(SHEET, uid="another"))
    name = str(saved.with_suffix(""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (name, ""))
    monkeypatch.setattr(files_module, "may_write_over", lambda _window, paths: may)
    assert files.save() is may
    assert load(saved).uid == ("another" if may else SHEET.uid)


def test_an_exported_page_opens_as_an_exercise_without_a_file(files, bench, tmp_path):
    page = export(SHEET, "html", tmp_path / "夏天.html")
    assert files.open(page)
    assert bench.controller.exercise == SHEET
    assert files.path is None
    assert files.modified


def test_a_damaged_file_is_an_error_and_changes_nothing(files, bench, saved, tmp_path):
    files.open(saved)
    broken = tmp_path / "broken.bubai"
    broken.write_text("{}", "utf-8")
    errors = []
    files.failed.connect(errors.append)
    assert not files.open(broken)
    assert "format" in errors[0].message("zh")
    assert bench.controller.exercise == SHEET


def test_a_new_exercise_asks_for_a_name_that_files_may_have(files, bench, tmp_path, monkeypatch):
    bench.controller.open(SHEET)
    suggested = []

    def choose(_parent, _title, name, _filter):
        suggested.append(name)
        return str(tmp_path / "mine"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    assert files.save()
    assert suggested[0].endswith("夏天 湖边.bubai")
    assert load(tmp_path / "mine.bubai") == SHEET


@pytest.mark.parametrize(
    ("answer", "leaves"), [(Unsaved.DISCARD, True), (Unsaved.CANCEL, False), (Unsaved.SAVE, True)]
)
def test_unsaved_work_is_not_left_without_asking(files, bench, saved, monkeypatch, answer, leaves):
    files.open(saved)
    bench.sheet.select_gap("a")
    bench.panel.card.hint_changed.emit("花")
    monkeypatch.setattr(files_module, "ask_unsaved", lambda *_: answer)
    assert files.may_leave() is leaves
    assert bool(load(saved).gaps[0].hint) is (answer is Unsaved.SAVE)


def test_a_saved_exercise_is_left_without_asking(files, saved, monkeypatch):
    files.open(saved)
    monkeypatch.setattr(files_module, "ask_unsaved", lambda *_: pytest.fail("asked"))
    assert files.may_leave()


def test_a_full_disk_is_an_error(files, bench, saved):
    files.open(saved)
    bench.controller.open(replace(SHEET, title="别的"))
    files.path = saved.parent / "nowhere" / "x.bubai"
    errors = []
    files.failed.connect(errors.append)
    assert not files.save()
    assert len(errors) == 1
