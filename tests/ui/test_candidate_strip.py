from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from assistant.records import Candidate
from assistant.ui.candidate_strip import CandidateStrip

HIGH = 28
"""Pixels from one line of text to the next."""
WORDS = tuple(Candidate(word, 0.2) for word in "啼鸣小飞花")


@pytest.fixture
def strip(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(640, 300)
    parent.show()
    made = CandidateStrip(parent)
    made.setParent(parent)
    return made


def line(number: int, width: int = 600) -> QRect:
    return QRect(10, number * HIGH, width, HIGH)


def blank(number: int, left: int = 100) -> QRect:
    return QRect(left, number * HIGH, 60, HIGH)


def covered(strip: CandidateStrip, lines: list[QRect]) -> list[int]:
    """The numbers of the lines whose characters the strip covers."""
    inked = [line.adjusted(0, 4, 0, -4) for line in lines]
    return [n for n, line in enumerate(inked) if line.intersects(strip.geometry())]


def offer(strip: CandidateStrip, lines: list[QRect], place: QRect) -> list[int]:
    strip.offer(WORDS, place, lines)
    assert strip.isVisible()
    assert QRect(0, 0, 640, 300).contains(strip.geometry())
    return covered(strip, lines)


def test_it_stands_under_the_last_line(strip):
    assert offer(strip, [line(0), line(1)], blank(1)) == []
    assert strip.y() > blank(1).bottom()


def test_it_stands_above_where_an_empty_line_is(strip):
    lines = [line(0), line(2), line(3)]
    assert offer(strip, lines, blank(2)) == []
    assert strip.geometry().bottom() < blank(2).top() + 4


def test_it_stands_behind_a_short_line_between_short_ones(strip):
    lines = [line(i, 150) for i in range(5)]
    assert offer(strip, lines, blank(2)) == []
    assert strip.x() > lines[2].right()


def test_it_stands_under_the_next_line_if_that_is_the_last(strip):
    lines = [line(i) for i in range(5)]
    assert offer(strip, lines, blank(3)) == []
    assert strip.y() > lines[4].bottom()


def test_among_long_lines_the_next_one_stays_free(strip):
    lines = [line(i) for i in range(8)]
    assert set(offer(strip, lines, blank(4))) <= {2, 3}


def test_at_the_top_of_a_long_text_the_next_line_stays_free(strip):
    lines = [line(i) for i in range(8)]
    assert set(offer(strip, lines, blank(0))) <= {2, 3}


def test_in_the_last_line_of_a_full_view_it_stands_above(strip):
    lines = [line(i) for i in range(10)]
    assert set(offer(strip, lines, blank(9))) <= {7, 8}
    assert strip.geometry().bottom() < blank(9).top()


def test_in_a_text_it_covers_neither_the_line_nor_the_next(running, ask):
    ask("春天的早晨\n\n春眠不觉晓，处处闻|[MASK]鸟。\n" + "院子里的桃花开了，小猫在草地上跑。" * 4)
    window = running.window
    lines = window.editor.text_lines()
    assert len(lines) > 3
    assert covered(window.fills.strip, lines) == []
    assert lines[1].contains(window.editor.cursorRect().center())
