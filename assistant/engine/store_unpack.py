"""Bring the files of a package out of a zip or folder that nobody vouches for.

Sizes, counts and compression ratios are limited, links and paths refused, and nothing is written
outside the target. Imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from assistant.engine.store_errors import PackageRefusedError, PackageRoomError, PackageStoreError
from assistant.engine.store_names import (
    check_distinct,
    check_file_name,
    entry_file,
    is_litter,
    shown,
)

Step = Callable[[int, int], None]
"""Told how many bytes are done of how many; may raise Cancelled."""

_CHUNK_BYTES = 1 << 20
_DIRECTORY_BYTES = 1 << 20
_END = b"PK\x05\x06"
_END_BYTES = 22
_END_64_LOCATOR = b"PK\x06\x07"
_SPARE_BYTES = 16 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BAD_ARCHIVE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError,
    NotImplementedError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too much: number of files, bytes of one and of all, how far they may inflate."""

    files: int = 64
    file_bytes: int = 3 << 30
    total_bytes: int = 4 << 30
    ratio: int = 200
    ratio_free_bytes: int = 32 << 20


@dataclass(frozen=True, slots=True)
class _Source:
    """One file to copy: its name, its size as declared, and how to open it."""

    name: str
    bytes: int
    open: Callable[[], IO[bytes]]


def unpack(source: Path, target: Path, step: Step, limits: Limits = Limits()) -> None:
    """Copy the package in ``source`` (a zip or a folder) into the empty folder ``target``.

    Raises PackageRefusedError, PackageRoomError, PackageStoreError, or what ``step`` raises.
    """
    name = shown(source.name)
    try:
        if source.is_dir():
            _copy(name, _files_of_folder(name, source), target, step, limits)
            return
        status = source.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would never end
            raise PackageRefusedError.because(name, "不是 zip 文件", "it is not a zip file")
        size = status.st_size
        with source.open("rb") as stream:
            _check_directory(name, stream, size)
            with _as_refusal(name), zipfile.ZipFile(stream) as archive:
                files = _files_of_zip(name, archive, size, limits)
                _copy(name, files, target, step, limits)
    except OSError as error:
        raise PackageRefusedError.because(
            name, "文件读不出来", "the file cannot be read", str(error)
        ) from error


def _files_of_folder(package: str, folder: Path) -> list[_Source]:
    found: list[_Source] = []
    for path in sorted(path for path in folder.iterdir() if not is_litter(path.name)):
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise PackageRefusedError.because(
                package,
                f"“{shown(path.name)}”不是普通文件",
                f"“{shown(path.name)}” is not a plain file",
            )
        found.append(_Source(path.name, status.st_size, lambda path=path: path.open("rb")))
    return found


def _check_directory(package: str, stream: IO[bytes], size: int) -> None:
    """Refuse a directory of absurd size before it is read into memory.

    The end record is looked for as zipfile does (APPNOTE 4.3.16).
    """
    stream.seek(max(0, size - (1 << 16) - _END_BYTES))
    tail = stream.read()
    place = len(tail) - _END_BYTES
    if place < 0 or tail[place : place + 4] != _END or tail[-2:] != b"\0\0":
        place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_BYTES:
        raise PackageRefusedError.because(package, "不是 zip 文件", "it is not a zip file")
    has_64 = tail[max(0, place - 20) : place].startswith(_END_64_LOCATOR)
    directory = int.from_bytes(tail[place + 12 : place + 16], "little")
    if has_64 or directory > _DIRECTORY_BYTES:
        raise PackageRefusedError.because(
            package, "压缩包的目录太大", "the directory of the archive is too large"
        )
    stream.seek(0)


def _files_of_zip(
    package: str, archive: zipfile.ZipFile, size: int, limits: Limits
) -> list[_Source]:
    found: list[_Source] = []
    tops: set[str] = set()
    for info in archive.infolist():
        place = entry_file(package, info.orig_filename)
        if place is None:
            continue
        _check_entry(package, info)
        top, name = place
        tops.add(top)
        found.append(_Source(name, info.file_size, lambda info=info: archive.open(info)))
    if len(tops) > 1:
        raise PackageRefusedError.because(
            package, "压缩包里不止一个文件夹", "the archive holds more than one folder"
        )
    total = sum(file.bytes for file in found)
    if total > limits.ratio_free_bytes and total > limits.ratio * size:
        raise PackageRefusedError.because(
            package, "压缩比大得不正常", "it inflates to an absurd size"
        )
    return found


def _check_entry(package: str, info: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    reasons = (
        (kind not in (0, stat.S_IFREG), "不是普通文件", "is not a plain file"),
        (bool(info.flag_bits & 0x1), "有密码", "has a password"),
        (info.compress_type not in _METHODS, "的压缩方式不支持", "uses an unknown compression"),
    )
    for is_bad, zh, en in reasons:
        if is_bad:
            name = shown(info.filename)
            raise PackageRefusedError.because(package, f"“{name}”{zh}", f"“{name}” {en}")


def _copy(package: str, files: list[_Source], target: Path, step: Step, limits: Limits) -> None:
    if len(files) > limits.files:
        raise PackageRefusedError.because(package, "文件太多", "it holds too many files")
    for file in files:
        check_file_name(package, file.name)
    check_distinct(package, (file.name for file in files))
    total = sum(file.bytes for file in files)
    if total > limits.total_bytes or any(file.bytes > limits.file_bytes for file in files):
        raise PackageRefusedError.because(package, "太大", "it is too large")
    if shutil.disk_usage(target).free < total + _SPARE_BYTES:
        raise PackageRoomError(name=package, needed_mb=(total + _SPARE_BYTES) // 1_000_000)
    done = 0
    for file in files:
        for count in _write(package, file, target / file.name, limits.file_bytes):
            done += count
            if done > limits.total_bytes:
                raise PackageRefusedError.because(package, "太大", "it is too large")
            step(done, total)


def _write(package: str, file: _Source, path: Path, limit: int) -> Iterator[int]:
    """Copy one file; yields how many bytes each piece had, so that the caller may stop."""
    with _as_refusal(package), file.open() as stream, path.open("xb") as out:
        written = 0
        while chunk := stream.read(_CHUNK_BYTES):
            written += len(chunk)
            if written > limit:
                raise PackageRefusedError.because(package, "太大", "it is too large")
            _put(package, out, chunk)
            yield len(chunk)
        os.fsync(out.fileno())


def _put(package: str, out: IO[bytes], chunk: bytes) -> None:
    try:
        out.write(chunk)
        out.flush()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise PackageRoomError(
                str(error), name=package, needed_mb=_SPARE_BYTES // 1_000_000
            ) from error
        reason = error.strerror or str(error)
        raise PackageStoreError(str(error), reason=reason) from error


@contextmanager
def _as_refusal(package: str) -> Generator[None]:
    """Turn whatever a damaged archive makes zipfile raise into a refusal."""
    try:
        yield
    except _BAD_ARCHIVE as error:
        raise PackageRefusedError.because(
            package, "压缩包已损坏", "the archive is damaged", repr(error)
        ) from error
