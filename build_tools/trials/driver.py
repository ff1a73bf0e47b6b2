"""The real app in this process, driven by a program: what soak, tour and screenshots share.

Dialogs that block are answered by a timer; Qt's warnings and exceptions that nobody caught are
collected. Call :func:`start` once per process, with BUBAI_HOME set.
"""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QMenu,
    QMenuBar,
    QWidget,
)

from assistant.app import App
from assistant.paths import find_paths
from assistant.ui.dialogs.recovery_dialog import RecoveryDialog

_HARMLESS = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
_OF_THE_PLATFORM = "This plugin does not support"
"""What the offscreen platform says of itself."""


class Driver:
    """The app and whoever sits before it."""

    def __init__(self, qt: QApplication, app: App) -> None:
        """Answer what blocks, listen for trouble."""
        self.qt, self.app, self.window = qt, app, app.window
        self.troubles: list[str] = []
        self.open_name = self.save_name = ""
        self.closed: dict[str, int] = {}
        """Dialogs put away, by class."""
        self.keep_open = False
        """Leave dialogs alone, to look at them."""
        qInstallMessageHandler(self._on_message)
        app.crashes.crashed.connect(lambda error: self.troubles.append(error.details))
        QFileDialog.getOpenFileName = staticmethod(lambda *_a, **_k: (self.open_name, ""))
        QFileDialog.getSaveFileName = staticmethod(lambda *_a, **_k: (self.save_name, ""))
        QFileDialog.getOpenFileNames = staticmethod(lambda *_a, **_k: ([], ""))
        QFileDialog.getExistingDirectory = staticmethod(lambda *_a, **_k: "")
        self._closer = QTimer()
        self._closer.timeout.connect(self._put_away)
        self._closer.start(15)

    def wait(self, milliseconds: int) -> None:
        """Let the app work."""
        QTest.qWait(milliseconds)

    def wait_until(self, condition: Callable[[], bool], seconds: float = 60.0) -> bool:
        """Let the app work until ``condition`` holds; return whether it does."""
        deadline = time.monotonic() + seconds
        while not condition() and time.monotonic() < deadline:
            QTest.qWait(20)
        return condition()

    def buttons(self) -> list[QAbstractButton]:
        """Return the buttons of the tab on show that a person could press."""
        panel = self.window.tabs.currentWidget()
        found = panel.findChildren(QAbstractButton) if panel is not None else []
        return [button for button in found if button.isVisible() and button.isEnabled()]

    def leave(self) -> None:
        """Close the window as if all were saved, and end the app in order."""
        self._closer.stop()
        for questions in (self.window.leave_questions,):
            questions.clear()
        self.window.editor.document().setModified(False)
        self.window.close()
        self.app.stop()
        self.app.withdraw()

    def _put_away(self) -> None:
        if self.keep_open:
            return
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
            return
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            name = type(dialog).__name__
            self.closed[name] = self.closed.get(name, 0) + 1
            _answer(dialog)

    def _on_message(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind not in _HARMLESS and _OF_THE_PLATFORM not in text:
            self.troubles.append(f"Qt {kind.name}: {text} {_place()}")


def _place() -> str:
    """Return which line of the app was at work, if one was."""
    frames = [f for f in traceback.extract_stack() if "/assistant/" in Path(f.filename).as_posix()]
    return f"in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def _answer(dialog: QWidget) -> None:
    if isinstance(dialog, RecoveryDialog):
        dialog.open_button.click()
    elif isinstance(dialog, QDialog):
        dialog.reject()
    else:
        dialog.close()


def every_action(bar: QMenuBar) -> list[QAction]:
    """Return the actions of all menus, those inside menus inside menus too."""

    def inside(menu: QMenu) -> Iterator[QAction]:
        for action in menu.actions():
            below = action.menu()
            if isinstance(below, QMenu):
                yield from inside(below)
            elif not action.isSeparator():
                yield action

    tops = (action.menu() for action in bar.actions())
    return [action for menu in tops if isinstance(menu, QMenu) for action in inside(menu)]


def start(home: Path, *, files: tuple[Path, ...] = ()) -> Driver:
    """Start the app offscreen (unless another platform is set) with its home in ``home``."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["BUBAI_HOME"] = str(home)
    qt = QApplication.instance() or QApplication(["bubai"])
    assert isinstance(qt, QApplication)
    driver = Driver(qt, App(find_paths(), qt))
    driver.app.start(files)
    driver.wait(50)
    return driver


@contextmanager
def running(home: Path) -> Iterator[Driver]:
    """Run the app for as long as the block lasts."""
    driver = start(home)
    try:
        yield driver
    finally:
        driver.leave()
        qInstallMessageHandler(None)
