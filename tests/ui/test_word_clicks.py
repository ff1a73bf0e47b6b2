"""A double click selects the word under the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtTest import QTest

from assistant.ui.word_clicks import select_word


def word(text: str, place_utf16: int) -> str | None:
    document = QTextDocument(text)
    cursor = QTextCursor(document)
    cursor.setPosition(place_utf16)
    selected = select_word(cursor)
    return None if selected is None else selected.selectedText()


@pytest.mark.parametrize(
    ("place", "expected"), [(0, "他"), (1, "说话"), (2, "说话"), (6, "笑里藏刀"), (8, "笑里藏刀")]
)
@pytest.mark.usefixtures("qapp")
def test_the_word_at_a_place_is_selected(place, expected):
    assert word("他说话总是笑里藏刀。", place) == expected


@pytest.mark.usefixtures("qapp")
def test_behind_the_last_character_its_word_is_meant():
    assert word("他总是笑里藏刀。", 7) == "笑里藏刀"


@pytest.mark.usefixtures("qapp")
def test_offsets_behind_emoji_are_right():
    assert word("😀😀笑里藏刀", 5) == "笑里藏刀"


@pytest.mark.parametrize("text", ["", "hello world", "，，，"])
@pytest.mark.usefixtures("qapp")
def test_anything_else_is_left_to_qt(text):
    assert word(text, 0) is None


@pytest.mark.usefixtures("qapp")
def test_a_text_with_half_a_surrogate_pair_is_left_to_qt():
    assert word("\ud83d笑里藏刀", 5) is None


def test_a_double_click_in_the_window_selects_one_word(running):
    editor = running.window.editor
    editor.setPlainText("他说话总是笑里藏刀。")
    editor.select(7, 7)
    place = editor.cursorRect().center()
    QTest.mouseDClick(
        editor.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    assert editor.textCursor().selectedText() == "笑里藏刀"
