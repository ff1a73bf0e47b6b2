"""Dialogs on a screen that is too small for them, and on one that is not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from assistant.ui.dialogs.room import let_scroll, open_at


@pytest.fixture
def dialog(qtbot):
    made = QDialog()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.addWidget(QLabel("词"))
    column.addWidget(QPushButton("好"))
    tall = QWidget()
    tall.setObjectName("tall")
    column.addWidget(tall)
    return made


def test_a_dialog_opens_no_larger_than_its_screen(dialog):
    open_at(dialog, 300, 200)
    assert dialog.size() == QSize(300, 200)
    open_at(dialog, 9_000, 200)
    room = dialog.screen().availableGeometry()
    assert dialog.width() < room.width()
    assert dialog.height() == 200


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_only_a_dialog_without_enough_room_scrolls(dialog, qtbot):
    let_scroll(dialog)
    assert dialog.findChildren(QScrollArea) == []
    tall = dialog.findChild(QWidget, "tall")  # a plain one: no style sheet sets its size
    tall.setMinimumHeight(9_000)
    let_scroll(dialog)
    assert dialog.height() < dialog.screen().availableGeometry().height()
    area = dialog.findChild(QScrollArea)
    assert area is not None
    assert area.isAncestorOf(tall)
    dialog.show()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 8_000)
