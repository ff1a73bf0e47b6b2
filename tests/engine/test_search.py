from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.engine.cancel import Cancel
from assistant.engine.context import Context
from assistant.engine.mixer import Mixer
from assistant.engine.predictor import Predictor
from assistant.engine.search import SpanSearch
from assistant.engine.tokenizer import Vocabulary
from assistant.errors import Cancelled
from assistant.text.masks import find_spans
from tests.engine.toy import PLAIN_TOKENS, ToySession, hashed_scores, toy_package

HAN = "甲乙丙丁戊己庚辛"


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    return Vocabulary(toy_package(tmp_path_factory.mktemp("toy")))


def search_for(vocabulary: Vocabulary, text: str, seed: int, sharpness: float = 4.0) -> SpanSearch:
    session = ToySession(hashed_scores(seed, sharpness, vocabulary.tokens))
    predictor = Predictor(session, vocabulary, Mixer())
    return SpanSearch(predictor, vocabulary, Context(vocabulary, text, find_spans(text), 40))


def open_slots(vocabulary: Vocabulary, text: str) -> list:
    return list(Context(vocabulary, text, find_spans(text), 40).open_slots())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_the_list_is_what_trying_every_word_gives(vocabulary: Vocabulary, seed: int) -> None:
    text = "甲乙[MASK][MASK]丙丁。"
    search, slots = search_for(vocabulary, text, seed), open_slots(vocabulary, text)
    words = ["".join(pair) for pair in itertools.product(HAN, repeat=2)]
    scores = search.score(slots, 0, [vocabulary.encode(word)[0] for word in words])
    expected = sorted(zip(scores, words, strict=True), reverse=True)[:5]
    found = search.best(slots, 0, 5, width=64)
    assert [word.text for word in found] == [word for _, word in expected]
    assert [word.log_prob for word in found] == pytest.approx([score for score, _ in expected])


def test_lengths_compete_in_one_list(vocabulary: Vocabulary) -> None:
    text = "甲乙[MASK]丙丁。"
    lengths = {
        len(word.text)
        for seed in range(30)
        for word in search_for(vocabulary, text, seed).best(open_slots(vocabulary, text), 0, 5)
    }
    assert lengths == {1, 2, 3, 4}


def test_probabilities_of_all_words_of_known_length_sum_to_one(
    vocabulary: Vocabulary,
) -> None:
    text = "甲[MASK][MASK]乙。"
    search, slots = (
        search_for(vocabulary, text, 3, sharpness=0.5),
        open_slots(vocabulary, text),
    )
    words = ["".join(pair) for pair in itertools.product(HAN, repeat=2)]
    scores = search.score(slots, 0, [vocabulary.encode(word)[0] for word in words])
    assert math.fsum(map(math.exp, scores)) == pytest.approx(1.0, abs=1e-5)


def test_words_hold_no_pieces_specials_or_duplicates(vocabulary: Vocabulary) -> None:
    text = "甲乙[MASK]丙丁。"
    for seed in range(20):
        found = search_for(vocabulary, text, seed).best(open_slots(vocabulary, text), 0, 20)
        texts = [word.text for word in found]
        assert len(texts) == len(set(texts))
        assert not any("#" in word or "[" in word or not word for word in texts)


def test_all_better_words_are_found(vocabulary: Vocabulary) -> None:
    text = "甲乙[MASK][MASK]丙丁。"
    search, slots = search_for(vocabulary, text, 7), open_slots(vocabulary, text)
    tenth = search.best(slots, 0, 10)[-1]
    better, complete = search.above(slots, 0, tenth.log_prob, 100, 64)
    assert (len(better), complete) == (9, True)
    assert len(search.above(slots, 0, tenth.log_prob, 4, 64)[0]) == 5


def test_a_model_without_a_span_token_uses_the_prior(tmp_path: Path) -> None:
    vocabulary = Vocabulary(toy_package(tmp_path, tokens=PLAIN_TOKENS))
    text = "甲乙[MASK]丙丁。"
    search, slots = search_for(vocabulary, text, 5), open_slots(vocabulary, text)
    scores = search.score(slots, 0, [vocabulary.encode(character)[0] for character in HAN])
    assert math.fsum(map(math.exp, scores)) == pytest.approx(0.4, abs=1e-5)


def test_a_thrown_cancel_stops_the_search(vocabulary: Vocabulary) -> None:
    text = "甲乙[MASK]丙丁。"
    cancel = Cancel()
    cancel.throw()
    with pytest.raises(Cancelled):
        search_for(vocabulary, text, 5).best(open_slots(vocabulary, text), 0, 5, cancel)
