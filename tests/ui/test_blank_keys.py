"""Keys at a blank: over it in one step, off with it in one key, and Ctrl+M."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assistant.ui import blank_keys
from assistant.ui.editor import Editor

Key, Shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def editor(qtbot):
    widget = Editor()
    qtbot.addWidget(widget)
    return widget


def put(editor, text):
    """Write ``text``; ``|`` is the caret, two of them a selection."""
    places = [i - n for n, i in enumerate(i for i, c in enumerate(text) if c == "|")]
    editor.setPlainText(text.replace("|", ""))
    editor.select(places[0], places[-1])


def shown(editor):
    cursor = editor.textCursor()
    text = editor.toPlainText()
    for place in sorted({cursor.selectionStart(), cursor.selectionEnd()}, reverse=True):
        text = text[:place] + "|" + text[place:]
    return text


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("闻|[MASK]鸟", Key.Key_Right, "闻[MASK]|鸟"),
        ("闻[MASK]|鸟", Key.Key_Left, "闻|[MASK]鸟"),
        ("闻[MASK]|鸟", Key.Key_Backspace, "闻|鸟"),
        ("闻|[MASK]鸟", Key.Key_Delete, "闻|鸟"),
        ("闻[MASK][MASK]|鸟", Key.Key_Backspace, "闻[MASK]|鸟"),
        ("闻|□[MASK]鸟", Key.Key_Delete, "闻|[MASK]鸟"),
        ("闻（　　）|鸟", Key.Key_Backspace, "闻|鸟"),
        ("闻[MASK]鸟|。", Key.Key_Left, "闻[MASK]|鸟。"),
        ("闻[MASK]鸟|。", Key.Key_Backspace, "闻[MASK]|。"),
    ],
)
def test_keys_take_a_mark_as_a_whole(editor, before, key, after):
    put(editor, before)
    QTest.keyClick(editor, key)
    assert shown(editor) == after


def test_shift_selects_a_mark_as_a_whole(editor):
    put(editor, "闻|[MASK]鸟")
    QTest.keyClick(editor, Key.Key_Right, Shift)
    assert shown(editor) == "闻|[MASK]|鸟"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("处处闻|啼|鸟", "处处闻[MASK]|鸟"),
        ("闻[MASK]|鸟", "闻[MASK][MASK]|鸟"),
        ("闻|[MASK]鸟", "闻[MASK][MASK]|鸟"),
        ("处处|闻鸟", "处处[MASK]|闻鸟"),
        ("闻|[MA|SK]鸟", "闻[MASK]|鸟"),
    ],
)
def test_hiding(editor, before, after):
    put(editor, before)
    blank_keys.hide_selection(editor)
    assert shown(editor) == after


def test_hiding_is_undone_in_one_step(editor):
    put(editor, "处处闻|啼|鸟")
    blank_keys.hide_selection(editor)
    editor.undo()
    assert editor.toPlainText() == "处处闻啼鸟"


def test_a_caret_inside_a_mark_moves_to_the_nearer_end(editor):
    put(editor, "闻[M|ASK]鸟")
    blank_keys.leave_inside(editor)
    assert shown(editor) == "闻|[MASK]鸟"
    put(editor, "闻[MASK|]鸟")
    blank_keys.leave_inside(editor)
    assert shown(editor) == "闻[MASK]|鸟"
