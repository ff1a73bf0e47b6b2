"""Read and write whole files: no hang on what is no file, no half-written ones.

Used by all rooms; imports only errors.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import uuid
from pathlib import Path

from assistant.errors import (
    BinaryFileError,
    FileForbiddenError,
    FileMissingError,
    FileReadError,
    FileTooLargeError,
)

MAX_FILE_BYTES = 50_000_000


def read_file(path: Path, limit_bytes: int = MAX_FILE_BYTES) -> bytes:
    """Return what is in a file that a person chose.

    Pipes and devices are refused: reading them would never end. Raises FileReadError and its
    kinds: FileMissingError, FileForbiddenError, BinaryFileError, FileTooLargeError.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BinaryFileError(path=path.name)
        with path.open("rb") as stream:
            data = stream.read(limit_bytes + 1)
    except FileNotFoundError as error:
        raise FileMissingError(path=path.name) from error
    except PermissionError as error:
        raise FileForbiddenError(path=path.name) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FileReadError(repr(error), path=path.name, reason=reason) from error
    if len(data) > limit_bytes:
        raise FileTooLargeError(path=path.name, limit_mb=limit_bytes // 1_000_000)
    return data


def write_atomically(path: Path, data: bytes) -> None:
    """Replace the file at ``path`` by ``data``, on the disk before the old one goes.

    A link is followed; the permissions (and where allowed the owner) of an existing file stay.
    Raises OSError; the old file is then untouched and nothing else is left behind.
    """
    target = path.resolve()
    temporary = target.with_name(f".{target.name[:40]}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            _copy_permissions(target, temporary)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _copy_permissions(source: Path, target: Path) -> None:
    status = source.stat()
    if sys.platform != "win32":
        with contextlib.suppress(PermissionError):
            os.chown(target, status.st_uid, status.st_gid)
    target.chmod(stat.S_IMODE(status.st_mode))


def _sync_folder(folder: Path) -> None:
    """Put the new name on the disk too; not every system or file system knows how."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
