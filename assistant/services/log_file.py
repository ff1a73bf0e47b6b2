"""A log file that starts anew before it grows large; the older ones keep a number.

The standard library's RotatingFileHandler does the same, but its module loads ``socket``, and the
app loads nothing that could open a connection. Imports neither Qt nor the ui.
"""

from __future__ import annotations

import logging
from pathlib import Path


class TurningFileHandler(logging.FileHandler):
    """Writes to ``path``; a full one becomes ``path.1``, that one ``path.2``, and so on."""

    def __init__(self, path: Path, max_bytes: int, files: int) -> None:
        """Open ``path`` for appending; keep ``files`` in all. Raises OSError."""
        super().__init__(path, encoding="utf-8")
        self._path, self._max_bytes, self._files = path, max_bytes, files

    def emit(self, record: logging.LogRecord) -> None:
        """Write ``record``, into a new file when this one is full; called under the lock."""
        size = len(self.format(record).encode("utf-8", "replace")) + 1
        if self.stream is not None and self.stream.tell() + size > self._max_bytes:
            self._turn()
        super().emit(record)

    def _turn(self) -> None:
        if self.stream is not None:
            self.stream.close()
        try:
            for number in range(self._files - 1, 0, -1):
                older = self._numbered(number - 1)
                if older.exists():
                    older.replace(self._numbered(number))
        except OSError:
            pass  # another Bubai has it open (Windows): it goes on in the same file
        self.stream = self._open()

    def _numbered(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{number}") if number else self._path
