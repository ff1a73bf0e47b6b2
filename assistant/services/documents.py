"""Open and save text files: encodings, atomic writes, backups, changes made by others.

Imports neither Qt nor the ui.
"""

from __future__ import annotations

import errno
import os
import stat
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from assistant.disk import read_error, write_atomically, write_error
from assistant.errors import (
    BinaryFileError,
    FileChangedError,
    FileReadOnlyError,
    FileTooLargeError,
    LossySaveError,
)
from assistant.services.backups import Backups
from assistant.text.encodings import Encoding, LineEnd, decode, encode
from assistant.text.limits import check_lines

MAX_RECENT = 10
MAX_FILE_BYTES = 10_000_000
"""Over three million characters: what the editor shows without holding up the person."""
_ANY_WRITE = 0o222


@dataclass(frozen=True, slots=True)
class DocumentState:
    """Everything about the open document but its text.

    ``document_id`` names its journal; ``path`` is None until it is saved under a name;
    ``certain`` is False while the encoding is a guess to be shown; ``exact`` is False when
    saving would change bytes that were not edited; ``replaced`` counts broken characters;
    ``digest`` is the sha256 of the file as it was read or written, to notice changes by others.
    """

    document_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    path: Path | None = None
    encoding: Encoding = Encoding.UTF8
    line_end: LineEnd = LineEnd.LF
    modified: bool = False
    saved_at: datetime | None = None
    certain: bool = True
    exact: bool = True
    replaced: int = 0
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document just opened: its state and its text with LF line ends."""

    state: DocumentState
    text: str


class Documents:
    """Reads and writes the person's files."""

    def __init__(self, backups: Path) -> None:
        """Keep previous versions of overwritten files in the folder ``backups``."""
        self._backups = Backups(backups)

    def open(self, path: Path, encoding: Encoding | None = None) -> OpenDocument:
        """Read the file; a chosen ``encoding`` reopens it as that one.

        Raises FileReadError and its kinds: FileMissingError, FileForbiddenError,
        BinaryFileError, UnknownEncodingError, FileTooLargeError, LongLineError.
        """
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise BinaryFileError(path=path.name)
            if status.st_size > MAX_FILE_BYTES:
                raise FileTooLargeError(path=path.name, limit_mb=MAX_FILE_BYTES // 1_000_000)
            data = path.read_bytes()
        except OSError as error:
            raise read_error(path, error) from error
        decoded = decode(data, encoding, name=path.name)
        check_lines(decoded.text, path.name)
        state = DocumentState(
            path=path,
            encoding=decoded.encoding,
            line_end=decoded.line_end,
            certain=decoded.certain,
            exact=decoded.exact,
            replaced=decoded.replaced,
            digest=sha256(data).hexdigest(),
        )
        return OpenDocument(state, decoded.text)

    def save(
        self,
        state: DocumentState,
        text: str,
        path: Path | None = None,
        *,
        encoding: Encoding | None = None,
        force: bool = False,
    ) -> DocumentState:
        """Write ``text`` and return the new state.

        ``path`` saves under another name, ``encoding`` in another encoding, ``force`` overwrites
        a file that others changed or whose broken bytes would be lost. The old file is replaced
        in one step or not at all. ``state.path`` or ``path`` must be given (ValueError).
        Raises FileWriteError and its kinds: FileChangedError, LossySaveError, FileReadOnlyError,
        DiskFullError, FolderMissingError, UnencodableError.
        """
        target = path or state.path
        if target is None:
            raise ValueError("a document without a name needs a path")
        used = encoding or state.encoding
        own = state.path is not None and target.resolve() == state.path.resolve()
        if own and state.replaced and not force:
            raise LossySaveError(path=target.name, count=state.replaced)
        data = encode(text, used, state.line_end, name=target.name)
        try:
            self._replace(target, data, state.digest if own and not force else None)
        except OSError as error:
            raise write_error(target, error) from error
        return replace(
            state,
            path=target,
            encoding=used,
            modified=False,
            saved_at=datetime.now(UTC).astimezone(),
            certain=True,
            exact=True,
            replaced=0,
            digest=sha256(data).hexdigest(),
        )

    def _replace(self, target: Path, data: bytes, expected: str | None) -> None:
        """Write ``data``, keeping what was there, if its digest still is the ``expected`` one."""
        if target.exists():
            if not stat.S_ISREG(target.stat().st_mode):
                raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
            if not target.stat().st_mode & _ANY_WRITE or not os.access(target, os.W_OK):
                raise FileReadOnlyError(path=target.name)
            before = target.read_bytes()
            if expected is not None and sha256(before).hexdigest() != expected:
                raise FileChangedError(path=target.name)
            if before != data:
                self._backups.keep(target, before)
        write_atomically(target, data)


def add_recent(recent: tuple[Path, ...], path: Path) -> tuple[Path, ...]:
    """Return the recent files with ``path`` first, at most MAX_RECENT."""
    return (path, *(other for other in recent if other != path))[:MAX_RECENT]


def existing(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return those of ``paths`` where there is a file."""
    return tuple(path for path in paths if _exists(path))


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
