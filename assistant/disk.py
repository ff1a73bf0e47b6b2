"""Read and write whole files: no hang on what is no file, no half-written ones.

Used by all rooms; imports only errors.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import uuid
from pathlib import Path

from assistant.errors import (
    BinaryFileError,
    DiskFullError,
    FileForbiddenError,
    FileMissingError,
    FileReadError,
    FileReadOnlyError,
    FileTooLargeError,
    FileWriteError,
    FolderMissingError,
)

MAX_FILE_BYTES = 50_000_000
# A quota is a full disk to the person.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)
# What a pulled stick or a lost share looks like.
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO)


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
    except OSError as error:
        raise read_error(path, error) from error
    if len(data) > limit_bytes:
        raise FileTooLargeError(path=path.name, limit_mb=limit_bytes // 1_000_000)
    return data


def read_error(path: Path, error: OSError) -> FileReadError:
    """Return what to tell a person whose file cannot be read."""
    if isinstance(error, FileNotFoundError):
        return FileMissingError(path=path.name)
    if isinstance(error, PermissionError):
        return FileForbiddenError(path=path.name)
    return FileReadError(repr(error), path=path.name, reason=reason_of(error))


def write_error(path: Path, error: OSError) -> FileWriteError:
    """Return what to tell a person whose file cannot be written."""
    details = repr(error)
    if error.errno in _NO_ROOM:
        return DiskFullError(details, path=path.name)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return FileReadOnlyError(details, path=path.name)
    if error.errno in _GONE:
        return FolderMissingError(details, path=path.name)
    return FileWriteError(details, path=path.name, reason=reason_of(error))


def reason_of(error: OSError) -> str:
    """Return what the system says went wrong."""
    return error.strerror or type(error).__name__


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
