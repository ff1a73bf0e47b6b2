from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.cloze.edit import (
    accept_answer,
    add_gap,
    move_gap,
    remove_gap,
    set_hint,
    swap_distractor,
)
from assistant.cloze.exercise import Cause, Distractor, DistractorKind, Kind, Script, Text
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.make import make_exercise
from assistant.cloze.options import Options
from assistant.cloze.passage import cut, gap_places
from assistant.cloze.pinyin_hints import add_pinyin
from assistant.cloze.places import Place
from assistant.cloze.project_file import dumps, loads
from assistant.cloze.reasons import reason
from assistant.cloze.strategies import Strategy
from assistant.cloze.tokens import is_listed
from assistant.cloze.validate import validate
from assistant.errors import EmptyTextError, ExerciseError, NoGapError
from tests.cloze.fake import FakeScorer

WORDS = Options(Strategy.WORDLIST, words=("公园", "荷花", "小鸟"), seed=2, title="春")
SCORER = FakeScorer(
    {
        "公园": {"公园": 0.5, "湖边": 0.3, "学校": 0.02},
        "荷花": {"荷花": 0.6, "鲜花": 0.05},
        "小鸟": {"小鸟": 0.7, "鱼儿": 0.04},
    }
)


def test_an_open_sheet_is_made_and_judged(text: str, lexicon: Lexicon) -> None:
    sheet = make_exercise(text, WORDS, lexicon, SCORER)
    assert sheet.text == text
    assert [gap.answer for gap in sheet.gaps] == ["公园", "荷花", "小鸟"]
    assert [a.text for a in sheet.gaps[0].alternatives] == ["湖边"]
    assert all(gap.difficulty is not None for gap in sheet.gaps)
    assert loads(dumps(sheet)) == sheet
    assert make_exercise(text, WORDS, lexicon, SCORER) == sheet


def test_without_a_model_nothing_is_judged(text: str, lexicon: Lexicon) -> None:
    sheet = make_exercise(text, replace(WORDS, kind=Kind.CHOICE), lexicon)
    assert all(gap.difficulty is None and not gap.alternatives for gap in sheet.gaps)
    assert all(len(gap.options) == 4 for gap in sheet.gaps)
    validate(sheet)


@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.DROPDOWN])
def test_options_are_never_also_right(kind: Kind, text: str, lexicon: Lexicon) -> None:
    sheet = make_exercise(text, replace(WORDS, kind=kind), lexicon, SCORER)
    for gap in sheet.gaps:
        assert len(gap.options) == 4
        assert gap.options[gap.key_index] == gap.answer
        assert all(len(option) == 2 for option in gap.options)
        assert all(reason(distractor, "en") for distractor in gap.distractors)
    assert "湖边" not in sheet.gaps[0].options


@pytest.mark.parametrize("scorer", [None, SCORER])
def test_many_options_of_words_are_words_too(
    scorer: FakeScorer | None, text: str, lexicon: Lexicon
) -> None:
    words = ("散步", "妹妹", "他们", "引来", "鸭子")
    options = Options(Strategy.WORDLIST, Kind.CHOICE, words=words, choices=8)
    sheet = make_exercise(text, options, lexicon, scorer)
    assert [len(gap.options) for gap in sheet.gaps] == [8] * len(sheet.gaps)
    assert {gap.answer for gap in sheet.gaps} >= {"妹妹", "引来"}
    shown = {option for gap in sheet.gaps for option in gap.options}
    assert {option for option in shown if not is_listed(option)} == set()


def test_a_gap_without_options_is_no_question(lexicon: Lexicon) -> None:
    text = "他说Q很难写，公园里没有。"
    places = [Place(2, 3), Place(7, 9)]
    options = Options(Strategy.MANUAL, Kind.CHOICE)
    sheet = make_exercise(text, options, lexicon, places=places)
    assert [gap.answer for gap in sheet.gaps] == ["公园"]
    assert sheet.text == text
    with pytest.raises(NoGapError):
        make_exercise(text, options, lexicon, places=places[:1])


def test_a_bank_holds_every_answer_and_extras(text: str, lexicon: Lexicon) -> None:
    sheet = make_exercise(text, replace(WORDS, kind=Kind.BANK, extra=2), lexicon, SCORER)
    own = {word.gap: word.text for word in sheet.bank if word.gap}
    assert own == {gap.uid: gap.answer for gap in sheet.gaps}
    extras = [word.text for word in sheet.bank if word.gap is None]
    assert len(extras) == 2
    assert "湖边" not in extras


def test_a_traditional_text_stays_traditional(lexicon: Lexicon) -> None:
    text = "妹妹在公園裡高興地唱歌，鳥兒也來聽。"
    options = Options(Strategy.WORDLIST, words=("唱歌", "公园"))
    sheet = make_exercise(text, options, lexicon, FakeScorer({}))
    assert sheet.script is Script.TRADITIONAL
    assert sheet.text == text
    assert {gap.answer for gap in sheet.gaps} == {"公園", "唱歌"}
    simplified = make_exercise(text, replace(options, script=Script.SIMPLIFIED), lexicon)
    assert simplified.text == "妹妹在公园里高兴地唱歌，鸟儿也来听。"


def test_own_gaps(text: str, lexicon: Lexicon) -> None:
    at = text.index("散步")
    options = Options(Strategy.MANUAL)
    sheet = make_exercise(text, options, lexicon, SCORER, places=[Place(at, at + 2)])
    assert [gap.answer for gap in sheet.gaps] == ["散步"]


def test_papers_pinyin_and_level(text: str, lexicon: Lexicon) -> None:
    options = replace(WORDS, versions=("A", "B"), pinyin=True, level="第三课")
    sheet = make_exercise(text, options, lexicon)
    assert (sheet.version, sheet.versions) == ("A", ("A", "B"))
    assert isinstance(sheet.segments[0], Text)
    assert sheet.segments[0].pinyin[:2] == ("jīn", "tiān")
    assert {(gap.pinyin, gap.level) for gap in sheet.gaps} == {("", "第三课")}


def test_nothing_to_take_out(text: str, lexicon: Lexicon) -> None:
    with pytest.raises(NoGapError):
        make_exercise(text, Options(Strategy.WORDLIST, words=("龙",)), lexicon)
    with pytest.raises(NoGapError):
        make_exercise(text, Options(Strategy.MANUAL), lexicon)
    with pytest.raises(EmptyTextError):
        make_exercise(" \n", WORDS, lexicon)


def test_cutting_gives_back_the_text() -> None:
    segments = cut("甲乙丙", [Place(0, 1), Place(2, 3)], "u")
    assert [type(s).__name__ for s in segments] == ["Gap", "Text", "Gap"]
    with pytest.raises(ValueError, match="overlapping"):
        cut("甲乙丙", [Place(0, 2), Place(1, 3)], "u")


def test_a_gap_is_added_moved_and_removed(text: str, lexicon: Lexicon) -> None:
    sheet = make_exercise(text, replace(WORDS, kind=Kind.BANK, extra=1), lexicon)
    uids = [gap.uid for gap in sheet.gaps]
    at = text.index("休息")
    more = add_gap(sheet, Place(at, at + 2))
    assert [gap.uid for gap in more.gaps[:3]] == uids
    assert more.gaps[3].answer == "休息"
    assert ("休息", more.gaps[3].uid) in {(w.text, w.gap) for w in more.bank}
    validate(more)
    less = remove_gap(more, uids[0])
    assert [gap.answer for gap in less.gaps] == ["荷花", "小鸟", "休息"]
    assert "公园" not in {word.text for word in less.bank}
    assert less.text == text
    moved = move_gap(sheet, uids[0], Place(at, at + 2))
    assert [gap.answer for gap in moved.gaps] == ["荷花", "小鸟", "休息"]
    again = add_gap(remove_gap(sheet, uids[0]), gap_places(sheet)[uids[0]])
    assert [(gap.uid, gap.answers) for gap in again.gaps] == [
        (gap.uid, gap.answers) for gap in sheet.gaps
    ]
    with pytest.raises(ValueError, match="overlapping"):
        add_gap(sheet, Place(gap_places(sheet)[uids[0]].start_char - 1, at))


def test_pinyin_follows_an_edit(text: str, lexicon: Lexicon) -> None:
    sheet = add_pinyin(make_exercise(text, WORDS, lexicon))
    less = remove_gap(sheet, sheet.gaps[0].uid)
    assert less == add_pinyin(less)
    validate(less)


def test_an_alternative_is_accepted(text: str, lexicon: Lexicon) -> None:
    sheet = make_exercise(text, WORDS, lexicon, SCORER)
    uid = sheet.gaps[0].uid
    accepted = accept_answer(sheet, uid, "湖边", 0.5).gaps[0]
    assert [(a.text, a.weight) for a in accepted.answers] == [("公园", 1), ("湖边", 0.5)]
    assert accepted.alternatives == ()
    again = accept_answer(accept_answer(sheet, uid, "湖边"), uid, "湖边")
    assert len(again.gaps[0].answers) == 2


def test_an_accepted_option_leaves_the_options(text: str, lexicon: Lexicon) -> None:
    sheet = make_exercise(text, replace(WORDS, kind=Kind.CHOICE), lexicon, SCORER)
    for gap in sheet.gaps:
        for option in gap.distractors:
            changed = accept_answer(sheet, gap.uid, option.text)
            validate(changed)
            found = next(g for g in changed.gaps if g.uid == gap.uid)
            assert option.text not in found.options
            assert found.options[found.key_index] == gap.answer


def test_hints_and_options_by_hand(text: str, lexicon: Lexicon) -> None:
    sheet = make_exercise(text, replace(WORDS, kind=Kind.CHOICE), lexicon, SCORER)
    gap = sheet.gaps[1]
    old = gap.distractors[0].text
    own = Distractor("老师", DistractorKind.MANUAL)
    changed = swap_distractor(set_hint(sheet, gap.uid, "水里的"), gap.uid, old, own).gaps[1]
    assert (changed.hint, changed.key_index) == ("水里的", gap.key_index)
    assert changed.options.index("老师") == gap.options.index(old)
    with pytest.raises(ExerciseError):
        validate(swap_distractor(sheet, gap.uid, old, replace(own, text=gap.answer)))


def test_the_asked_number_of_options_comes_by_relaxing(lexicon: Lexicon) -> None:
    text = "树上落着一只猫头鹰，它睁着大大的眼睛。"
    places = [Place(text.index("猫"), text.index("猫") + 3)]
    options = Options(Strategy.MANUAL, Kind.CHOICE, choices=8)
    scorer = FakeScorer({"猫头鹰": {"猫头鹰": 0.4, "小鸟": 0.05}}, other=0.001)
    (gap,) = make_exercise(text, options, lexicon, scorer, places=places).gaps
    assert len(gap.options) == 8
    assert {d.cause for d in gap.distractors} >= {Cause.OTHER_LENGTH, Cause.COMMON}
    assert "小鸟" in gap.options


def test_the_veto_holds_however_few_options_are_left(lexicon: Lexicon) -> None:
    text = "树上落着一只猫头鹰，它睁着大大的眼睛。"
    places = [Place(text.index("猫"), text.index("猫") + 3)]
    options = Options(Strategy.MANUAL, Kind.CHOICE)
    scorer = FakeScorer({"猫头鹰": {"猫头鹰": 0.001}}, other=0.001)
    with pytest.raises(NoGapError):
        make_exercise(text, options, lexicon, scorer, places=places)


def test_a_title_is_left_whole_and_names_the_sheet(text: str, lexicon: Lexicon) -> None:
    sheet = make_exercise(f"公园的早晨\n\n{text}", replace(WORDS, title=""), lexicon)
    assert sheet.title == "公园的早晨"
    assert sheet.segments[0].text.startswith("公园的早晨")  # type: ignore[union-attr]
    assert len(sheet.gaps) == 3
