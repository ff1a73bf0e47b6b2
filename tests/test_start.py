"""What the first sight of the window waits for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHOW = """
import sys
from PySide6.QtWidgets import QApplication
from assistant.app import App
from assistant.paths import find_paths
qt = QApplication([])
app = App(find_paths(), qt)
app.start([])
print("SHOWN" if app.window.isVisible() else "HIDDEN", *sys.modules)
app.stop()
app.withdraw()
"""


@pytest.fixture
def shown(tmp_path: Path) -> list[str]:
    """Return what a fresh Python has loaded when the window is first shown."""
    home = {"BUBAI_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", SHOW], capture_output=True, text=True, cwd=ROOT, check=True,
        env=os.environ | home,
    )  # fmt: skip
    return done.stdout.split()


def test_the_window_is_shown_before_anything_that_loads_slowly(shown):
    assert shown[0] == "SHOWN"
    slow = {"numpy", "onnxruntime", "tokenizers", "rjieba", "docx", "lxml", "genanki", "opencc"}
    assert slow & set(shown) == set()
