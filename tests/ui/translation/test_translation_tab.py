from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from assistant.errors import ModelMissingError
from assistant.services.lazy_model import LazyModel
from assistant.services.scope import Scope
from assistant.services.translation import TranslationService
from assistant.services.worker import Worker
from assistant.ui import models_wiring
from assistant.ui.document_text import read_document
from assistant.ui.translation_wiring import TranslationTab
from tests.services.toy_translator import ToyTranslator
from tests.ui.conftest import Running

TEXT = "我看山。你看水。\n\n他疑云。"


def move_mouse(widget: QWidget, place: QPoint) -> None:
    """Tell ``widget`` that the mouse moved over it; Qt's own pointer may already stand there."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


class Bench:
    """The tab on a toy engine."""

    def __init__(self, running: Running, worker: Worker, qtbot: QtBot) -> None:
        self.window, self.qtbot = running.window, qtbot
        self.engine = ToyTranslator()
        self.error: ModelMissingError | None = None
        read = partial(read_document, self.window.editor)
        model = LazyModel(self._load)
        self.service = TranslationService(worker, model, read, debounce_ms=0)
        self.tab = TranslationTab(self.window, lambda: self.service)
        self.panel = self.tab.panel
        self.list = self.panel.list

    def _load(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.engine

    def open(self, text: str = TEXT) -> None:
        self.window.editor.setPlainText(text)
        with self.qtbot.waitSignal(self.service.finished, timeout=20_000):
            self.tab.show()
        self.qtbot.waitUntil(lambda: not self.service.busy)

    def caret(self, position: int) -> None:
        editor = self.window.editor
        if position != editor.textCursor().position():
            with self.qtbot.waitSignal(editor.state_changed):
                editor.select(position, position)

    def marked(self) -> list[str]:
        return [mark.cursor.selectedText() for mark in self.window.editor.extraSelections()]


@pytest.fixture
def bench(running: Running, qtbot: QtBot) -> Iterator[Bench]:
    worker = Worker()
    made = Bench(running, worker, qtbot)
    yield made
    made.engine.gate.set()
    made.service.set_active(False)  # the window goes first
    assert worker.stop()


def targets(bench: Bench) -> list[str | None]:
    book = bench.panel._book
    found = (book.translation(i) for i in range(len(book)))
    return [one.target if one else None for one in found]


def test_every_sentence_stands_beside_its_translation(bench: Bench):
    bench.open()
    assert targets(bench) == ["EN1(我看山。)", "EN1(你看水。)", "EN1(他疑云。)"]
    assert "3" in bench.panel.summary.text()
    assert "1" in bench.panel.summary.text()


def test_sentences_stream_in_while_the_rest_waits(bench: Bench, qtbot: QtBot):
    bench.engine.gate.clear()
    bench.window.editor.setPlainText(TEXT)
    bench.tab.show()
    qtbot.waitUntil(lambda: targets(bench)[:1] == ["EN1(我看山。)"])
    assert targets(bench) == ["EN1(我看山。)", None, None]
    assert not bench.panel.export_button.isEnabled()
    with qtbot.waitSignal(bench.service.cancelled):
        bench.window.actions_["cancel"].trigger()
        bench.service.cancel()
    assert targets(bench) == ["EN1(我看山。)", None, None]
    assert bench.panel.note.isVisible()
    with qtbot.waitSignal(bench.service.finished):
        bench.engine.gate.set()
        bench.panel.head.run_requested.emit()
    assert None not in targets(bench)
    assert not bench.panel.note.isVisible()


def test_the_caret_lets_the_row_and_the_sentence_stand_out(bench: Bench):
    bench.open()
    bench.caret(6)
    assert bench.list.current == 1
    assert bench.marked() == ["你看水。"]
    bench.caret(12)
    assert bench.list.current == 2
    assert bench.marked() == ["他疑云。"]


def test_a_click_on_a_row_goes_to_its_sentence(bench: Bench):
    bench.open()
    QTest.mouseClick(bench.list.viewport(), Qt.MouseButton.LeftButton, pos=bench.list.middle(2))
    assert bench.window.editor.textCursor().position() == TEXT.index("他")
    assert bench.list.current == 2


def test_the_mouse_over_a_row_marks_its_sentence(bench: Bench):
    bench.open()
    bench.caret(0)
    move_mouse(bench.list.viewport(), bench.list.middle(1))
    bench.qtbot.waitUntil(lambda: bench.marked() == ["我看山。", "你看水。"])


def test_the_mouse_over_a_sentence_marks_it_and_its_row(bench: Bench):
    bench.open()
    bench.caret(0)
    editor = bench.window.editor
    place = editor.place_of(4, 8).center()
    move_mouse(editor.viewport(), QPoint(place))
    bench.qtbot.waitUntil(lambda: "你看水。" in bench.marked())


def test_arrow_keys_walk_through_the_sentences(bench: Bench):
    bench.open()
    bench.caret(0)
    for wanted in (1, 2, 2):
        QTest.keyClick(bench.list, Qt.Key.Key_Down)
        assert bench.list.current == wanted
    QTest.keyClick(bench.list, Qt.Key.Key_Home)
    assert bench.window.editor.textCursor().position() == 0
    QTest.keyClick(bench.list, Qt.Key.Key_Return)
    assert bench.window.editor.hasFocus()


def test_an_edit_greys_its_sentence_and_translates_only_that(bench: Bench, qtbot: QtBot):
    bench.open()
    bench.engine.asked.clear()
    with qtbot.waitSignal(bench.service.finished):
        bench.caret(2)
        bench.window.editor.insertPlainText("大")
        assert bench.panel._book.outdated[0]
    assert bench.engine.asked == [("我看大山。", 1)]
    assert targets(bench)[0] == "EN1(我看大山。)"


def test_better_is_chosen_in_the_box(bench: Bench, qtbot: QtBot):
    bench.open()
    with qtbot.waitSignal(bench.service.finished):
        bench.panel.quality_box.setCurrentIndex(1)
    assert targets(bench)[0] == "EN4(我看山。)"


def test_only_the_selection_is_shown_when_chosen(bench: Bench, qtbot: QtBot):
    bench.open()
    bench.window.editor.select(4, 8)
    with qtbot.waitSignal(bench.service.finished):
        box = bench.panel.head.scope_box
        box.setCurrentIndex(box.findData(Scope.SELECTION))
    assert targets(bench) == ["EN1(你看水。)"]


def test_doubtful_sentences_are_visited_in_turn(bench: Bench):
    bench.open("疑一。好。疑二。")
    visited = []
    for _ in range(3):
        bench.panel.doubtful_button.click()
        visited.append(bench.list.current)
    assert visited == [2, 0, 2] or visited == [0, 2, 0]
    assert bench.list.tip(0) != ""
    assert bench.list.tip(1) == ""


def test_one_or_all_are_copied(bench: Bench):
    bench.open()
    bench.panel.head.copy_button.click()
    assert QGuiApplication.clipboard().text() == "EN1(我看山。) EN1(你看水。)\n\nEN1(他疑云。)"
    bench.caret(5)
    QTest.keyClick(bench.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "EN1(你看水。)"


@pytest.mark.parametrize(("text", "word"), [("Only English.", "没有中文"), ("", "写几句中文")])
def test_a_text_without_sentences_says_so(bench: Bench, qtbot: QtBot, text: str, word: str):
    bench.window.editor.setPlainText(text)
    bench.tab.show()
    qtbot.waitUntil(lambda: word in bench.panel.note.label.text())
    assert not bench.list.isVisible()


def test_without_a_model_a_button_tries_again(bench: Bench, qtbot: QtBot):
    bench.error = ModelMissingError(folder="translate", file="manifest.json")
    bench.window.editor.setPlainText(TEXT)
    with qtbot.waitSignal(bench.service.failed):
        bench.tab.show()
    assert "translate" in bench.panel.note.label.text()
    bench.error = None
    with qtbot.waitSignal(bench.service.finished):
        bench.panel.note.button.click()
    assert targets(bench)[0] == "EN1(我看山。)"


def test_out_of_sight_nothing_is_marked_or_translated(bench: Bench, qtbot: QtBot):
    bench.open()
    bench.caret(5)
    bench.window.tabs.setCurrentIndex(0)
    assert bench.marked() == []
    bench.engine.asked.clear()
    bench.window.editor.insertPlainText("新")
    qtbot.wait(30)
    assert bench.engine.asked == []


def test_export_writes_the_chosen_format_and_says_so(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    bench.open()
    target = tmp_path / "out"

    def choose(_parent, _title, _start, filters):
        return str(target), next(f for f in filters.split(";;") if "tmx" in f)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    bench.panel.export_button.click()
    assert "EN1(你看水。)" in (tmp_path / "out.tmx").read_text("utf-8")
    assert "out.tmx" in bench.window.messages.label.text()


def test_an_ending_added_to_a_name_replaces_no_file_unasked(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    bench.open()
    (tmp_path / "out.docx").write_text("mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), ""))
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: 0)
    bench.panel.export_button.click()
    assert (tmp_path / "out.docx").read_text() == "mine"


def test_a_model_that_is_missing_is_told_once(bench: Bench, qtbot: QtBot):
    models_wiring.offer_installing(bench.window, bench.service.failed)
    bench.error = ModelMissingError(folder="translate", file="model.onnx")
    messages = bench.window.messages
    bench.window.editor.setPlainText(TEXT)
    with qtbot.waitSignal(bench.service.failed, timeout=20_000):
        bench.tab.show()
    assert messages.isVisible()
    messages.close_button.click()
    with qtbot.waitSignal(bench.service.failed):
        bench.window.editor.insertPlainText("又")
    assert not messages.isVisible()
    bench.error = ModelMissingError(folder="translate", file="model.onnx")
    with qtbot.waitSignal(bench.service.failed):
        bench.panel.retry_requested.emit()
    assert messages.isVisible()


def test_a_long_text_lays_out_only_what_is_on_show(bench: Bench):
    bench.open("我看山。\n" * 3000)
    bench.caret(5 * 2000)
    assert bench.list.current == 2000
    assert 0 <= bench.list.row_top(2000) < bench.list.viewport().height()
    bench.list.viewport().repaint()
    top = bench.list.row_at(0)
    assert 1900 < top <= 2000
    bench.list.verticalScrollBar().setValue(bench.list.verticalScrollBar().maximum())
    bench.list.viewport().repaint()
    assert bench.list.row_at(bench.list.viewport().height() - 1) == 2999


def test_rows_stand_side_by_side_where_there_is_room(bench: Bench):
    bench.open()
    narrow = bench.list.row_top(1) - bench.list.row_top(0)
    bench.window.resize(2400, 800)
    bench.window.splitter.setSizes([400, 2000])
    bench.list.viewport().repaint()
    wide = bench.list.row_top(1) - bench.list.row_top(0)
    assert wide < narrow
