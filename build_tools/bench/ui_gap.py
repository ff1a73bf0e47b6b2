"""Type into a very long text in the real window while its mood is judged; print the longest gap.

``python -m build_tools.bench.ui_gap`` opens the app (offscreen unless a display is
asked for), writes 300,000 characters, opens the 情感 tab, and types 200 characters a minute with
pauses in which the analysis catches up. A gap is the time in which the UI thread answered nothing:
a timer of one millisecond looks at the clock. On a busy machine the scheduler's share of a gap is
seen by comparing with the thread's own CPU time, and with the run without analysis; ``chrt -f 5``
before the command keeps other programs out.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from build_tools.bench.long_text import long_text

if TYPE_CHECKING:
    from assistant.app import App

_TYPED = "窗外的雨渐渐停了，他放下笔，长长地出了一口气。"
_CHARACTERS_A_MINUTE = 200
_PAUSE_AFTER, _PAUSE_SECONDS = 8, 1.2
"""A writer stops to think; only then the analysis reads the text anew."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a watch saw.

    The three longest gaps in milliseconds of the clock, how many were over 16 ms, and the most
    processor time of the thread in one.
    """

    wall_ms: tuple[float, ...]
    late: int
    cpu_ms: float

    def __str__(self) -> str:
        """Return a line for people."""
        longest, *others = (f"{gap:.1f}" for gap in self.wall_ms)
        return (
            f"longest {longest} ms, then {', '.join(others)}; over 16 ms: {self.late}; "
            f"CPU time of the UI thread in one: {self.cpu_ms:.1f} ms"
        )


class Watch:
    """Looks at the clock every millisecond and keeps the longest times between two looks."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.gaps: list[tuple[float, float]] = []
        self._last: tuple[float, float] | None = None
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin."""
        self._last = None
        self.gaps.clear()
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    def found(self) -> Gaps:
        """Return the gaps, longest first."""
        wall = sorted((gap[0] for gap in self.gaps), reverse=True)
        cpu = max((gap[1] for gap in self.gaps), default=0.0)
        longest = tuple(gap * 1e3 for gap in (*wall, 0.0, 0.0, 0.0)[:3])
        return Gaps(longest, sum(gap >= 0.016 for gap in wall), cpu * 1e3)

    def _look(self) -> None:
        now = time.perf_counter(), time.thread_time()
        if self._last is not None:
            self.gaps.append((now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now


def type_for(app: App, seconds: float, watch: Watch) -> None:
    """Type into the middle of the document for ``seconds``, watched."""
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QApplication

    editor = app.window.editor
    cursor = editor.textCursor()
    block = editor.document().findBlock(editor.document().characterCount() // 2)
    cursor.setPosition(block.position() + block.length() // 2)
    editor.setTextCursor(cursor)
    editor.setFocus()
    keys = itertools.cycle(_TYPED)
    _wait(1.0)
    watch.start()
    end = time.monotonic() + seconds
    for count in itertools.count(1):
        event = QInputMethodEvent()
        event.setCommitString(next(keys))
        QApplication.postEvent(editor, event)
        _wait(60 / _CHARACTERS_A_MINUTE)
        if count % _PAUSE_AFTER == 0:
            _wait(_PAUSE_SECONDS)
        if time.monotonic() >= end:
            break
    watch.stop()


def measure(app: App, characters: int, seconds: float) -> Iterator[tuple[str, Gaps]]:
    """Yield when and what, for typing without analysis, during the first one, and after it."""
    from assistant.ui.tab_order import Place

    window, watch = app.window, Watch()
    _wait(1.0)  # the sample of a first start comes once the window is visible
    window.editor.setPlainText(long_text(characters))
    _wait(2.0)
    type_for(app, seconds, watch)
    yield "without analysis", watch.found()
    tabs = app.understanding_tabs
    tabs.show_mood()
    assert window.tabs.currentWidget().property("place") == Place.SENTIMENT
    type_for(app, seconds, watch)
    yield "while the text is judged for the first time", watch.found()
    limit = time.monotonic() + 600
    while app.moods.busy and time.monotonic() < limit:
        _wait(0.5)
    mood = app.moods.mood
    sentences = len(mood.sentences) if mood is not None else 0
    type_for(app, seconds, watch)
    yield f"with all {sentences} sentences judged", watch.found()


def main() -> int:
    """Run the app and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=300_000)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--display", action="store_true", help="use the display, not offscreen")
    parser.add_argument("--json", action="store_true", help="end with a line of JSON")
    arguments = parser.parse_args()
    if not arguments.display:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as home:
        os.environ["BUBAI_HOME"] = home
        from PySide6.QtWidgets import QApplication

        from assistant.app import App, keep_smooth
        from assistant.paths import find_paths

        qt = QApplication([])
        app = App(find_paths(), qt)
        keeper = keep_smooth(app)
        app.start([])
        found = []
        for when, gaps in measure(app, arguments.characters, arguments.seconds):
            found.append({"when": when, **asdict(gaps)})
            print(f"{when}: {gaps}", flush=True)
        if arguments.json:
            print(json.dumps(found), flush=True)
        app.window.editor.document().setModified(False)
        app.window.close()
        keeper.stop()
        app.stop()
    return 0


def _wait(seconds: float) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
