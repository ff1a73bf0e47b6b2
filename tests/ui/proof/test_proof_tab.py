from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from pytestqt.qtbot import QtBot

from assistant.services.ignored_words import IgnoredWords
from assistant.services.lazy_model import LazyModel
from assistant.services.proofreading import ProofService
from assistant.services.scope import Scope
from assistant.services.worker import Worker
from assistant.ui.dialogs.ignored_words_dialog import IgnoredWordsDialog
from assistant.ui.document_text import read_document
from assistant.ui.proofreading_wiring import ProofTab
from tests.services.toy_proofreader import ToyProofreader
from tests.ui.conftest import Running

TEXT = "爷爷去公圆散步。\n他己经老了，自己走不动。"


@pytest.fixture
def loaded() -> Event:
    """Set as long as the model may be loaded."""
    event = Event()
    event.set()
    return event


@pytest.fixture
def closed(running: Running, loaded: Event) -> Iterator[ProofTab]:
    """The tab that nobody has opened yet."""

    def load() -> Any:
        loaded.wait()
        return ToyProofreader()

    worker, editor = Worker(), running.window.editor
    made: list[ProofService] = []

    def service() -> ProofService:
        if not made:
            ignored = IgnoredWords(running.paths.data / "ignored.json")
            read = partial(read_document, editor)
            made.append(ProofService(worker, LazyModel(load), ignored, read, debounce_ms=0))
        return made[0]

    tab = ProofTab(running.window, service)
    editor.setPlainText(TEXT)
    yield tab
    loaded.set()
    for one in made:
        one.set_active(False)  # the window goes first
    assert worker.stop()


@pytest.fixture
def tab(closed: ProofTab, qtbot: QtBot) -> ProofTab:
    with qtbot.waitSignal(closed._service().finished):
        closed.show()
    return closed


def test_a_key_in_a_text_that_was_not_read_builds_nothing(closed: ProofTab, running, qtbot):
    qtbot.keyClick(running.window, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert running.window.editor.toPlainText() == TEXT
    assert {"panel", "controller"} & set(vars(closed)) == set()


def test_while_the_model_is_loaded_nobody_is_asked_to_write(closed: ProofTab, loaded, qtbot):
    loaded.clear()
    closed.show()
    qtbot.waitUntil(closed.panel.progress.isVisible)
    assert closed.panel.note.isHidden()
    with qtbot.waitSignal(closed._service().finished):
        loaded.set()
    assert len(rows(closed)) == 3


def rows(tab: ProofTab) -> list[str]:
    tree = tab.panel.list
    items = (tree.topLevelItem(i) for i in range(tree.topLevelItemCount()))
    return [item.text(0) for item in items if item is not None]


def selected(running: Running) -> str:
    return running.window.editor.textCursor().selectedText()


def test_every_mistake_has_a_row_and_a_wavy_line(tab: ProofTab, running: Running, qtbot: QtBot):
    assert rows(tab) == ["爷爷去公【圆】散步。", "他【己】经老了，自己", "经老了，自【己】走不动。"]
    editor = running.window.editor
    qtbot.waitUntil(lambda: len(editor.extraSelections()) == 3)
    style = QTextCharFormat.UnderlineStyle.SpellCheckUnderline
    assert all(m.format.underlineStyle() == style for m in editor.extraSelections())
    assert [m.cursor.selectedText() for m in editor.extraSelections()] == ["圆", "己", "己"]


def test_the_keys_go_from_mistake_to_mistake_and_around(tab: ProofTab, running: Running, qtbot):
    places = []
    for _ in range(4):
        qtbot.keyClick(running.window, Qt.Key.Key_F7)
        places.append(running.window.editor.textCursor().selectionStart())
    assert places == [4, 10, 16, 4]
    qtbot.keyClick(running.window, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert running.window.editor.textCursor().selectionStart() == 16


def test_one_key_corrects_and_goes_on(tab: ProofTab, running: Running, qtbot: QtBot):
    qtbot.keyClick(running.window, Qt.Key.Key_F7)
    with qtbot.waitSignal(tab._service().finished):
        qtbot.keyClick(running.window, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
        assert selected(running) == "己"
    assert running.window.editor.toPlainText() == TEXT.replace("圆", "园")
    assert len(rows(tab)) == 2
    running.window.editor.undo()
    assert running.window.editor.toPlainText() == TEXT


def test_another_suggestion_can_be_chosen(tab: ProofTab, running: Running, qtbot: QtBot):
    qtbot.keyClick(running.window, Qt.Key.Key_F7)
    button = next(b for b in tab.panel.card.buttons if b.text() == "元")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert running.window.editor.toPlainText().startswith("爷爷去公元散步")


def test_ignoring_takes_the_whole_word_and_can_be_taken_back(
    tab: ProofTab, running: Running, qtbot: QtBot
):
    qtbot.keyClick(running.window, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert selected(running) == "己"
    with qtbot.waitSignal(tab._service().finished):
        tab.panel.card.ignore_button.click()
    assert tab._service().ignored.all() == ("自己",)
    assert len(rows(tab)) == 2
    dialog = IgnoredWordsDialog(tab._service())
    qtbot.addWidget(dialog)
    dialog.list.selectAll()
    with qtbot.waitSignal(tab._service().finished):
        dialog.remove_button.click()
    assert dialog.list.count() == 0
    assert len(rows(tab)) == 3


def test_typing_in_a_mistake_strikes_it_out_at_once(tab: ProofTab, running: Running, qtbot: QtBot):
    qtbot.keyClick(running.window, Qt.Key.Key_F7)
    qtbot.keyClicks(running.window.editor, "x")
    assert len(rows(tab)) == 2


def test_the_caret_in_a_mistake_marks_its_row(tab: ProofTab, running: Running, qtbot: QtBot):
    editor = running.window.editor
    cursor = editor.textCursor()
    cursor.setPosition(11)
    editor.setTextCursor(cursor)
    tree = tab.panel.list
    qtbot.waitUntil(lambda: tree.currentItem() is tree.topLevelItem(1))
    assert tab.panel.card.title.text() == "己 → 已"


def test_going_through_the_mistakes_of_a_selection_keeps_it(
    tab: ProofTab, running: Running, qtbot: QtBot
):
    running.window.editor.select(TEXT.index("他"), len(TEXT))
    box = tab.panel.head.scope_box
    with qtbot.waitSignal(tab._service().finished):
        box.setCurrentIndex(box.findData(Scope.SELECTION))
    assert len(rows(tab)) == 2
    with qtbot.waitSignal(running.window.editor.state_changed):
        qtbot.keyClick(running.window, Qt.Key.Key_F7)
    assert selected(running) == "己"
    assert not tab._service().busy
    assert len(rows(tab)) == 2


def test_out_of_sight_the_marks_go(tab: ProofTab, running: Running, qtbot: QtBot):
    window = running.window
    window.tabs.setCurrentWidget(window.panel)
    qtbot.waitUntil(lambda: not window.editor.extraSelections())
