"""The real window in a process: start to window, to first candidates; then typing, then memory.

Prints one JSON object. ``--typing N`` types N characters into a sentence of 60 and measures the
time from each key to its candidates.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from build_tools.bench.child import born
from build_tools.bench.samples import percentile
from build_tools.bench.texts import REVIEW

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from assistant.app import App

# The caret stands at the beginning of a file that was opened, so at the blank.
_SENTENCE = (
    "[MASK]从河面上吹过来，傍晚的桥上行人渐渐少了，只有卖花的老人还守着他的小摊，"
    "等着最后几个回家的客人路过这里。"
)
_LIMIT_SECONDS = 60.0


def main() -> int:
    """Start the app with a file, wait for its candidates, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--typing", type=int, default=0)
    arguments = parser.parse_args()
    gc.disable()  # as assistant.__main__ does, until the housekeeper takes over
    from PySide6.QtWidgets import QApplication

    from assistant.app import App, keep_smooth
    from assistant.paths import find_paths

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "text.txt"
        file.write_text(_SENTENCE, encoding="utf-8")
        qt = QApplication([])
        app = App(find_paths(), qt)
        keeper = keep_smooth(app)
        app.start([file])
        found: dict[str, float] = {}
        found["window_ms"] = painted_at(app.window.editor.viewport())
        _wait("candidates", lambda: bool(app.window.fills.candidates))
        found["candidates_ms"] = _age()
        found |= _typed(app, arguments.typing) if arguments.typing else {}
        found["fill_mb"] = resident_mb()
        _use_all(app)
        found["three_mb"] = resident_mb()
        app.window.editor.document().setModified(False)
        app.window.close()
        keeper.stop()
        app.stop()
    print(json.dumps(found), flush=True)
    return 0


def painted_at(widget: QWidget) -> float:
    """Return the age of this process when ``widget`` has been painted for the first time."""
    from PySide6.QtCore import QEvent, QObject

    painted: list[float] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted.append(_age())
            return super().eventFilter(watched, event)

    watch = Watch()
    widget.installEventFilter(watch)
    _wait("the window", lambda: bool(painted))
    widget.removeEventFilter(watch)
    return painted[0]


def _typed(app: App, count: int) -> dict[str, float]:
    """Change the last character ``count`` times; return the delays behind the pause for typing.

    Every time to another one, so that no answer is known before.
    """
    from PySide6.QtGui import QTextCursor

    from assistant.services.analysis import DEBOUNCE_MS

    editor, finished = app.window.editor, app.fills.fill_finished
    delays: list[float] = []
    done: list[float] = []
    connection = finished.connect(lambda *_: done.append(time.perf_counter()))
    for character in [*dict.fromkeys(REVIEW)][:count]:
        cursor = editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
        done.clear()
        before = time.perf_counter()
        cursor.insertText(character)
        _wait("an answer", lambda: bool(done))
        delays.append((done[0] - before) * 1000 - DEBOUNCE_MS)
    finished.disconnect(connection)
    return {"key_ms": percentile(delays, 50), "key_p95_ms": percentile(delays, 95)}


def _use_all(app: App) -> None:
    """Open the tabs of the other two models and wait until they have answered."""
    answers: list[object] = []
    app.moods.finished.connect(lambda *_: answers.append("mood"))
    app.understanding_tabs.show_mood()
    _wait("the mood", lambda: "mood" in answers)
    app.translations.finished.connect(lambda *_: answers.append("translation"))
    app.translation_tab.show()
    _wait("the translation", lambda: "translation" in answers)


def _wait(what: str, ready: Callable[[], bool]) -> None:
    """Let the app run until ``what`` is ``ready``; raises TimeoutError."""
    from PySide6.QtCore import QEventLoop, QTimer

    end = time.monotonic() + _LIMIT_SECONDS
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(what)
        loop = QEventLoop()
        QTimer.singleShot(1, loop.quit)
        loop.exec()


def _age() -> float:
    return (time.monotonic() - born()) * 1000


def resident_mb() -> float:
    """Return the megabytes of this process that lie in memory."""
    from assistant.diagnostics import resident_bytes

    return resident_bytes() / 1e6


if __name__ == "__main__":
    code = 1
    try:
        code = main()
    except Exception:  # noqa: BLE001 - told before the process ends
        traceback.print_exc()
    sys.stderr.flush()
    os._exit(code)  # what Qt does at the end of Python is not what is measured
