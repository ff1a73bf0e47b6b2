"""The 填空 tab where the window is low: what was asked for comes into sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.in_sight import in_sight


@pytest.fixture
def window(running, ask, qtbot):
    """A window so low that the candidates alone fill the panel."""
    window = running.window
    window.resize(1100, 380)
    ask("处处闻|[MASK]鸟。")
    qtbot.waitUntil(lambda: window.panel.verticalScrollBar().maximum() > 0)
    assert not in_sight(window.panel, window.panel.why.button)
    return window


def test_why_comes_into_sight(window, qtbot):
    window.panel.why.button.click()
    qtbot.waitUntil(window.panel.why.table.isVisible)
    qtbot.waitUntil(lambda: in_sight(window.panel, window.panel.why.strip))


def test_the_score_of_a_word_comes_into_sight(window, qtbot):
    own = window.panel.own_word
    own.field.setText("啼")
    QTest.keyClick(own.field, Qt.Key.Key_Return)
    qtbot.waitUntil(own.answer.isVisible)
    qtbot.waitUntil(lambda: in_sight(window.panel, own.answer))
