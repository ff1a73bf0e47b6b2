"""What the first sight of the window waits for, and what is built only when somebody goes there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SHOW = """
import gc, json, sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from assistant.app import App
from assistant.paths import find_paths
from assistant.ui.late_page import LatePage

class Sight(QObject):
    seen = {}
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.seen:
            pages = app.window.findChildren(LatePage)
            self.seen["modules"] = list(sys.modules)
            self.seen["built"] = [page.is_built for page in pages]
            self.seen["loading"] = app.worker._queue._running is not None
            self.seen["tabs"] = [tabs.tabText(i) for i in range(tabs.count())]
            self.seen["menus"] = [action.text() for action in app.window.menuBar().actions()]
        return False

qt = QApplication([])
app = App(find_paths(), qt)
tabs = app.window.tabs
sight = Sight()
app.window.editor.viewport().installEventFilter(sight)
app.start([])
while not sight.seen:
    qt.processEvents()
print(json.dumps(sight.seen))
app.stop()
app.withdraw()
"""
SLOW = {"numpy", "onnxruntime", "tokenizers", "rjieba", "docx", "lxml", "genanki", "opencc"}
LATER = {
    "assistant.cloze.exercise", "assistant.engine.store", "assistant.export",
    "assistant.services.cloze_jobs", "assistant.services.labels",
    "assistant.services.proofreading", "assistant.services.sentiment",
    "assistant.services.translation", "assistant.ui.cloze.workshop", "filelock",
}  # fmt: skip
"""Rooms that nobody has gone to yet; each brings others with it."""
DIALOGS = {"find_bar", "questions"}
"""Of the dialogs only the bar that stands in the window, and the helpers of all."""
MOST_MODULES = 135
"""Of ours; 129 when this was written, 255 before anything was built late."""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a fresh Python has done when the window is first painted."""
    home = {"BUBAI_HOME": str(tmp_path_factory.mktemp("home")), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", SHOW], capture_output=True, text=True, cwd=ROOT, check=True,
        env=os.environ | home,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_the_window_is_shown_before_anything_that_loads_slowly(shown):
    assert SLOW & set(shown["modules"]) == set()
    assert not shown["loading"]


def test_what_nobody_has_gone_to_is_not_even_imported(shown):
    modules = set(shown["modules"])
    assert LATER & modules == set()
    prefix = "assistant.ui.dialogs."
    dialogs = {name.removeprefix(prefix) for name in modules if name.startswith(prefix)}
    assert dialogs <= DIALOGS


def test_the_start_does_not_grow_unnoticed(shown):
    ours = [name for name in shown["modules"] if name.split(".")[0] == "assistant"]
    assert len(ours) <= MOST_MODULES


def test_the_tabs_and_menus_are_there_though_their_contents_are_not(shown):
    assert shown["tabs"] == ["填空", "情感", "译文", "标签", "出题", "校对"]
    assert "出题(&C)" in shown["menus"]
    assert shown["built"] == [False] * 5
