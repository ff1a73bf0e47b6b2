"""How large a window opens: as it likes, but never larger than its screen. Imports Qt only."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_FRAME = (16, 48)
"""Room left for the frame that the system draws around a window."""


def open_at(window: QWidget, width: int, height: int) -> None:
    """Make ``window`` that large, or as large as the screen it will stand on allows."""
    room = window.screen().availableGeometry()
    window.resize(min(width, room.width() - _FRAME[0]), min(height, room.height() - _FRAME[1]))
