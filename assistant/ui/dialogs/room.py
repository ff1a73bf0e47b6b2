"""How large a window opens: as it likes, but never larger than its screen. Imports Qt only."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

_FRAME = QSize(16, 48)
"""Room left for the frame that the system draws around a window."""


def open_at(window: QWidget, width: int, height: int) -> None:
    """Make ``window`` that large, or as large as the screen it will stand on allows."""
    window.resize(QSize(width, height).boundedTo(_room(window)))


def let_scroll(dialog: QDialog) -> None:
    """Let all of a dialog scroll if it needs more room than its screen has; ask when laid out."""
    needed, room = dialog.minimumSizeHint(), _room(dialog)
    layout = dialog.layout()
    if layout is None or (needed.width() <= room.width() and needed.height() <= room.height()):
        return
    size = dialog.size().boundedTo(room)
    body = QWidget()
    body.setLayout(layout)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(scrolling(body))
    dialog.resize(size)


def scrolling(page: QWidget) -> QScrollArea:
    """Return ``page`` in an area that scrolls it where there is too little room."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(page)
    return area


def _room(window: QWidget) -> QSize:
    return window.screen().availableGeometry().size() - _FRAME
