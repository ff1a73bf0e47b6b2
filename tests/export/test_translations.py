from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from translate.storage.tmx import tmxfile

from assistant.errors import FileWriteError, UnknownFormatError
from assistant.export.rendered import Change
from assistant.export.translations import FORMATS, export, format_of, render
from assistant.records import SentenceTranslation, Translation
from tests.export.nasty import words

XML = "{http://www.w3.org/XML/1998/namespace}"
# The elements and attributes of TMX 1.4b that we use, after its specification.
TMX = etree.DTD(
    io.StringIO("""
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note|ude|prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
 segtype (block|paragraph|sentence|phrase) #REQUIRED o-tmf CDATA #REQUIRED
 adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED
 o-encoding CDATA #IMPLIED creationdate CDATA #IMPLIED creationid CDATA #IMPLIED
 changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT note (#PCDATA)> <!ELEMENT ude EMPTY> <!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED xml:lang CDATA #IMPLIED>
<!ELEMENT body (tu*)> <!ELEMENT tu ((note|prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED creationdate CDATA #IMPLIED>
<!ELEMENT tuv ((note|prop)*, seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
""")
)


def translation(*pairs: tuple[str, str], doubtful: tuple[int, ...] = ()) -> Translation:
    text, sentences = "", []
    for i, (source, target) in enumerate(pairs):
        start = len(text)
        text += source
        sentences.append(SentenceTranslation(start, len(text), source, target, 0.5, i in doubtful))
        text += "\n"
    made = "\n".join(target for _, target in pairs)
    return Translation(text, made, tuple(sentences), 1.0)


def one_line(text: str) -> str:
    return " ".join(text.split()) or "x"


# A sentence lies in one line, and tabs part sentences.
pairs = st.lists(st.tuples(words.map(one_line), words.map(one_line)), min_size=1, max_size=4)
PLAIN = translation(("你好。", "Hello."), ("再见。", "Bye."), doubtful=(1,))


def printable(text: str) -> str:
    return "".join("\ufffd" if ord(c) < 32 or 0x7F <= ord(c) <= 0x9F else c for c in text)


def docx_rows(data: bytes) -> list[tuple[str, ...]]:
    (table,) = Document(io.BytesIO(data)).tables
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


@given(pairs)
def test_docx_holds_every_pair_side_by_side(drawn: list[tuple[str, str]]):
    rows = docx_rows(render(translation(*drawn), "docx").data)[1:]
    assert rows == [tuple(map(printable, pair)) for pair in drawn]


def test_docx_names_fonts_marks_doubt_and_repeats_its_heading():
    data = render(PLAIN, "docx").data
    assert docx_rows(data)[1:] == [("你好。", "Hello."), ("再见。", "? Bye.")]
    document = Document(io.BytesIO(data))
    properties = document.tables[0].rows[0]._tr.trPr
    assert properties is not None
    assert properties.find(qn("w:tblHeader")) is not None
    for run in document.element.body.iter(qn("w:r")):
        fonts = run.find(qn("w:rPr")).find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) in {"宋体", "黑体"}
        assert fonts.get(qn("w:ascii")) == "Times New Roman"
    assert "?" in document.paragraphs[-1].text


def test_docx_leaves_a_row_where_the_text_has_a_blank_line():
    made = Translation(
        "甲\n\n乙", "A\n\nB",
        (SentenceTranslation(0, 1, "甲", "A", 1, False),
         SentenceTranslation(3, 4, "乙", "B", 1, False)), 0.0,
    )  # fmt: skip
    assert docx_rows(render(made, "docx").data)[1:] == [("甲", "A"), ("", ""), ("乙", "B")]


@given(pairs)
def test_tsv_reads_back_as_it_was(drawn: list[tuple[str, str]]):
    rendered = render(translation(*drawn), "tsv")
    rows = list(csv.reader(io.StringIO(rendered.data.decode("utf-8-sig")), dialect="excel-tab"))
    guarded = any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for pair in drawn for cell in pair
    )
    assert (Change.FORMULAS in {note.change for note in rendered.notes}) is guarded
    for row, pair in zip(rows[1:], drawn, strict=True):
        for cell, wanted in zip(row[:2], map(printable, pair), strict=True):
            risky = wanted.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert cell == (f"'{wanted}" if risky else wanted)


def test_tsv_marks_doubt_and_begins_with_a_byte_order_mark():
    data = render(PLAIN, "tsv").data
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[1:3] == ["你好。\tHello.\t0.500\t", "再见。\tBye.\t0.500\t?"]


@given(pairs)
def test_tmx_follows_its_specification_and_a_real_reader_reads_it_back(
    drawn: list[tuple[str, str]],
):
    data = render(translation(*drawn), "tmx").data
    root = etree.fromstring(data)
    assert TMX.validate(root), TMX.error_log
    units = [
        {v.get(f"{XML}lang"): v.findtext("seg") for v in unit.iter("tuv")}
        for unit in root.iter("tu")
    ]
    wanted = [tuple(map(printable, pair)) for pair in drawn]
    assert [(unit["zh-CN"], unit["en"]) for unit in units] == wanted
    store = tmxfile(io.BytesIO(data), "zh-CN", "en")
    found = [(one_line(str(unit.source)), one_line(str(unit.target))) for unit in store.units]
    assert found == [tuple(map(one_line, pair)) for pair in wanted]


def test_tmx_names_scores_and_doubt_and_leaves_out_what_has_no_translation():
    root = etree.fromstring(
        render(translation(("你好。", "Hello."), ("空。", " "), doubtful=(0,)), "tmx").data
    )
    (unit,) = root.iter("tu")
    assert {prop.get("type"): prop.text for prop in unit.iter("prop")} == {
        "x-score": "0.500", "x-doubtful": "yes",
    }  # fmt: skip


def test_plain_text_is_the_translation():
    assert render(PLAIN, "txt").data == b"Hello.\nBye."


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_written_in_the_format_of_its_suffix(name: str, tmp_path: Path):
    path = tmp_path / f"甲{FORMATS[name].suffix.upper()}"
    assert export(PLAIN, path) == ()
    assert path.stat().st_size > 5


def test_control_characters_are_replaced_and_told():
    rendered = render(translation(("铃\x07", "bell\x07")), "txt")
    assert rendered.data.decode() == "bell\ufffd"
    assert [note.change for note in rendered.notes] == [Change.CONTROL_CHARACTERS]


def test_an_unknown_suffix_is_refused_with_those_that_are_known():
    with pytest.raises(UnknownFormatError, match="tmx"):
        format_of(Path("a.pdf"))
    with pytest.raises(UnknownFormatError):
        format_of(Path("name"))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(FileWriteError):
        export(PLAIN, tmp_path / "missing" / "a.tmx")
