"""The previous version of every file the person saved over. Imports neither Qt nor the ui."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from assistant.disk import write_atomically

MAX_BACKUPS = 50

logger = logging.getLogger(__name__)


class Backups:
    """One previous version per path, the newest fifty of them."""

    def __init__(self, folder: Path) -> None:
        """Keep them in ``folder``, made when needed."""
        self._folder = folder

    def path_of(self, path: Path) -> Path:
        """Return where the previous version of ``path`` is kept; files of one name do not clash."""
        digest = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
        return self._folder / f"{path.stem[:40]}-{digest[:12]}{path.suffix}"

    def keep(self, path: Path, data: bytes) -> None:
        """Keep ``data`` as the previous version of ``path``.

        A backup that cannot be written is logged, and does not keep the person from saving.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path_of(path), data)
            self._drop_oldest()
        except OSError as error:
            logger.warning("No backup was kept: %s", error.strerror)

    def _drop_oldest(self) -> None:
        kept = sorted(self._folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        for file in kept[:-MAX_BACKUPS]:
            file.unlink(missing_ok=True)
