from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.cloze import strategies
from assistant.cloze.exercise import Band
from assistant.cloze.find_gaps import find_gaps
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.options import Options
from assistant.cloze.places import Place, inner_range
from assistant.cloze.strategies import Strategy
from assistant.cloze.tokens import Part, is_common, tokenize
from assistant.errors import ScorerNeededError
from tests.cloze.fake import FakeScorer


def words(text: str, places: Iterable[Place]) -> list[str]:
    return [text[place.start_char : place.end_char] for place in places]


def test_tokens_cover_the_text(text: str) -> None:
    assert "".join(token.text for token in tokenize(text)) == text
    spaced = "你好  world，\n再见 \ud800好"
    assert all(spaced[t.start_char : t.end_char] == t.text for t in tokenize(spaced))


def test_every_nth_word_passes_over_names_and_numbers(text: str) -> None:
    start = inner_range(text, keep_ends=True)
    found = words(text, strategies.nth_words(tokenize(text), 3, start))
    inner = [t for t in tokenize(text) if t.is_word and t.start_char >= start.start_char]
    assert found[0] == "妹妹"
    assert not set(found) & {"小明", "三只"}
    assert len(inner) // 4 <= len(found) <= len(inner) // 3


def test_ctest_takes_second_halves_from_the_second_sentence(text: str) -> None:
    places = strategies.ctest_halves(text, tokenize(text))
    starts = {t.start_char + 1 for t in tokenize(text) if len(t.text) == 2}
    assert places
    assert all(place.start_char in starts for place in places)
    assert all(place.end_char - place.start_char == 1 for place in places)
    assert min(places).start_char > text.index("。")
    pairs = [t for t in tokenize(text) if len(t.text) == 2 and not t.is_name_or_number]
    later = [t for t in pairs if t.start_char > text.index("。")]
    assert len(places) == len(later) // 2


def test_parts_of_speech_are_told_apart(text: str) -> None:
    tokens = tokenize(text)
    verbs = words(text, strategies.parts_of_speech(tokens, [Part.VERB]))
    nouns = words(text, strategies.parts_of_speech(tokens, [Part.NOUN]))
    assert {"休息", "看见"} <= set(verbs)
    assert {"公园", "荷花"} <= set(nouns)
    assert not set(verbs) & set(nouns)


def test_two_words_that_the_dictionary_lists_as_one_are_never_taken() -> None:
    text = "消息在这里传得比报纸快，师傅剪头发唱起歌，他先用手指量，大家觉得小伙子有自尊心。"
    tokens = tokenize(text)
    phrases = {"传得", "剪头发", "唱起歌", "先用"}
    assert phrases <= {token.text for token in tokens}
    found = set(words(text, strategies.parts_of_speech(tokens, [Part.CONTENT])))
    assert not phrases & found
    assert {"觉得", "小伙子", "自尊心"} <= found


def test_a_word_that_stands_elsewhere_too_is_taken_last() -> None:
    text = "先来一句。他拿起剪刀看了看镜子。剪刀很旧了。最后一句。"
    options = Options(Strategy.POS, parts=(Part.NOUN,), count=1)
    for seed in range(8):
        found = words(text, find_gaps(text, replace(options, seed=seed), Lexicon(Path("none"))))
        assert found == ["镜子"]
    more = words(text, find_gaps(text, replace(options, count=2), Lexicon(Path("none"))))
    assert len(more) == 2


def test_names_and_numbers_are_never_taken() -> None:
    text = "李明在北京买了三百二十个苹果和两本书。"
    found = words(text, strategies.parts_of_speech(tokenize(text), list(Part)))
    assert "苹果" in found
    assert not {"李明", "北京", "三百二十个", "三百二十"} & set(found)


def test_listed_words_are_whole_words_and_characters_anywhere() -> None:
    text = "他学习中文，中午在学校吃饭。"
    found = strategies.listed_words(text, tokenize(text), {"学习", "午", "文中"})
    assert words(text, found) == ["学习", "午"]


def test_idioms_are_found(text: str, lexicon: Lexicon) -> None:
    assert words(text, strategies.idioms(text, lexicon.idioms)) == ["一心一意"]


@pytest.mark.parametrize("strategy", [s for s in Strategy if s is not Strategy.MANUAL])
def test_every_strategy_is_repeatable(strategy: Strategy, text: str, lexicon: Lexicon) -> None:
    scorer = FakeScorer({}, other=0.4)
    options = Options(strategy, count=5, words=("公园", "小鸟"), seed=4)
    found = find_gaps(text, options, lexicon, scorer)
    assert 1 <= len(found) <= 5
    assert found == find_gaps(text, options, lexicon, scorer)
    assert list(found) == sorted(found)


def test_a_band_takes_what_the_model_finds_so_hard(text: str, lexicon: Lexicon) -> None:
    tables = {"公园": {"公园": 0.4}, "荷花": {"荷花": 0.7}, "小鸟": {"小鸟": 0.1}}
    for band, word in ((Band.MEDIUM, "公园"), (Band.EASY, "荷花"), (Band.HARD, "小鸟")):
        options = Options(Strategy.ENTROPY, band=band)
        found = find_gaps(text, options, lexicon, FakeScorer(tables))
        assert words(text, found) == [word]


def test_the_band_needs_a_model(text: str, lexicon: Lexicon) -> None:
    with pytest.raises(ScorerNeededError):
        find_gaps(text, Options(Strategy.ENTROPY), lexicon)


def test_common_words_are_known_from_rare_ones_and_names() -> None:
    assert is_common("银行")
    assert not is_common("华彬")
    assert not is_common("没受")
    assert not is_common("鸟岛狗")
