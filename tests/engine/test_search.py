from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.engine.cancel import Cancel
from assistant.engine.context import Context, Slot
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
    found = search.best(slots, 0, 5, width=64).words
    assert [word.text for word in found] == [word for _, word in expected]
    assert [word.log_prob for word in found] == pytest.approx([score for score, _ in expected])


def test_lengths_compete_in_one_list(vocabulary: Vocabulary) -> None:
    text = "甲乙[MASK]丙丁。"
    lengths = {
        len(word.text)
        for seed in range(30)
        for word in search_for(vocabulary, text, seed)
        .best(open_slots(vocabulary, text), 0, 5)
        .words
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
        found = search_for(vocabulary, text, seed).best(open_slots(vocabulary, text), 0, 20).words
        texts = [word.text for word in found]
        assert len(texts) == len(set(texts))
        assert not any("#" in word or "[" in word or not word for word in texts)


def test_all_better_words_are_found(vocabulary: Vocabulary) -> None:
    text = "甲乙[MASK][MASK]丙丁。"
    search, slots = search_for(vocabulary, text, 7), open_slots(vocabulary, text)
    tenth = search.best(slots, 0, 10).words[-1]
    better = search.above(slots, 0, tenth.log_prob, 100, 64)
    assert (len(better.words), better.complete) == (9, True)
    assert len(search.above(slots, 0, tenth.log_prob, 4, 64).words) == 5


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


LONG = "甲乙丙丁戊己庚辛" * 4 + "[MASK]" + "辛庚己戊丁丙乙甲" * 4 + "。"


def test_only_the_beginning_of_a_word_of_unknown_length_reads_all_of_the_text(
    vocabulary: Vocabulary,
) -> None:
    session = ToySession(hashed_scores(4, 2.0, vocabulary.tokens))
    context = Context(vocabulary, LONG, find_spans(LONG), 70)
    search = SpanSearch(Predictor(session, vocabulary, Mixer()), vocabulary, context)
    found = search.best(context.open_slots(), 0, 5)
    whole = len(context.query([Slot(masks=1)], 0).ids)
    rows = [row for run in session.runs for row in run]
    assert whole == 68
    assert sum(len(row) == whole for row in rows) == 1
    assert all(len(row) <= 2 * 12 + 4 + 2 for row in session.runs[-1])
    longer = [word for word in found.words if len(word.ids) > 1]
    scores = search.score(context.open_slots(), 0, [word.ids for word in longer])
    assert scores == pytest.approx([word.log_prob for word in longer])


def test_a_short_row_holds_what_stands_around_the_blank(vocabulary: Vocabulary) -> None:
    context = Context(vocabulary, LONG, find_spans(LONG), 70)
    state = [Slot(vocabulary.encode("丁")[0], "丁", 2)]
    short, whole = context.query(state, 0, 3), context.query(state, 0)
    tokens = [vocabulary.tokens[i] for i in short.ids]
    assert "".join(tokens) == "[CLS]己庚辛丁[MASK][MASK]辛庚己[SEP]"
    assert tokens[short.column - 1 : short.column + 1] == ["丁", "[MASK]"]
    assert (short.left, short.right) == (whole.left, whole.right)
    assert context.query(state, 0, 100) == whole


def test_words_of_a_hopeless_length_are_scored_but_not_looked_for(tmp_path: Path) -> None:
    package = toy_package(tmp_path, tokens=PLAIN_TOKENS, length_prior=[0.6, 0.37, 0.02, 0.01])
    vocabulary = Vocabulary(package)
    text = "甲乙[MASK]丙丁。"
    search, slots = search_for(vocabulary, text, 5), open_slots(vocabulary, text)
    assert sorted(search.hopeful(slots, 0)) == [1, 2]
    assert {len(word.ids) for word in search.best(slots, 0, 60).words} == {1, 2}
    assert math.isfinite(search.score(slots, 0, [vocabulary.encode("甲乙丙")[0]])[0])


def test_the_likeliest_length_is_never_hopeless(tmp_path: Path) -> None:
    package = toy_package(tmp_path, tokens=PLAIN_TOKENS, length_prior=[0.04, 0.03, 0.02, 0.01])
    vocabulary = Vocabulary(package)
    text = "甲乙[MASK]丙丁。"
    search, slots = search_for(vocabulary, text, 5), open_slots(vocabulary, text)
    assert sorted(search.hopeful(slots, 0)) == [1]
