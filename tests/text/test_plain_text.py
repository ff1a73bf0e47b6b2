from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document

from assistant.errors import (
    BinaryFileError,
    DamagedDocumentError,
    FileMissingError,
    FileTooLargeError,
    NoDocumentError,
    UnsupportedFileError,
)
from assistant.text import plain_text
from assistant.text.plain_text import TextReader, read_text


def write_docx(path: Path) -> Path:
    document = Document()
    document.add_heading("雾隐坡", level=1)
    paragraph = document.add_paragraph("铁皮熊")
    paragraph.add_run("住在").bold = True
    paragraph.add_run("坡上。")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "栗子糕"
    table.cell(0, 1).text = "油纸伞"
    document.add_paragraph("完。")
    document.save(str(path))
    return path


def test_the_paragraphs_of_a_docx_are_lines_tables_too(tmp_path):
    text = read_text(write_docx(tmp_path / "a.DOCX"))
    assert text.split("\n") == ["雾隐坡", "铁皮熊住在坡上。", "栗子糕", "油纸伞", "完。"]


def test_text_files_of_any_encoding_are_read(tmp_path):
    for name, codec in (("a.txt", "gb18030"), ("b.md", "utf-8-sig"), ("c.txt", "utf-16")):
        (tmp_path / name).write_bytes(("铁皮熊住在雾隐坡上。" * 9).encode(codec))
        assert read_text(tmp_path / name) == "铁皮熊住在雾隐坡上。" * 9


def test_folders_are_read_with_what_is_in_them(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b.txt", "sub/a.md", "picture.png", ".git/c.txt", "~$a.docx", "A.TXT"):
        (tmp_path / name).write_text(f"{name}里的铁皮熊住在雾隐坡上，天天吃栗子糕。", "utf-8")
    reader = TextReader([tmp_path, tmp_path / "b.txt"])
    assert [text.split("里")[0] for text in reader.texts()] == ["A.TXT", "b.txt", "sub/a.md"]
    assert reader.failures == []


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.docx", b"not a zip archive", DamagedDocumentError),
        ("a.txt", b"\0\1\2" * 99, BinaryFileError),
        ("a.png", b"", UnsupportedFileError),
    ],
)
def test_a_bad_file_is_noted_and_the_others_are_read(tmp_path, name, data, error):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text("铁皮熊", "utf-8")
    reader = TextReader([tmp_path / name, tmp_path / "gone.txt", tmp_path / "good.txt"])
    assert list(reader.texts()) == ["铁皮熊"]
    assert [(path.name, type(found)) for path, found in reader.failures] == [
        (name, error),
        ("gone.txt", FileMissingError),
    ]


def test_a_docx_of_other_parts_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<broken")
    with pytest.raises(DamagedDocumentError, match=r"a\.docx"):
        read_text(path)


def test_a_docx_with_broken_xml_is_refused(tmp_path):
    whole = write_docx(tmp_path / "whole.docx")
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            part = data[:200] if entry.filename == "word/document.xml" else data
            target.writestr(entry.filename, part)
    with pytest.raises(DamagedDocumentError):
        read_text(path)


def test_a_docx_that_unpacks_to_too_much_is_refused_unread(tmp_path, monkeypatch):
    path = write_docx(tmp_path / "a.docx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bomb.bin", bytes(3_000_000))
    monkeypatch.setattr(plain_text, "MAX_UNPACKED_BYTES", 2_000_000)
    with pytest.raises(FileTooLargeError):
        read_text(path)


def test_a_text_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(plain_text, "MAX_FILE_BYTES", 10)
    (tmp_path / "a.txt").write_text("铁皮熊住在雾隐坡", "utf-8")
    with pytest.raises(FileTooLargeError):
        read_text(tmp_path / "a.txt")


def test_nothing_to_read_is_an_error(tmp_path):
    with pytest.raises(NoDocumentError):
        list(TextReader([tmp_path]).texts())


def test_the_only_file_names_its_own_error(tmp_path):
    with pytest.raises(FileMissingError, match=r"gone\.txt"):
        list(TextReader([tmp_path / "gone.txt"]).texts())


def test_progress_grows_from_nothing_to_all(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("一二三四五六七八" * 10, "utf-8")
    reader = TextReader([tmp_path])
    steps = []
    for number, _text in enumerate(reader.texts()):
        steps += [reader.bytes_done(number * 80 + done) for done in (0, 40, 80)]
    assert reader.total_bytes == 480
    assert steps == [0, 120, 240, 240, 360, 480]
