"""The autosave journal and what it saves from a crash."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.services.documents import Documents, DocumentState
from assistant.services.journal import Journal
from assistant.services.journal_files import JournalFiles
from assistant.text.encodings import Encoding, LineEnd

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal"


@pytest.fixture
def journal(qtbot: QtBot, folder: Path) -> Iterator[Journal]:
    made = Journal(folder, interval_ms=0)
    yield made
    made.close()


def _texts(folder: Path) -> list[str]:
    """Return what a crash at this moment would leave, without waiting for one."""
    return [path.read_text(encoding="utf-8") for path in folder.rglob("*.json")]


def _left_behind(folder: Path, *documents: tuple[DocumentState, str]) -> None:
    """Leave journals as a killed process does: its locks gone, its files there."""
    files = JournalFiles(folder)
    for state, text in documents:
        files.write(state, text)
    assert files._own is not None
    files._own[1].release()


def test_a_never_named_document_is_written_from_the_first_change(
    qtbot: QtBot, journal: Journal, folder: Path
) -> None:
    journal.track(DocumentState(), lambda: "第一个字")
    assert _texts(folder) == []
    journal.touch()
    qtbot.waitUntil(lambda: len(_texts(folder)) == 1)
    assert "第一个字" in _texts(folder)[0]


def test_one_file_per_document_holds_the_newest_text(
    qtbot: QtBot, journal: Journal, folder: Path
) -> None:
    text = ["一"]
    journal.track(DocumentState(), lambda: text[0])
    journal.touch()
    journal.flush()
    text[0] = "二"
    journal.touch()
    qtbot.waitUntil(lambda: "二" in _texts(folder)[0])
    assert len(_texts(folder)) == 1


def test_nothing_is_written_without_a_change(journal: Journal, folder: Path) -> None:
    journal.track(DocumentState(), lambda: "旧")
    journal.flush()
    assert _texts(folder) == []


def test_flushing_writes_at_once(qtbot: QtBot, folder: Path) -> None:
    journal = Journal(folder, interval_ms=3_600_000)
    journal.track(DocumentState(), lambda: "来不及等")
    journal.touch()
    journal.flush()
    assert len(_texts(folder)) == 1
    journal.close()


def test_saving_forgets_the_journal(journal: Journal, folder: Path) -> None:
    state = DocumentState()
    journal.track(state, lambda: "字")
    journal.touch()
    journal.flush()
    journal.track(state, lambda: "字")
    assert _texts(folder) == []


def test_opening_another_document_forgets_the_one_before(journal: Journal, folder: Path) -> None:
    journal.track(DocumentState(), lambda: "旧文")
    journal.touch()
    journal.flush()
    journal.track(DocumentState(), lambda: "新文")
    journal.touch()
    journal.flush()
    (left,) = _texts(folder)
    assert "新文" in left


def test_closing_in_order_leaves_nothing(qtbot: QtBot, folder: Path) -> None:
    journal = Journal(folder)
    journal.track(DocumentState(), lambda: "字")
    journal.touch()
    journal.flush()
    journal.close()
    assert list(folder.iterdir()) == []


def test_what_a_dead_process_left_is_found_with_all_it_knew(
    journal: Journal, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "稿.txt"
    path.write_bytes("旧文字，写了一半。".encode("gb18030"))
    state = Documents(tmp_path / "backups").open(path, Encoding.GB18030).state
    _left_behind(folder, (state, "新\ud83d文😀"))
    (found,) = journal.recoverable()
    assert found.text == "新\ud83d文😀"
    assert found.state.path == path
    assert (found.state.encoding, found.state.line_end) == (Encoding.GB18030, LineEnd.LF)
    assert found.state.modified
    assert found.state.digest == state.digest
    assert found.state.document_id == state.document_id


def test_a_journal_of_an_earlier_version_tells_what_the_file_was(
    journal: Journal, folder: Path
) -> None:
    _left_behind(folder, (DocumentState(), "字"))
    (path,) = folder.rglob("*.json")
    record = json.loads(path.read_text("utf-8"))
    record["stamp"] = {"mtime_ns": 1, "size_bytes": 2, "sha256": "ab12"}
    path.write_text(json.dumps(record), encoding="utf-8")
    (found,) = journal.recoverable()
    assert (found.text, found.state.digest) == ("字", "ab12")


def test_the_newest_comes_first_and_each_is_forgotten_alone(journal: Journal, folder: Path) -> None:
    _left_behind(folder, (DocumentState(), "早"), (DocumentState(), "晚"))
    found = journal.recoverable()
    assert [document.text for document in found] == ["晚", "早"]
    journal.forget(found[0])
    assert [document.text for document in journal.recoverable()] == ["早"]
    journal.forget(found[1])
    assert journal.recoverable() == ()
    assert list(folder.iterdir()) == []


def test_text_nobody_decided_on_is_offered_again_at_the_next_start(
    qtbot: QtBot, folder: Path
) -> None:
    _left_behind(folder, (DocumentState(), "未决"))
    first = Journal(folder)
    assert len(first.recoverable()) == 1
    first.close()
    second = Journal(folder)
    assert [document.text for document in second.recoverable()] == ["未决"]
    second.close()


def test_two_windows_do_not_take_the_same_text(
    qtbot: QtBot, journal: Journal, folder: Path
) -> None:
    _left_behind(folder, (DocumentState(), "谁的"))
    other = Journal(folder)
    assert len(journal.recoverable()) == 1
    assert other.recoverable() == ()
    other.close()


def test_a_recovered_text_is_safe_before_the_old_journal_goes(
    journal: Journal, folder: Path
) -> None:
    _left_behind(folder, (DocumentState(), "失而复得"))
    (found,) = journal.recoverable()
    journal.track(found.state, lambda: found.text)
    journal.forget(found)
    (left,) = _texts(folder)
    assert "失而复得" in left


def test_a_broken_journal_does_not_hide_the_others(journal: Journal, folder: Path) -> None:
    _left_behind(folder, (DocumentState(), "好的"))
    (own,) = folder.iterdir()
    (own / "broken.json").write_bytes(b'{"format": 1, "te')
    assert [document.text for document in journal.recoverable()] == ["好的"]


def test_a_failing_disk_is_said_once_and_tried_again(
    qtbot: QtBot, journal: Journal, folder: Path
) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_bytes(b"in the way")
    failures: list[object] = []
    journal.failed.connect(failures.append)
    journal.track(DocumentState(), lambda: "文字")
    with qtbot.waitSignal(journal.failed):
        journal.touch()
    journal.flush()
    journal.flush()
    assert len(failures) == 1
    folder.unlink()
    qtbot.waitUntil(lambda: len(_texts(folder)) == 1)


def test_text_typed_until_the_process_is_killed_is_recovered(
    journal: Journal, folder: Path
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.services.journal_child", str(folder)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
    )
    with child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == b"written\n"
            assert journal.recoverable() == ()
        finally:
            child.kill()
    (found,) = journal.recoverable()
    assert found.text.startswith("没有名字的文稿😀字")
    assert found.state.path is None
