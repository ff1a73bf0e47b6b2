"""Shows a folder in the system's file manager. Starts a local program, opens no connection."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess

_PROGRAMS = {"win32": "explorer", "darwin": "open"}


def open_folder(folder: Path) -> bool:
    """Start the file manager on ``folder``; return whether it could be started."""
    program = _PROGRAMS.get(sys.platform, "xdg-open")
    started = QProcess.startDetached(program, [str(folder)])
    return started[0] if isinstance(started, tuple) else bool(started)
