from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from pytestqt.qtbot import QtBot

from assistant.ui.panels.progress_line import ProgressLine


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none
def test_a_step_is_painted_with_all_else_and_not_at_once(qtbot: QtBot):
    line = ProgressLine()
    qtbot.addWidget(line)
    line.resize(400, 30)
    with qtbot.waitExposed(line):
        line.show()
    line.step(1, 100)
    paints = Paints(line.bar)
    qtbot.waitUntil(lambda: paints.count > 0)
    before = paints.count
    for done in range(2, 100):
        line.step(done, 100)
    assert paints.count == before
    qtbot.waitUntil(lambda: paints.count > before)
    assert (line.bar.value(), line.bar.maximum()) == (99, 100)
