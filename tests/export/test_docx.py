"""Sheets read back with python-docx (their pages were also looked at in LibreOffice)."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings

from assistant.cloze.exercise import Exercise, Kind, Script
from assistant.export import passage, registry
from tests.export import samples
from tests.export.nasty import exercises


def opened(exercise: Exercise) -> Any:
    return docx.Document(io.BytesIO(registry.render(exercise, "docx").data))


def lines(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def fonts(document: Any) -> list[tuple[str, str]]:
    """Return (text, East Asian font) of every run, in tables and ruby too."""
    found: list[tuple[str, str]] = []
    for run in document.element.body.iter(qn("w:r")):
        text = "".join(node.text or "" for node in run.findall(qn("w:t")))
        rfonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        found.append((text, rfonts.get(qn("w:eastAsia")) if rfonts is not None else ""))
    return found


@pytest.mark.parametrize("name", samples.all_samples())
def test_every_run_names_its_chinese_font(name: str) -> None:
    document = opened(samples.all_samples()[name])
    assert {font for _, font in fonts(document)} <= {"宋体", "黑体", "楷体"}
    section = document.sections[0]
    assert section.page_width.cm == pytest.approx(21, abs=0.01)
    assert section.page_height.cm == pytest.approx(29.7, abs=0.01)
    for element in document.styles.element.iter(qn("w:rFonts")):
        assert not [key for key in element.attrib if key.endswith("Theme")]
    for language in document.styles.element.iter(qn("w:lang")):
        assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_traditional_sheets_use_traditional_words_and_fonts() -> None:
    document = opened(replace(samples.bank_exercise(), script=Script.TRADITIONAL))
    assert "一、選詞填空（每小題1分，共3分）" in lines(document)
    assert "新細明體" in {font for _, font in fonts(document)}


def test_head_of_the_sheet() -> None:
    text = lines(opened(samples.choice_exercise()))
    assert text[0] == "山里的早上（A 卷）"
    assert text[1].replace("　", "") == "班级：姓名：得分："
    assert text[2] == "一、完形填空（每小题1.5分，共9分）"


def test_blanks_are_numbered_and_equally_wide() -> None:
    document = opened(samples.open_exercise())
    blanks = [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.underline and run.text[0].isdigit()
    ]
    # Hard spaces: word processors drop wide ones at the end of a line.
    assert blanks == [str(number) + "\u00a0" * 16 for number in (1, 2, 3)]


def test_options_stand_on_tab_stops() -> None:
    document = opened(samples.choice_exercise())
    rows = {p.text: p for p in document.paragraphs if "\t" in p.text}
    assert list(rows)[:4] == [
        "1．\tA．清晨\tB．清澈\tC．清楚\tD．清单",
        "2．\tA．推动\tB．推广\tC．推开\tD．推迟",
        "3．\tA．一阵热闹的锣鼓声\tB．一股带着泥土味的凉气",
        "\tC．一张写满字的纸\tD．一堆晒干的稻草",
    ]
    assert sum("\t" in text for text in rows) == 4 * 1 + 2 + 4

    def stops(text: str) -> list[float]:
        return [round(stop.position.cm, 1) for stop in rows[text].paragraph_format.tab_stops]

    texts = list(rows)
    assert stops(texts[0]) == [1.0, 4.7, 8.4, 12.1]
    assert stops(texts[2]) == [1.0, 8.4]
    assert stops(texts[5]) == [1.0]
    assert rows[texts[2]].paragraph_format.keep_with_next is True


def test_the_word_bank_stands_in_a_box() -> None:
    document = opened(samples.bank_exercise())
    (table,) = document.tables
    assert table.cell(0, 0).text.split() == [
        "①井底之蛙",
        "②守株待兔",
        "③画蛇添足",
        "④杯弓蛇影",
        "⑤亡羊补牢",
    ]
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    assert {side.get(qn("w:val")) for side in borders} == {"single"}


def test_the_key_starts_a_page_and_groups_letters() -> None:
    document = opened(samples.choice_exercise())
    texts = lines(document)
    start = texts.index("参考答案")
    assert document.paragraphs[start].paragraph_format.page_break_before is True
    assert texts[start + 2] == "1—5　ACBDC　6　A"
    assert texts[-1].startswith("天格外蓝，因为昨夜的那场雨把整座山都洗了一遍。")
    assert not any("清晨总是" in text for text in texts[:start])


def test_the_key_names_alternatives() -> None:
    texts = lines(opened(samples.open_exercise()))
    assert "1．镜子（明镜 得 50%）" in texts
    assert "2．白云（云朵 亦可）" in texts


def test_pinyin_stands_above_the_passage_but_not_in_the_key() -> None:
    document = opened(samples.verse_exercise())
    pairs = [
        [node.text for node in ruby.iter(qn("w:t"))]
        for ruby in document.element.body.iter(qn("w:ruby"))
    ]
    assert pairs == [["bái", "白"], ["rì", "日"], ["yī", "依"], ["shān", "山"], ["jìn", "尽"]]


@settings(max_examples=25)
@given(exercises(Kind.CHOICE))
def test_options_survive(exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    texts = lines(opened(exercise))
    written = "\t".join(text for text in texts if "\t" in text)
    for gap in clean.gaps:
        for letter, option in zip("ABC", gap.options, strict=False):
            assert f"{letter}．{option}" in written
