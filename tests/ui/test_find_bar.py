"""The find bar over a real editor."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assistant.ui.search import MOST
from assistant.ui.theme import DARK


@pytest.fixture
def bar(running, write):
    write("|春风，春雨。😀春天，AB ａｂ")
    running.window.actions_["replace"].trigger()
    return running.window.find_bar


def selected(running):
    return running.window.editor.textCursor().selectedText()


def find(bar, text):
    bar.what.setText(text)
    QTest.keyClick(bar.what, Qt.Key.Key_Return)


def test_enter_goes_on_and_around(running, bar):
    places = []
    find(bar, "春")
    places.append(running.window.editor.textCursor().selectionStart())
    for _ in range(3):
        QTest.keyClick(bar.what, Qt.Key.Key_Return)
        places.append(running.window.editor.textCursor().selectionStart())
    assert places == [0, 3, 8, 0]
    assert bar.result.text() == "第 1 处 / 共 3 处"


def test_a_find_behind_an_emoji_selects_the_right_characters(running, bar):
    find(bar, "天")
    assert selected(running) == "天"


def test_full_width_letters_are_found_unless_told_otherwise(running, bar):
    find(bar, "ab")
    assert bar.result.text().endswith("共 2 处")
    bar.case.setChecked(True)
    bar.width_box.setChecked(False)
    assert bar.result.text() == "没有找到"


def test_replacing_all_is_one_undo_step(running, bar):
    find(bar, "春")
    bar.new.setText("秋")
    bar.replace_all.click()
    assert running.window.editor.toPlainText() == "秋风，秋雨。😀秋天，AB ａｂ"
    running.window.editor.undo()
    assert running.window.editor.toPlainText() == "春风，春雨。😀春天，AB ａｂ"


def test_replacing_all_replaces_more_than_are_listed(running, bar):
    editor = running.window.editor
    editor.setPlainText("春，\n" * (MOST + 5))
    bar.regex.setChecked(True)
    find(bar, "春(.)")
    bar.new.setText(r"秋\1")
    bar.replace_all.click()
    assert editor.toPlainText() == "秋，\n" * (MOST + 5)
    assert bar.result.text() == f"替换了 {MOST + 5} 处"


def test_a_space_that_does_not_break_is_replaced_by_itself(running, bar):
    editor = running.window.editor
    editor.setPlainText("第\u00a01 页")
    bar.regex.setChecked(True)
    find(bar, "第(.)1")
    bar.new.setText(r"共\g<1>2")
    bar.replace_all.click()
    assert editor.plain_text() == "共\u00a02 页"


def test_replacing_one_goes_on_to_the_next(running, bar):
    find(bar, "春")
    bar.new.setText("秋")
    bar.replace_one.click()
    assert running.window.editor.toPlainText().startswith("秋风，春雨")
    assert running.window.editor.textCursor().selectionStart() == 3


def test_a_wrong_expression_is_said_and_changes_nothing(running, bar):
    bar.regex.setChecked(True)
    find(bar, "(")
    assert bar.result.text() == "正则表达式不对"


def test_what_is_found_is_no_question_to_the_engine(running, bar, qtbot):
    find(bar, "春")
    qtbot.wait(30)
    assert running.engine.requests == []


def test_escape_closes_the_bar_and_its_marks(running, bar):
    find(bar, "春")
    assert running.window.editor.extraSelections()
    QTest.keyClick(bar.what, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert running.window.editor.extraSelections() == []


def test_new_colours_do_not_mark_what_stood_in_the_text_before(running, bar):
    """Qt warns of places beyond the text, which fails a test."""
    running.window.editor.setPlainText("春天来了，花开了。" * 20)
    bar.open(replacing=False)
    bar.what.setText("花开")
    bar.go(forward=True)
    running.window.editor.setPlainText("春")
    bar.set_colours(DARK)
    assert all(mark.cursor.position() <= 1 for mark in running.window.editor.extraSelections())
