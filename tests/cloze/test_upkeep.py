from __future__ import annotations

import pytest

from assistant.cloze import upkeep
from assistant.cloze.edit import add_gap, swap_distractor
from assistant.cloze.exercise import Kind, Script
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.make import make_exercise
from assistant.cloze.options import Options
from assistant.cloze.passage import gap_places
from assistant.cloze.places import Place
from assistant.cloze.strategies import Strategy
from assistant.cloze.validate import validate
from assistant.errors import EmptyTextError, NoGapError
from tests.cloze.conftest import TEXT
from tests.cloze.fake import FakeScorer

CHOICE = Options(Strategy.WORDLIST, Kind.CHOICE, words=("公园",), seed=3)


def place_of(word: str) -> Place:
    start = TEXT.index(word)
    return Place(start, start + len(word))


def test_a_sheet_without_gaps_keeps_the_text_and_what_was_asked() -> None:
    sheet = upkeep.without_gaps(TEXT, Options(Strategy.MANUAL, Kind.BANK, title="郊游"))
    assert (sheet.text, sheet.gaps, sheet.kind, sheet.title) == (TEXT, (), Kind.BANK, "郊游")
    validate(sheet)


def test_a_sheet_of_nothing_is_refused() -> None:
    with pytest.raises(EmptyTextError):
        upkeep.without_gaps(" \n", Options(Strategy.MANUAL))


def test_a_new_gap_gets_options_and_the_old_ones_stay(lexicon: Lexicon) -> None:
    made = make_exercise(TEXT, CHOICE, lexicon)
    uid, first = made.gaps[0].uid, made.gaps[0].distractors[0]
    own = swap_distractor(made, uid, first.text, upkeep.spare_options(made, uid, lexicon)[0])
    whole = upkeep.completed(add_gap(own, place_of("荷花")), 4, lexicon)
    old, new = whole.gaps
    assert old == own.gaps[0]
    assert new.answer == "荷花"
    assert len(new.options) == 4
    validate(whole)


def test_completing_judges_every_gap(lexicon: Lexicon) -> None:
    sheet = upkeep.without_gaps(TEXT, Options(Strategy.MANUAL))
    sheet = add_gap(sheet, place_of("散步"))
    scorer = FakeScorer({"散步": {"散步": 0.4, "跑步": 0.3}})
    judged = upkeep.completed(sheet, 4, lexicon, scorer)
    assert [rival.text for rival in judged.gaps[0].alternatives] == ["跑步"]


def test_spare_options_are_none_of_those_in_use(lexicon: Lexicon) -> None:
    made = make_exercise(TEXT, CHOICE, lexicon)
    gap = made.gaps[0]
    spares = [spare.text for spare in upkeep.spare_options(made, gap.uid, lexicon)]
    assert spares
    assert set(spares) & set(gap.options) == set()


def test_spare_options_of_a_traditional_sheet_are_traditional(lexicon: Lexicon) -> None:
    options = Options(
        Strategy.WORDLIST, Kind.CHOICE, words=("时候",), script=Script.TRADITIONAL, choices=2
    )
    made = make_exercise(TEXT, options, lexicon)
    spares = upkeep.spare_options(made, made.gaps[0].uid, lexicon)
    assert made.gaps[0].answer == "時候"
    assert all("时" not in spare.text for spare in spares)


def test_a_gap_moves_to_the_nearest_word_without_rivals() -> None:
    sheet = add_gap(upkeep.without_gaps(TEXT, Options(Strategy.MANUAL)), place_of("美丽"))
    tables = {"湖边": {"湖边": 0.5, "岸边": 0.4}, "荷花": {"荷花": 0.9}}
    changed, uid = upkeep.moved(sheet, sheet.gaps[0].uid, FakeScorer(tables))
    (gap,) = changed.gaps
    assert gap.uid == uid
    assert gap.answer != "美丽"
    assert gap.alternatives == ()
    assert changed.text == TEXT


def test_without_a_model_a_gap_moves_beside_itself_but_touches_no_other() -> None:
    sheet = upkeep.without_gaps(TEXT, Options(Strategy.MANUAL))
    for word in ("美丽", "妹妹"):
        sheet = add_gap(sheet, place_of(word))
    changed, uid = upkeep.moved(sheet, sheet.gaps[1].uid)
    places = gap_places(changed)
    (other,) = [place for key, place in places.items() if key != uid]
    assert places[uid].start_char - other.end_char >= 2 or (
        other.start_char - places[uid].end_char >= 2
    )


def test_a_gap_that_is_all_there_is_cannot_move() -> None:
    sheet = add_gap(upkeep.without_gaps("荷花", Options(Strategy.MANUAL)), Place(0, 2))
    with pytest.raises(NoGapError):
        upkeep.moved(sheet, sheet.gaps[0].uid)
