from __future__ import annotations

import pytest

from assistant.cloze import upkeep
from assistant.cloze.exercise import Kind
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.make import make_exercise
from assistant.cloze.open_blanks import count_blanks, draw_blanks, has_blank, unasked_sentences
from assistant.cloze.options import Options
from assistant.cloze.passage import gap_places
from assistant.cloze.places import Place
from assistant.cloze.strategies import Strategy
from assistant.errors import NoGapError, OpenBlanksError
from assistant.export import registry
from tests.cloze.conftest import TEXT

OPEN = "小明一早就去[MASK]散步。" + TEXT
WORDS = Options(Strategy.WORDLIST, Kind.OPEN, words=("公园", "散步", "荷花"))


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("去[MASK]散步", "去______散步"),
        ("去【mask】散步", "去______散步"),
        ("去[MASK][MASK]散步", "去□□散步"),
        ("去□[mask]散步", "去□□散步"),
        ("去____（　　）□散步", "去____（　　）□散步"),
        ("没有空", "没有空"),
    ],
)
def test_marks_are_drawn_as_they_are_printed(text: str, drawn: str) -> None:
    assert draw_blanks(text) == drawn
    assert count_blanks(drawn) == count_blanks(text)
    assert draw_blanks(drawn) == drawn


@pytest.mark.parametrize("format_name", ["csv", "gift", "html", "moodle"])
def test_a_sheet_prints_a_line_and_no_mark(format_name: str, lexicon: Lexicon) -> None:
    sheet = make_exercise(OPEN, WORDS, lexicon)
    written = registry.render(sheet, format_name).data.decode("utf-8")
    assert sheet.text == draw_blanks(OPEN)
    assert "就去______散步" in written
    assert "mask" not in written.lower()


@pytest.mark.parametrize("strategy", [Strategy.NTH, Strategy.POS, Strategy.WORDLIST])
def test_a_sentence_with_an_open_blank_is_not_asked_about(
    strategy: Strategy, lexicon: Lexicon
) -> None:
    options = Options(strategy, every=1, words=WORDS.words, count=None)
    sheet = make_exercise(OPEN, options, lexicon)
    first = sheet.text.index("。")
    assert min(place.start_char for place in gap_places(sheet).values()) > first


def test_a_text_of_open_blanks_says_so(lexicon: Lexicon) -> None:
    with pytest.raises(OpenBlanksError) as failure:
        make_exercise("小明去[MASK]散步。", WORDS, lexicon)
    assert isinstance(failure.value, NoGapError)
    assert "1 个空" in failure.value.message("zh")


def test_own_gaps_are_not_made_of_blanks(lexicon: Lexicon) -> None:
    options = Options(Strategy.MANUAL)
    text = "小明去[MASK]散步。"
    places = [Place(3, 9), Place(9, 11)]
    sheet = make_exercise(text, options, lexicon, places=places)
    assert ([gap.answer for gap in sheet.gaps], sheet.text) == (["散步"], "小明去______散步。")
    bare = upkeep.without_gaps(text, options)
    assert bare.text == sheet.text
    assert has_blank(bare.text, Place(8, 10))
    assert not has_blank(bare.text, Place(9, 11))


def test_a_gap_does_not_move_to_a_sentence_with_an_open_blank(lexicon: Lexicon) -> None:
    text = "小明散步[MASK][MASK]。公园里的那些小鸟飞走了。"
    sheet = make_exercise(text, Options(Strategy.WORDLIST, words=("公园",)), lexicon)
    changed, uid = upkeep.moved(sheet, sheet.gaps[0].uid)
    (sentence,) = unasked_sentences(changed.text)
    assert gap_places(changed)[uid].start_char >= sentence.end_char
