"""The least that any window of PySide6 costs: an empty editor in it, painted; one JSON object."""

from __future__ import annotations

import json
import os
import sys

from build_tools.bench.gui_child import painted_at, resident_mb


def main() -> int:
    """Show the window and print the age of this process when it was painted, and its memory."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit

    qt = QApplication([])
    window, editor = QMainWindow(), QPlainTextEdit("补白")
    window.setCentralWidget(editor)
    window.resize(1180, 760)
    window.show()
    found = {"window_ms": painted_at(editor.viewport()), "window_mb": resident_mb()}
    print(json.dumps(found), flush=True)
    del qt
    return 0


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # what Qt does at the end of Python is not what is measured
