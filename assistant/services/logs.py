"""The log file and what happens when an exception escapes. Never logs the person's text.

Qt core only; imports nothing of the ui.
"""

from __future__ import annotations

import copy
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QThread, Signal

from assistant.errors import InternalError
from assistant.services.log_file import TurningFileHandler

LOG_NAME = "bubai.log"
MAX_BYTES = 200 * 1024
FILES = 5

logger = logging.getLogger(__name__)


class _SafeFormatter(logging.Formatter):
    """Formats exceptions without their messages, which may quote the person's text."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a copy of ``record``: other handlers leave their own wording in it."""
        own = copy.copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        return "" if ei[1] is None else safe_details(ei[1])


def start_logging(folder: Path) -> Path | None:
    """Log to ``folder/bubai.log`` (5 files of 200 KB); return it, or None if not writable."""
    path = folder / LOG_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = TurningFileHandler(path, MAX_BYTES, FILES)
    except OSError:
        return None
    handler.setFormatter(_SafeFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return path


def safe_details(error: BaseException) -> str:
    """Return types and code positions of ``error`` and its causes, without any message."""
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None:
        lines.append(type(current).__qualname__)
        for frame in traceback.extract_tb(current.__traceback__):
            lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)
    return "\n".join(lines)


class CrashReporter(QObject):
    """Catches exceptions that nobody caught: logs them, saves the text, tells the window.

    ``details`` of the error hold types and code positions only, never messages.
    """

    crashed = Signal(object)
    """InternalError, on the UI thread, from the event loop."""

    _caught = Signal(object, object)

    def __init__(self, rescue: Callable[[], object], parent: QObject | None = None) -> None:
        """``rescue`` (``journal.flush``) is called before anything else, on the UI thread."""
        super().__init__(parent)
        self._rescue = rescue
        self._telling = False
        self._hooks_before = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the hook of this process and of its threads."""
        self._hooks_before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        """Put back the hooks found by :meth:`install`."""
        sys.excepthook, threading.excepthook = self._hooks_before

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = safe_details(error)
        logger.critical("Uncaught exception\n%s", details)
        on_ui_thread = QThread.currentThread() is self.thread()
        if on_ui_thread:
            # At once: an exception that ends the event loop leaves no later moment.
            self._save_text()
        if not (on_ui_thread and self._telling):
            self._caught.emit(InternalError(details), on_ui_thread)

    def _on_thread_exception(self, failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is not None:
            self._on_exception(failure.exc_type, failure.exc_value, failure.exc_traceback)

    def _on_caught(self, error: InternalError, saved: bool) -> None:
        if not saved:
            self._save_text()
        # A window that fails while telling must not be told of that, and fail again, forever.
        self._telling = True
        try:
            self.crashed.emit(error)
        finally:
            self._telling = False

    def _save_text(self) -> None:
        try:
            self._rescue()
        except Exception as error:  # noqa: BLE001 - a failing rescue must not hide the first exception
            logger.critical("Saving the text failed\n%s", safe_details(error))
