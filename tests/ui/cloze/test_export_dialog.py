"""What the dialog writes, and what it tells about it."""

from __future__ import annotations

import zipfile

import pytest
from PySide6.QtWidgets import QMessageBox

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.cloze.project_file import load
from assistant.errors import FileWriteError
from assistant.export.registry import FORMATS
from assistant.ui.cloze.export_dialog import ExportDialog
from assistant.ui.cloze.export_run import export_files

SHEET = Exercise(
    "sheet", "夏天", Kind.OPEN,
    (Text("湖边开满"), Gap("a", (Answer("荷花"), Answer("莲花"))), Text("。")), seed=1,
)  # fmt: skip


@pytest.fixture
def dialog(qtbot, tmp_path):
    made = ExportDialog(SHEET, tmp_path, "夏天", "zh")
    qtbot.addWidget(made)
    return made


def tick(dialog, *names):
    for name, box in dialog.boxes.items():
        box.setChecked(name in names)


def test_every_ticked_format_is_written_with_the_exercise(dialog, tmp_path):
    tick(dialog, *FORMATS)
    dialog.export_button.click()
    assert all(file.error is None for file in dialog.written)
    names = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert names == {"夏天.bubai", *(f"夏天{item.suffix}" for item in FORMATS.values())}
    assert load(tmp_path / "夏天.bubai") == SHEET
    assert dialog.open_button.isEnabled()


def answer(monkeypatch, *, over):
    """Press a button of the question; return what it asked about."""
    asked = []

    def execute(box):
        asked.append(box.informativeText())
        destructive = QMessageBox.ButtonRole.DestructiveRole
        for button in box.buttons():
            if (box.buttonRole(button) is destructive) is over:
                button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", execute)
    return asked


@pytest.mark.parametrize("over", [True, False])
def test_a_file_that_is_there_is_replaced_only_if_the_teacher_says_so(
    dialog, tmp_path, monkeypatch, over
):
    (tmp_path / "夏天-A.csv").write_text("老师改过的")
    asked = answer(monkeypatch, over=over)
    tick(dialog, "csv")
    dialog.papers.setChecked(True)
    dialog.export_button.click()
    assert asked == ["夏天-A.csv"]
    assert ((tmp_path / "夏天-A.csv").read_text("utf-8-sig") != "老师改过的") is over
    assert (tmp_path / "夏天-B.csv").exists() is over


def test_the_exercises_own_file_is_saved_without_a_question(qtbot, tmp_path, monkeypatch):
    own = tmp_path / "夏天.bubai"
    own.write_text("old")
    dialog = ExportDialog(SHEET, tmp_path, "夏天", "zh", own=own)
    qtbot.addWidget(dialog)
    asked = answer(monkeypatch, over=False)
    tick(dialog)
    dialog.export_button.click()
    assert (asked, load(own)) == ([], SHEET)


def test_both_papers_are_written(dialog, tmp_path):
    tick(dialog, "csv")
    dialog.papers.setChecked(True)
    dialog.export_button.click()
    names = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert names == {"夏天.bubai", "夏天-A.csv", "夏天-B.csv"}


def test_what_a_format_dropped_is_listed_under_its_file(dialog):
    tick(dialog, "h5p")
    dialog.export_button.click()
    items = [dialog.results.topLevelItem(i) for i in range(dialog.results.topLevelItemCount())]
    h5p = next(item for item in items if item.text(0).endswith(".h5p"))
    assert "H5P" not in h5p.text(0)
    assert "已安装" in h5p.child(0).text(0)


@pytest.mark.parametrize("key", [True, False])
def test_the_page_of_answers_can_be_left_out(tmp_path, key):
    (file,) = export_files(SHEET, tmp_path, "x", ["docx"], papers=False, project=False, key=key)
    document = zipfile.ZipFile(file.path).read("word/document.xml").decode()
    assert ("参考答案" in document) is key


def test_without_a_folder_nothing_can_be_exported(dialog):
    dialog.folder_field.clear()
    assert not dialog.export_button.isEnabled()


def test_nothing_ticked_cannot_be_exported(dialog):
    tick(dialog)
    dialog.project_box.setChecked(False)
    assert not dialog.export_button.isEnabled()


def test_a_folder_that_cannot_be_made_is_named(dialog, tmp_path):
    (tmp_path / "file").write_text("x")
    dialog.folder_field.setText(str(tmp_path / "file" / "below"))
    dialog.export_button.click()
    assert isinstance(dialog.written[0].error, FileWriteError)
    assert dialog.results.topLevelItem(0).text(0).startswith("✗")
    assert not dialog.open_button.isEnabled()
