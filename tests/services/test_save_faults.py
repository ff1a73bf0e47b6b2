"""Disks that fill up, folders that go, files that are no files: said in words, nothing lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import DiskFullError, FileWriteError, FolderMissingError
from assistant.services.documents import Documents, DocumentState
from assistant.services.journal import Journal

ROOT = Path(__file__).parent.parent.parent
TEXT = "夜来风雨声，花落知多少。\n"


def _may_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode == 0


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    return Documents(tmp_path / "backups")


@pytest.mark.skipif(not _may_mount(), reason="needs the right to mount a small disk")
def test_a_full_disk_keeps_the_last_version_whole(tmp_path: Path) -> None:
    disk = tmp_path / "U 盘"
    disk.mkdir()
    script = f'mount -t tmpfs -o size=64k none "$1" && {sys.executable} -m {{}} "$1" "$2"'
    script = script.format("tests.services.save_on_tiny_disk")
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", disk, tmp_path / "备份"],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "磁盘已满" in done.stdout


def test_a_stick_that_was_pulled_out_is_said_and_the_text_can_go_elsewhere(
    documents: Documents, tmp_path: Path
) -> None:
    stick = tmp_path / "U 盘"
    stick.mkdir()
    state = documents.save(DocumentState(), TEXT, stick / "春.txt")
    shutil.rmtree(stick)
    with pytest.raises(FolderMissingError) as caught:
        documents.save(state, TEXT * 2)
    assert "U 盘" in caught.value.message("zh")
    assert documents.save(state, TEXT * 2, tmp_path / "别处.txt").path == tmp_path / "别处.txt"


@pytest.mark.parametrize(
    ("code", "kind"),
    [(errno.ENOSPC, DiskFullError), (errno.EIO, FolderMissingError), (errno.EFBIG, FileWriteError)],
)
@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_whatever_step_fails_the_old_file_is_whole(
    documents: Documents, tmp_path: Path, monkeypatch, code: int, kind: type, step: str
) -> None:
    folder = tmp_path / "文稿"
    folder.mkdir()
    state = documents.save(DocumentState(), TEXT, folder / "春.txt")

    def fail(*_args: object, **_more: object) -> None:
        raise OSError(code, os.strerror(code))

    owner = os if step == "fsync" else Path
    monkeypatch.setattr(owner, step, fail)
    with pytest.raises(kind):
        documents.save(state, TEXT * 2)
    monkeypatch.undo()
    assert [path.name for path in folder.iterdir()] == ["春.txt"]
    assert (folder / "春.txt").read_text("utf-8") == TEXT


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX pipes")
def test_a_pipe_is_not_written_over_and_nothing_hangs(documents: Documents, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    with pytest.raises(FileWriteError):
        documents.save(DocumentState(), TEXT, tmp_path / "管道.txt")


def test_a_text_that_could_not_be_saved_stays_in_the_journal(
    documents: Documents, tmp_path: Path, qapp
) -> None:
    journal = Journal(tmp_path / "journal")
    state = DocumentState(path=tmp_path / "不在" / "春.txt", modified=True)
    journal.track(state, lambda: TEXT)
    with pytest.raises(FolderMissingError):
        documents.save(state, TEXT)
    kept = next((tmp_path / "journal").rglob("*.json")).read_text("utf-8")
    assert TEXT.strip() in kept
    journal.close()
