"""Nothing is cut off or out of reach on the smallest screen; the trial itself looks at all."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from build_tools.trials.room import clipped, off_screen, outside
from build_tools.trials.scaling import _wrong_with
from build_tools.trials.scalings import SCREENS, run_scaling


@pytest.mark.timeout(900)
def test_everything_has_room_on_the_smallest_screen():
    """In a process of its own: Qt reads the scale factor once."""
    smallest = min(SCREENS, key=lambda screen: screen.width * screen.height / screen.percent**2)
    assert run_scaling(smallest) == []


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(200, 100)
    made.show()
    return made


def test_a_part_whose_text_is_asked_for_otherwise_is_named_too(window):
    class Rows(QWidget):
        def text(self, row: int) -> str:
            return str(row)

    rows = Rows(window)
    rows.setAccessibleName("句子")
    rows.setGeometry(0, 0, 300, 20)
    rows.show()

    assert outside(window) == ["Rows in QWidget: 句子"]


def test_a_part_outside_its_window_is_found(window):
    button = QPushButton("好", window)
    button.setGeometry(10, 10, 80, 30)
    button.show()
    assert outside(window) == []
    button.move(180, 10)
    assert outside(window) == ["QPushButton in QWidget: 好"]


def test_what_can_be_scrolled_to_is_not_outside(window):
    body = QWidget()
    column = QVBoxLayout(body)
    for _ in range(20):
        column.addWidget(QPushButton("好"))
    area = QScrollArea(window)
    area.setWidget(body)
    area.setGeometry(0, 0, 200, 100)
    area.show()
    assert outside(window) == []


def test_words_without_room_are_found(window):
    label = QLabel("很长的一句话很长的一句话", window)
    label.show()
    label.resize(20, 20)
    assert clipped(window) == ["QLabel in QWidget: 很长的一句话很长的一句话"]


def test_a_window_off_its_screen_is_found(window):
    assert off_screen(window) == ""
    window.move(window.screen().availableGeometry().width() - 100, 0)
    assert off_screen(window).startswith("QWidget 200×100 at ")


def test_what_was_closed_before_it_was_looked_at_is_told(window):
    assert _wrong_with(window) == []
    window.close()
    assert _wrong_with(window) == ["is not there to be looked at"]
