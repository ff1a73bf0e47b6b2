"""Whether a part of a panel that scrolls is on show."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QWidget


def in_sight(panel: QScrollArea, part: QWidget) -> bool:
    """Return whether all of ``part`` is on show, or as much of it as ``panel`` can show."""
    top = part.mapTo(panel.viewport(), QPoint(0, 0)).y()
    room = panel.viewport().height()
    return top + part.height() <= room and top >= min(0, room - part.height())
