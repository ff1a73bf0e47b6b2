"""我的记忆: the dialog in the window, with memories that are really counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QPushButton

from assistant.engine.memory_alphabet import build_alphabet
from assistant.engine.personal import PersonalMemories
from assistant.services.memories import MemoryService
from assistant.services.worker import Worker
from assistant.ui import memories_wiring
from assistant.ui.dialogs.memories_dialog import MemoriesDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none

OWN = "铁皮熊住在雾隐坡上。"


@pytest.fixture
def service(running, qtbot) -> Iterator[MemoryService]:
    engine, counter = Worker(), Worker()
    alphabet = build_alphabet(sorted(set(OWN)), {})
    made = MemoryService(
        engine,
        counter,
        lambda _counting: PersonalMemories(running.paths.memories, alphabet),
        lambda _names: None,
        running.window.parts.settings,
    )
    yield made
    assert engine.stop()
    assert counter.stop()


@pytest.fixture
def dialog(running, service, qtbot) -> Iterator[MemoriesDialog]:
    shown = MemoriesDialog(service, "zh", running.window)
    shown.show()
    yield shown
    shown.close()
    shown.deleteLater()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "texts" / "own.txt"
    path.parent.mkdir()
    path.write_text(OWN, "utf-8")
    return path


def rows(dialog: MemoriesDialog) -> list[list[str]]:
    view = dialog.list
    items = [view.topLevelItem(row) for row in range(view.topLevelItemCount())]
    return [[item.text(column) for column in range(3)] for item in items if item]


def press(button: QPushButton, dialog: MemoriesDialog, qtbot) -> None:
    """Press a button that changes a memory, and wait until the list shows what became of it."""
    with qtbot.waitSignal(dialog._service.added):
        button.click()
    with qtbot.waitSignal(dialog._service.listed):
        dialog._service.refresh()


def make(dialog: MemoriesDialog, monkeypatch, qtbot, name: str = "小说") -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args: (name, True))
    press(dialog.new_button, dialog, qtbot)


def give(dialog: MemoriesDialog, monkeypatch, qtbot, *files: Path) -> None:
    chosen = [str(file) for file in files]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: (chosen, ""))
    press(dialog.files_button, dialog, qtbot)


def test_without_a_memory_one_can_only_make_one(dialog, qtbot):
    assert dialog.new_button.isEnabled()
    assert not dialog.files_button.isEnabled()
    assert not dialog.remove_button.isEnabled()
    assert not dialog.job.cancel_button.isVisible()


def test_a_new_memory_takes_files_and_serves_this_document(dialog, monkeypatch, qtbot, own):
    make(dialog, monkeypatch, qtbot)
    assert dialog._service.used == ("小说",)
    give(dialog, monkeypatch, qtbot, own)
    assert rows(dialog) == [["小说", "1", "10"]]
    assert dialog.list.topLevelItem(0).checkState(0) == Qt.CheckState.Checked
    assert dialog.job.message.text() == "“小说”现在记着 1 个文件、10 个字。"


def test_a_folder_is_added(dialog, monkeypatch, qtbot, own):
    make(dialog, monkeypatch, qtbot)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(own.parent))
    press(dialog.folder_button, dialog, qtbot)
    assert rows(dialog) == [["小说", "1", "10"]]


def test_a_file_that_cannot_be_read_is_named(dialog, monkeypatch, qtbot, own, tmp_path):
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"no archive")
    make(dialog, monkeypatch, qtbot)
    give(dialog, monkeypatch, qtbot, own, bad)
    assert "有 1 个文件没有读出来" in dialog.job.message.text()
    assert "坏.docx" in dialog.job.message.text()


def test_the_tick_switches_a_memory_off_and_on(dialog, monkeypatch, qtbot):
    make(dialog, monkeypatch, qtbot)
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog._service.used == ()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog._service.used == ("小说",)


@pytest.mark.parametrize(
    ("answer", "left"),
    [(QMessageBox.StandardButton.No, ["小说"]), (QMessageBox.StandardButton.Yes, [])],
)
def test_removing_asks_first(dialog, monkeypatch, qtbot, answer, left):
    make(dialog, monkeypatch, qtbot)
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: answer)
    dialog.remove_button.click()
    qtbot.waitUntil(lambda: [row[0] for row in rows(dialog)] == left and not dialog._service.busy)


def test_several_memories_keep_their_place_when_one_grows(dialog, monkeypatch, qtbot, own):
    for name in ("课本", "小说"):
        make(dialog, monkeypatch, qtbot, name)
    give(dialog, monkeypatch, qtbot, own)
    assert dialog.name() == "小说"
    assert {row[0]: row[1] for row in rows(dialog)} == {"小说": "1", "课本": "0"}


def test_an_error_is_told_in_the_dialog_or_else_in_the_window(running, service, qtbot, tmp_path):
    memories_wiring.connect(running.window, service)
    with qtbot.waitSignal(service.failed):
        service.add("小说", [tmp_path / "gone.txt"])
    assert "gone.txt" in running.window.messages.label.text()


def test_the_memories_of_a_document_follow_the_editor(running, service, own):
    memories_wiring.connect(running.window, service)
    service.use("小说", True)
    assert running.window.documents.open(own)
    assert service.used == ()
    service.use("课本", True)
    running.window.documents.new()
    assert service.used == ()
    assert running.window.documents.open(own)
    assert service.used == ("课本",)


def test_the_menu_opens_the_dialog(running, service, qtbot, monkeypatch):
    memories_wiring.connect(running.window, service)
    opened = []
    monkeypatch.setattr(MemoriesDialog, "exec", lambda dialog: opened.append(dialog.windowTitle()))
    running.window.actions_["memories"].trigger()
    assert opened == ["我的记忆"]
