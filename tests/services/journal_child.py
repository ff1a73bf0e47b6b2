"""A process that types into an unnamed document until it is killed: run by test_journal."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from assistant.services.documents import DocumentState
from assistant.services.journal import Journal


def main(folder: Path) -> None:
    """Type one character at every tick and say once when a journal is on the disk."""
    app = QCoreApplication([])
    journal = Journal(folder, interval_ms=5)
    typed = ["没有名字的文稿😀"]
    journal.track(DocumentState(), lambda: "".join(typed))
    said: list[bool] = []

    def type_on() -> None:
        typed.append("字")
        journal.touch()
        if not said and any(folder.rglob("*.json")):
            said.append(True)
            sys.stdout.write("written\n")
            sys.stdout.flush()

    timer = QTimer()
    timer.timeout.connect(type_on)
    timer.start(1)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
