"""The sheet on the screen: numbers, marks, caret, keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from assistant.cloze.exercise import Alternative, Answer, Exercise, Gap, Kind, Text
from assistant.cloze.places import Place
from assistant.ui.cloze.sheet_view import SheetView

FIRST = Gap("a", (Answer("荷花"),), alternatives=(Alternative("菊花", 0.4),))
SECOND = Gap("b", (Answer("唱歌"),))
SHEET = Exercise(
    "x", "夏天", Kind.OPEN, (Text("𠮷湖边开满"), FIRST, Text("。\n妹妹"), SECOND, Text("。"))
)


@pytest.fixture
def sheet(qtbot):
    view = SheetView()
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    view.show_exercise(SHEET)
    return view


def text(view):
    return view.toPlainText().replace("\u00a0", " ")


def select(view, word):
    view.setTextCursor(view.document().find(word))


def test_gaps_are_numbered_and_ambiguous_ones_marked(sheet):
    assert text(sheet).splitlines() == ["夏天", "𠮷湖边开满 1 荷花 ⚠ 。", "妹妹 2 唱歌 。"]


def test_the_students_side_hides_the_words(sheet):
    sheet.set_with_answers(False)
    assert "荷花" not in text(sheet)
    assert "唱歌" not in text(sheet)


def test_the_caret_in_a_gap_selects_it(sheet, qtbot):
    at = sheet.toPlainText().index("唱歌")
    cursor = QTextCursor(sheet.document())
    cursor.setPosition(at + 1)  # 𠮷 is two units
    with qtbot.waitSignal(sheet.gap_selected) as waited:
        sheet.setTextCursor(cursor)
    assert waited.args == ["b"]


def test_a_click_on_a_gap_selects_it(sheet, qtbot):
    rect = sheet.cursorRect(sheet.document().find("荷花"))
    with qtbot.waitSignal(sheet.gap_selected) as waited:
        qtbot.mouseClick(
            sheet.viewport(), Qt.MouseButton.LeftButton, pos=rect.center() - rect.topRight()
            + rect.topRight()
        )  # fmt: skip
    assert waited.args == ["a"]


@pytest.mark.parametrize(("word", "start"), [("湖边", 1), ("妹妹", 9)])
def test_a_selected_word_is_a_place_in_the_passage(sheet, word, start):
    select(sheet, word)
    assert sheet.selected_place() == Place(start, start + 2)
    assert SHEET.text[start : start + 2] == word


def test_white_space_around_a_selection_does_not_count(sheet):
    sheet.show_exercise(Exercise("x", "", Kind.OPEN, (Text("天 很 好"),)))
    select(sheet, " 很 ")
    assert sheet.selected_place() == Place(2, 3)


def test_an_open_blank_is_no_place_for_a_gap(sheet):
    sheet.show_exercise(Exercise("x", "", Kind.OPEN, (Text("去______散步。"),)))
    select(sheet, "__散步")
    assert sheet.selected_place() is None
    select(sheet, "散步")
    assert sheet.selected_place() == Place(7, 9)


def test_the_title_is_no_place_for_a_gap(sheet):
    select(sheet, "夏天")
    assert sheet.selected_place() is None


def test_delete_removes_and_enter_opens_the_gap(sheet, qtbot):
    sheet.select_gap("a")
    with qtbot.waitSignal(sheet.gap_removed) as waited:
        qtbot.keyClick(sheet, Qt.Key.Key_Delete)
    assert waited.args == ["a"]
    with qtbot.waitSignal(sheet.card_requested):
        qtbot.keyClick(sheet, Qt.Key.Key_Return)


def test_a_copy_has_common_spaces(sheet):
    sheet.selectAll()
    copied = sheet.createMimeDataFromSelection().text()
    assert "\u00a0" not in copied
    assert "湖边开满 1 荷花" in copied
