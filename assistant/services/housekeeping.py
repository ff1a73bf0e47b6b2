"""When Python looks for garbage: on the UI thread, while the person pauses.

Qt core only; imports nothing of ours. Left to itself the collector runs in whichever thread
allocates: a full collection stops every thread for 100 ms once a novel's sentences are in memory,
in the middle of a word, and may delete QObjects in a thread that is not theirs.
"""

from __future__ import annotations

import gc
import linecache
import sys
import time

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 1_000
_SHORT_PAUSE, _LONG_PAUSE = 2.0, 15.0
"""Seconds without a key after which young objects, and after which all are looked through."""
_YOUNG_WORTH_IT, _ALL_WORTH_IT = 5_000, 100_000
_TOO_MANY = 1_000_000
"""So many new objects are looked through even while somebody writes."""
_SWITCH_SECONDS = 0.001
"""How long a busy thread keeps the interpreter when the window wants it (Python's own: 5 ms)."""


class Housekeeper(QObject):
    """Takes over from Python's collector until :meth:`stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin; :meth:`note_activity` is to be called when the person does something."""
        super().__init__(parent)
        self._switch_before = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_SECONDS)
        gc.disable()
        # PySide reads the source of every module that is imported, and Python keeps it: megabytes.
        linecache.clearcache()
        # What the start has made stays for good: looked through by no collection.
        gc.freeze()
        self._active_at = time.monotonic()
        self._since_all = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def note_activity(self) -> None:
        """Put the next collection off; cheap."""
        self._active_at = time.monotonic()

    def stop(self) -> None:
        """Hand over to Python's collector again."""
        self._timer.stop()
        sys.setswitchinterval(self._switch_before)
        gc.unfreeze()
        gc.enable()

    def _look(self) -> None:
        pause, young = time.monotonic() - self._active_at, gc.get_count()[0]
        self.tidy(pause, young)

    def tidy(self, pause_seconds: float, young: int) -> None:
        """Collect what is worth it after such a pause, with so many new objects."""
        if pause_seconds >= _LONG_PAUSE and self._since_all + young >= _ALL_WORTH_IT:
            gc.collect()
            self._since_all = 0
        elif young >= (_YOUNG_WORTH_IT if pause_seconds >= _SHORT_PAUSE else _TOO_MANY):
            gc.collect(1)
            self._since_all += young
