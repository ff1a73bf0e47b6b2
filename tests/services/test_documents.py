"""Opening and saving the person's files."""

from __future__ import annotations

import errno
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import (
    BinaryFileError,
    BubaiError,
    DiskFullError,
    FileChangedError,
    FileMissingError,
    FileReadOnlyError,
    FileTooLargeError,
    FileWriteError,
    UnencodableError,
    UnknownEncodingError,
)
from assistant.services import documents as documents_module
from assistant.services.documents import (
    MAX_RECENT,
    Documents,
    DocumentState,
    add_recent,
    existing,
)
from assistant.text.encodings import Encoding, LineEnd, encode

TEXT = "院子里的桃树开了花。\n孩子们在树下跑来跑去，笑声传得很远。\n"
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "data" / "backups"


@pytest.fixture
def documents(backups: Path) -> Documents:
    return Documents(backups)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "文稿" / "春天.txt"
    path.parent.mkdir()
    path.write_bytes(encode(TEXT, Encoding.GB18030, LineEnd.CRLF))
    return path


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_opened_file_keeps_its_encoding_and_line_ends_when_saved(
    documents: Documents, file: Path
) -> None:
    opened = documents.open(file)
    assert opened.text == TEXT
    assert (opened.state.encoding, opened.state.line_end) == (Encoding.GB18030, LineEnd.CRLF)
    documents.save(replace(opened.state, modified=True), TEXT + "完", file)
    assert file.read_bytes() == encode(TEXT + "完", Encoding.GB18030, LineEnd.CRLF)


def test_the_state_after_saving_is_unmodified_and_saved_again_without_complaint(
    documents: Documents, file: Path
) -> None:
    opened = documents.open(file)
    saved = documents.save(replace(opened.state, modified=True), "一")
    assert not saved.modified
    assert saved.saved_at is not None
    assert saved.document_id == opened.state.document_id
    documents.save(saved, "二")
    assert documents.open(file).text == "二"


def test_a_new_document_is_saved_under_its_name(documents: Documents, tmp_path: Path) -> None:
    path = tmp_path / "新.md"
    saved = documents.save(DocumentState(), TEXT, path)
    assert saved.path == path
    assert path.read_bytes() == TEXT.encode()
    assert _names(tmp_path) == ["新.md"]


def test_a_document_without_a_name_needs_one(documents: Documents) -> None:
    with pytest.raises(ValueError, match="path"):
        documents.save(DocumentState(), TEXT)


def test_a_guessed_encoding_can_be_reopened_as_another(documents: Documents, file: Path) -> None:
    file.write_bytes("裡面".encode("cp950"))
    assert not documents.open(file).state.certain
    assert documents.open(file, Encoding.BIG5).text == "裡面"


def test_saving_in_another_encoding_is_remembered(documents: Documents, file: Path) -> None:
    opened = documents.open(file)
    saved = documents.save(opened.state, "😀", encoding=Encoding.UTF16_LE)
    assert saved.encoding is Encoding.UTF16_LE
    assert documents.open(file).text == "😀"


def test_a_character_the_encoding_lacks_leaves_the_file_alone(
    documents: Documents, file: Path
) -> None:
    opened = documents.open(file)
    before = file.read_bytes()
    with pytest.raises(UnencodableError) as caught:
        documents.save(opened.state, "们", encoding=Encoding.BIG5)
    assert caught.value.facts["character"] == "们"
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (None, FileMissingError),
        (b"\x7fELF\0\0", BinaryFileError),
        (TEXT.encode()[:-2], UnknownEncodingError),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence_with_its_name(
    documents: Documents, tmp_path: Path, data: bytes | None, error: type[BubaiError]
) -> None:
    path = tmp_path / "坏.txt"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(error) as caught:
        documents.open(path)
    assert "坏.txt" in caught.value.message("zh")
    assert "坏.txt" in caught.value.message("en")


def test_a_folder_is_not_opened(documents: Documents, tmp_path: Path) -> None:
    with pytest.raises(BinaryFileError):
        documents.open(tmp_path)


def test_a_huge_file_is_refused_unread(documents: Documents, tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as stream:
        stream.truncate(documents_module.MAX_FILE_BYTES + 1)
    with pytest.raises(FileTooLargeError):
        documents.open(path)


def test_a_file_changed_by_others_is_not_overwritten_unless_forced(
    documents: Documents, file: Path
) -> None:
    state = documents.open(file).state
    file.write_bytes("别人的字".encode())
    with pytest.raises(FileChangedError):
        documents.save(state, "我的字")
    assert file.read_bytes() == "别人的字".encode()
    documents.save(state, "我的字", encoding=Encoding.UTF8, force=True)
    assert documents.open(file).text == "我的字"


def test_a_change_that_keeps_size_and_time_is_noticed_when_saving(
    documents: Documents, file: Path
) -> None:
    file.write_bytes("甲甲".encode())
    state = documents.open(file).state
    times = file.stat()
    file.write_bytes("乙乙".encode())
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(FileChangedError):
        documents.save(state, "丙丙")


def test_a_file_only_touched_did_not_change(documents: Documents, file: Path) -> None:
    state = documents.open(file).state
    os.utime(file, ns=(1, 1))
    documents.save(state, "新")
    assert documents.open(file).text == "新"


def test_a_file_that_is_gone_is_written_again(documents: Documents, file: Path) -> None:
    state = documents.open(file).state
    file.unlink()
    documents.save(state, "还在")
    assert documents.open(file).text == "还在"


def test_saving_under_another_name_leaves_the_old_file(
    documents: Documents, file: Path, tmp_path: Path
) -> None:
    state = documents.open(file).state
    other = tmp_path / "别名.txt"
    other.write_bytes(b"old")
    saved = documents.save(state, "新", other)
    assert saved.path == other
    assert documents.open(file).text == TEXT
    assert documents.open(other, Encoding.GB18030).text == "新"


def test_the_previous_version_is_kept(documents: Documents, file: Path, backups: Path) -> None:
    before = file.read_bytes()
    saved = documents.save(documents.open(file).state, "二")
    documents.save(saved, "二")
    (kept,) = backups.iterdir()
    assert kept.read_bytes() == before


def test_files_of_one_name_keep_their_own_backups(
    documents: Documents, tmp_path: Path, backups: Path
) -> None:
    for folder in ("甲", "乙"):
        path = tmp_path / folder / "稿.txt"
        path.parent.mkdir()
        path.write_bytes(folder.encode())
        documents.save(documents.open(path, Encoding.UTF8).state, "新")
    assert {path.read_bytes().decode() for path in backups.iterdir()} == {"甲", "乙"}


def test_backups_that_cannot_be_written_do_not_stop_saving(file: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "not-a-folder"
    blocked.write_bytes(b"")
    documents = Documents(blocked)
    documents.save(documents.open(file).state, "新")
    assert documents.open(file, Encoding.GB18030).text == "新"


@posix
def test_permissions_and_links_survive_saving(
    documents: Documents, file: Path, tmp_path: Path
) -> None:
    file.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(file)
    documents.save(documents.open(link).state, "新")
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert documents.open(file, Encoding.GB18030).text == "新"


def test_a_read_only_file_is_not_replaced(documents: Documents, file: Path) -> None:
    state = documents.open(file).state
    before = file.read_bytes()
    file.chmod(0o444)
    with pytest.raises(FileReadOnlyError):
        documents.save(state, "新")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EROFS, FileReadOnlyError),
        (errno.EACCES, FileReadOnlyError),
        (errno.EIO, FileWriteError),
    ],
)
def test_a_failing_disk_leaves_the_old_file_and_nothing_else(
    documents: Documents,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    error: type[BubaiError],
) -> None:
    state = documents.open(file).state

    def full(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(error):
        documents.save(state, "新")
    assert documents.open(file).text == TEXT
    assert _names(file.parent) == [file.name]


def test_a_folder_that_is_not_there_is_a_write_error(documents: Documents, tmp_path: Path) -> None:
    with pytest.raises(FileWriteError):
        documents.save(DocumentState(), TEXT, tmp_path / "无" / "稿.txt")


def test_broken_bytes_are_shown_only_when_asked_for(documents: Documents, file: Path) -> None:
    file.write_bytes(TEXT.encode()[:-2])
    opened = documents.open(file, Encoding.UTF8)
    assert opened.state.replaced == 1
    assert not opened.state.exact


def test_recent_files_are_few_newest_first_and_each_once() -> None:
    recent: tuple[Path, ...] = ()
    for number in range(15):
        recent = add_recent(recent, Path(f"{number}.txt"))
    recent = add_recent(recent, Path("9.txt"))
    assert len(recent) == MAX_RECENT
    assert recent[:2] == (Path("9.txt"), Path("14.txt"))
    assert len(set(recent)) == len(recent)


def test_recent_files_that_are_gone_are_dropped(file: Path) -> None:
    assert existing((file, file.with_name("没有.txt"))) == (file,)
