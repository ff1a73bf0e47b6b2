"""The files of the autosave journal: one folder per process, one file per document.

A process holds the lock of its folder as long as it lives; the system lets go of it even when the
process is killed, so a folder whose lock is free belongs to nobody. Imports neither Qt nor the ui.
"""

from __future__ import annotations

import contextlib
import json
import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.disk import write_atomically
from assistant.services.documents import DocumentState
from assistant.text.encodings import Encoding, LineEnd

if TYPE_CHECKING:
    from filelock import BaseFileLock

FORMAT_VERSION = 1
_LOCK_NAME = "lock"
_ATTEMPTS = 3

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecoveredDocument:
    """Unsaved text that a dead process left; ``state`` is modified."""

    state: DocumentState
    text: str
    written_at: datetime
    file: Path


class JournalFiles:
    """This process's folder of journals, and those that dead processes left."""

    def __init__(self, folder: Path) -> None:
        """Keep the folders of all processes in ``folder``, made when needed."""
        self._folder = folder
        self._own: tuple[Path, BaseFileLock] | None = None
        self._claimed: dict[Path, BaseFileLock] = {}

    def write(self, state: DocumentState, text: str) -> None:
        """Write the journal of a document. Raises OSError."""
        write_atomically(self._own_folder() / _name(state.document_id), _dump(state, text))

    def remove(self, document_id: str) -> None:
        """Delete the journal of a document of this process, if there is one. Raises OSError."""
        if self._own is not None:
            (self._own[0] / _name(document_id)).unlink(missing_ok=True)

    def close(self) -> None:
        """Delete this process's journals; what dead processes left stays for the next start."""
        if self._own is not None:
            folder, lock = self._own
            self._own = None
            for file in _journals(folder):
                with contextlib.suppress(OSError):
                    file.unlink(missing_ok=True)
            _drop_folder(folder, lock)
        for lock in self._claimed.values():
            lock.release()
        self._claimed.clear()

    def recoverable(self) -> tuple[RecoveredDocument, ...]:
        """Claim and return what dead processes left, newest first."""
        found: list[RecoveredDocument] = []
        for folder in self._claim_folders():
            for file in _journals(folder):
                document = _load(file)
                if document is not None:
                    found.append(document)
            self._drop_if_empty(folder)
        return tuple(sorted(found, key=lambda document: document.written_at, reverse=True))

    def forget(self, document: RecoveredDocument) -> None:
        """Delete a recovered journal. Raises OSError."""
        document.file.unlink(missing_ok=True)
        self._drop_if_empty(document.file.parent)

    def _own_folder(self) -> Path:
        if self._own is not None and self._own[0].is_dir():
            return self._own[0]
        for _ in range(_ATTEMPTS):
            folder = self._folder / uuid.uuid4().hex
            folder.mkdir(parents=True)
            # A process that starts just now may take the new folder for a dead one's.
            with contextlib.suppress(TimeoutError, FileNotFoundError):
                self._own = (folder, _lock(folder))
                return folder
        raise OSError("no journal folder could be locked")

    def _claim_folders(self) -> Iterator[Path]:
        if not self._folder.is_dir():
            return
        for folder in sorted(self._folder.iterdir()):
            if (self._own is not None and folder == self._own[0]) or not folder.is_dir():
                continue
            if folder not in self._claimed:
                try:
                    self._claimed[folder] = _lock(folder)
                except OSError:
                    continue  # its process lives, or another new one was faster
            yield folder

    def _drop_if_empty(self, folder: Path) -> None:
        if folder in self._claimed and not _journals(folder):
            _drop_folder(folder, self._claimed.pop(folder))


def _lock(folder: Path) -> BaseFileLock:
    """Take the lock of ``folder`` without waiting. Raises OSError (TimeoutError if taken)."""
    from filelock import FileLock  # not before there is something to lock

    lock = FileLock(folder / _LOCK_NAME, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except NotImplementedError as error:  # a file system without locks
        raise OSError(str(error)) from error
    return lock


def _drop_folder(folder: Path, lock: BaseFileLock) -> None:
    """Delete a folder of ours whose journals are gone."""
    lock.release()
    with contextlib.suppress(OSError):
        for half_written in folder.glob(".*.tmp"):
            half_written.unlink()
        (folder / _LOCK_NAME).unlink(missing_ok=True)
        folder.rmdir()


def _name(document_id: str) -> str:
    return f"{document_id}.json"


def _journals(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def _dump(state: DocumentState, text: str) -> bytes:
    record = {
        "format": FORMAT_VERSION,
        "document_id": state.document_id,
        "path": None if state.path is None else str(state.path),
        "encoding": state.encoding.value,
        "line_end": state.line_end.name,
        "replaced": state.replaced,
        "stamp": None if state.digest is None else {"sha256": state.digest},
        "written_at": datetime.now(UTC).isoformat(),
        "text": text,
    }
    # A lone surrogate from a damaged paste must not keep the rest from being saved.
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _load(file: Path) -> RecoveredDocument | None:
    try:
        record: dict[str, Any] = json.loads(file.read_bytes().decode("utf-8", "surrogatepass"))
        stamp: dict[str, Any] | None = record["stamp"]
        state = DocumentState(
            document_id=str(record["document_id"]),
            path=None if record["path"] is None else Path(record["path"]),
            encoding=Encoding(record["encoding"]),
            line_end=LineEnd[record["line_end"]],
            modified=True,
            replaced=int(record.get("replaced", 0)),
            digest=None if stamp is None else str(stamp["sha256"]),
        )
        written_at = datetime.fromisoformat(record["written_at"])
        return RecoveredDocument(state, str(record["text"]), written_at, file)
    except (OSError, ValueError, OverflowError, RecursionError, KeyError, TypeError) as error:
        logger.warning("A journal is unreadable: %s (%s)", file.name, type(error).__name__)
        return None
