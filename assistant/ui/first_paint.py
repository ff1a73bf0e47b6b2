"""Waits for the first sight of a window, so that nothing is done before it. Imports Qt only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_PATIENCE_MS = 500
"""A window that is shown minimised is never painted."""


class FirstPaint(QObject):
    """Calls back once: behind the first painting of a window, or after half a second."""

    def __init__(self, window: QWidget, do: Callable[[], object]) -> None:
        """Watch ``window``, which is about to be shown; ``do`` is called from the event loop."""
        super().__init__(window)
        self._do: Callable[[], object] | None = do
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go)
        self._timer.start(_PATIENCE_MS)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            # What stands inside the window is painted behind it, before the next event.
            self._timer.start(0)
        return super().eventFilter(watched, event)

    def _go(self) -> None:
        # Nothing is held any more: what goes last with a child must not take its parent along.
        do, self._do = self._do, None
        self.deleteLater()
        if do is not None:
            do()
