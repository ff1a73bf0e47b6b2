from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.cloze.exercise import (
    Alternative,
    Answer,
    BankWord,
    Distractor,
    DistractorKind,
    Exercise,
    Gap,
    Kind,
    Script,
    Text,
)
from assistant.cloze.pinyin_hints import add_pinyin, readings
from assistant.cloze.script import detect_script, to_script

SHEET = Exercise(
    "u",
    "头发",
    Kind.BANK,
    (
        Text("皇后的头"),
        Gap(
            "a",
            (Answer("发"), Answer("饰物", 0.5)),
            (Distractor("脑", DistractorKind.MEANING, "义近"),),
            alternatives=(Alternative("脸", 0.2),),
        ),
        Text("在理发后，"),
        Gap("b", (Answer("变长"),)),
        Text("了。"),
    ),
    bank=(BankWord("发", "a"), BankWord("变长", "b"), BankWord("干净")),
)


def test_a_gap_is_converted_in_its_context() -> None:
    converted = to_script(SHEET, Script.TRADITIONAL)
    assert converted.text == "皇后的頭髮在理髮後，變長了。"
    assert converted.gaps[0].answer == "髮"
    assert [word.text for word in converted.bank] == ["髮", "變長", "乾淨"]
    assert converted.gaps[0].distractors[0].text == "腦"
    assert converted.gaps[0].alternatives[0].text == "臉"
    assert (converted.title, converted.script) == ("頭髮", Script.TRADITIONAL)


def test_there_and_back_is_the_same() -> None:
    assert to_script(to_script(SHEET, Script.TRADITIONAL), Script.SIMPLIFIED) == SHEET
    assert to_script(SHEET, Script.SIMPLIFIED) is SHEET


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("春天来了，花开了。", Script.SIMPLIFIED),
        ("春天來了，花開了。", Script.TRADITIONAL),
        ("人山人海", Script.SIMPLIFIED),
        ("", Script.SIMPLIFIED),
    ],
)
def test_the_script_of_a_text(text: str, script: Script) -> None:
    assert detect_script(text) is script


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("银行很长，他长大了。", "yín háng hěn cháng  tā zhǎng dà le "),
        ("重要的重庆", "zhòng yào de chóng qìng"),
        ("他还在看书", "tā hái zài kàn shū"),
        ("好ABC，", "hǎo    "),
        ("", ""),
    ],
)
def test_readings_follow_the_context(text: str, wanted: str) -> None:
    found = readings(text)
    assert len(found) == len(text)
    assert " ".join(found) == wanted


def test_pinyin_spares_the_gaps_unless_wished() -> None:
    hinted = add_pinyin(SHEET)
    assert isinstance(hinted.segments[0], Text)
    assert hinted.segments[0].pinyin == ("huáng", "hòu", "de", "tóu")
    assert [gap.pinyin for gap in hinted.gaps] == ["", ""]
    assert [gap.pinyin for gap in add_pinyin(SHEET, on_gaps=True).gaps] == ["fà", "biàn cháng"]


def test_gaps_of_an_unhinted_sheet_stay_bare() -> None:
    bare = add_pinyin(add_pinyin(SHEET, on_gaps=True))
    assert bare == add_pinyin(SHEET)
    assert replace(bare, title="x").gaps == bare.gaps
