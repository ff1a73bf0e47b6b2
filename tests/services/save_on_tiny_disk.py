"""Saves ever longer texts until the disk is full: run by test_save_faults on a disk of 64 KB."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.errors import DiskFullError
from assistant.services.documents import Documents, DocumentState


def main(folder: Path, backups: Path) -> None:
    """Save, and say what is on the disk once it is full."""
    documents, state = Documents(backups), DocumentState(path=folder / "春.txt")
    text = "春"
    while True:
        try:
            state = documents.save(state, text * 2)
        except DiskFullError as error:
            assert (folder / "春.txt").read_text("utf-8") == text
            assert [path.name for path in folder.iterdir()] == ["春.txt"]
            print(error.message("zh"))
            return
        text *= 2


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
