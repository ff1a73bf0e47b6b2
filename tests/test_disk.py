"""Whole files: read without a hang, written in one step."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from assistant.disk import read_file, write_atomically, write_error
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

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


def test_a_file_and_a_link_to_it_are_read(tmp_path: Path) -> None:
    (tmp_path / "春.txt").write_bytes(b"x" * 10)
    (tmp_path / "链").symlink_to(tmp_path / "春.txt")
    assert read_file(tmp_path / "链", limit_bytes=10) == b"x" * 10
    with pytest.raises(FileTooLargeError):
        read_file(tmp_path / "春.txt", limit_bytes=9)


@posix
@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "春.txt"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(BinaryFileError):
        read_file(path)


@posix
def test_a_link_that_leads_in_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "春.txt").symlink_to(tmp_path / "春.txt")
    with pytest.raises(FileReadError):
        read_file(tmp_path / "春.txt")


def test_a_missing_file_and_a_forbidden_one_are_told_apart(tmp_path: Path, monkeypatch) -> None:
    with pytest.raises(FileMissingError):
        read_file(tmp_path / "无.txt")
    (tmp_path / "锁.txt").write_bytes(b"x")

    def forbid(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", forbid)
    with pytest.raises(FileForbiddenError):
        read_file(tmp_path / "锁.txt")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EACCES, FileReadOnlyError),
        (errno.EROFS, FileReadOnlyError),
        (errno.ENOENT, FolderMissingError),
        (errno.EIO, FolderMissingError),
        (errno.EINVAL, FileWriteError),
    ],
)
def test_why_a_file_was_not_written_is_told(number: int, kind: type[FileWriteError]) -> None:
    found = write_error(Path("夏/春.txt"), OSError(number, os.strerror(number)))
    assert type(found) is kind
    assert "春.txt" in found.message("zh")


def test_writing_replaces_the_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    write_atomically(tmp_path / "春.txt", b"old")
    write_atomically(tmp_path / "春.txt", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("春.txt", b"new")]
