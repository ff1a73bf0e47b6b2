"""Traps in docx files: refused with a typed error, quickly; never anything else."""

from __future__ import annotations

import os
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import DamagedDocumentError, FileReadError, FileTooLargeError
from assistant.text import plain_text
from assistant.text.plain_text import TextReader, read_text

_MAIN = "word/document.xml"
_XML = ("[Content_Types].xml", "_rels/.rels", _MAIN, "word/_rels/document.xml.rels")


def _parts() -> dict[str, bytes]:
    document = Document()
    document.add_paragraph("铁皮熊住在坡上。")
    document.add_table(rows=1, cols=2).cell(0, 0).text = "栗子糕"
    stream = BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


PARTS = _parts()


def _write(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def _with_main(path: Path, old: bytes, new: bytes) -> Path:
    assert old in PARTS[_MAIN]
    return _write(path, PARTS | {_MAIN: PARTS[_MAIN].replace(old, new, 1)})


def _read_or_refuse(path: Path) -> str:
    """Return the text, or nothing when it was refused with an error for people."""
    try:
        return read_text(path)
    except FileReadError:
        return ""


def _cut(data: bytes, places: list[tuple[int, bytes]]) -> bytes:
    for place, new in places:
        place %= len(data) + 1
        data = data[:place] + new + data[place + len(new) :]
    return data


_damage = st.lists(
    st.tuples(st.integers(0, 100_000), st.binary(min_size=1, max_size=40)), max_size=5
)


@settings(max_examples=80)
@given(name=st.sampled_from(_XML), damage=_damage, missing=st.none() | st.sampled_from(_XML))
def test_a_damaged_part_is_read_or_refused(tmp_path, name, damage, missing):
    parts = PARTS | {name: _cut(PARTS[name], damage)}
    parts.pop(missing, None)
    _read_or_refuse(_write(tmp_path / "坏.docx", parts))


@settings(max_examples=80)
@given(damage=_damage, length=st.integers(0, 100_000))
def test_a_damaged_archive_is_read_or_refused(tmp_path, damage, length):
    path = _write(tmp_path / "坏.docx", PARTS)
    path.write_bytes(_cut(path.read_bytes(), damage)[:length])
    _read_or_refuse(path)


def test_entities_that_grow_without_end_are_not_expanded(tmp_path):
    levels = [f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9)]
    prolog = f'<!DOCTYPE w [<!ENTITY e0 "熊">{"".join(levels)}]>'.encode()
    main = PARTS[_MAIN].replace(b"<w:document", prolog + b"<w:document", 1)
    main = main.replace("铁皮熊".encode(), b"&e9;", 1)
    path = _write(tmp_path / "弹.docx", PARTS | {_MAIN: main})
    assert len(_read_or_refuse(path)) < 1_000


def test_an_entity_reads_no_other_file(tmp_path):
    (tmp_path / "密.txt").write_text("别人的秘密", "utf-8")
    prolog = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{(tmp_path / "密.txt").as_uri()}">]>'.encode()
    main = PARTS[_MAIN].replace(b"<w:document", prolog + b"<w:document", 1)
    main = main.replace("铁皮熊".encode(), b"&x;", 1)
    path = _write(tmp_path / "偷.docx", PARTS | {_MAIN: main})
    assert "秘密" not in _read_or_refuse(path)


def test_pictures_from_elsewhere_are_not_fetched(tmp_path, no_network):
    rels = PARTS["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" TargetMode="External" Target="http://example.com/a.png" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
        b"</Relationships>",
    )
    path = _write(tmp_path / "图.docx", PARTS | {"word/_rels/document.xml.rels": rels})
    assert "铁皮熊" in read_text(path)
    assert no_network == []


@pytest.mark.parametrize("limit", ["MAX_UNPACKED_BYTES", "MAX_XML_BYTES"])
def test_what_unpacks_to_too_much_is_refused(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(plain_text, limit, 3_000_000)
    padded = PARTS[_MAIN] + b" " * 3_000_000
    with pytest.raises(FileTooLargeError):
        read_text(_write(tmp_path / "弹.docx", PARTS | {_MAIN: padded}))


def test_thousands_of_parts_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(plain_text, "MAX_ENTRIES", 50)
    many = {f"word/media/{n}.bin": b"" for n in range(51)}
    with pytest.raises(DamagedDocumentError):
        read_text(_write(tmp_path / "多.docx", PARTS | many))


def test_a_part_outside_the_archive_is_written_nowhere(tmp_path):
    inside = tmp_path / "里"
    inside.mkdir()
    assert "铁皮熊" in read_text(_write(inside / "出.docx", PARTS | {"../../逃.txt": b"x"}))
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["出.docx", "里"]


def test_elements_nested_without_end_are_read_or_refused(tmp_path):
    deep = b"<w:sdt>" * 50_000
    path = _with_main(tmp_path / "深.docx", b"<w:body>", b"<w:body>" + deep)
    assert "熊" not in _read_or_refuse(path)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
def test_pipes_and_devices_in_a_folder_do_not_stop_the_reading(tmp_path):
    os.mkfifo(tmp_path / "管.txt")
    (tmp_path / "零.txt").symlink_to("/dev/zero")
    (tmp_path / "圈.txt").symlink_to(tmp_path / "圈.txt")
    (tmp_path / "文.txt").write_text("铁皮熊", "utf-8")
    reader = TextReader([tmp_path])
    assert list(reader.texts()) == ["铁皮熊"]
    assert sorted(path.name for path, _ in reader.failures) == ["圈.txt", "管.txt", "零.txt"]
