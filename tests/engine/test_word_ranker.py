"""All words of a list are weighed as one by one would do, the long list after a cheap look."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine import word_ranker
from assistant.engine.topics import Topics
from assistant.engine.triggers import CALLS, Around
from assistant.engine.word_ranker import CHEAP, CLUES, STATIC, UNRANKED, Clues, WordRanker
from assistant.engine.word_table import WordTable
from tests.engine.test_word_table import CODE, memory_of
from tests.engine.topic_samples import VOCABULARY, ids_of, topic_sections

SIZE = 30


def table_of(random: np.random.Generator, length: int, count: int = 300) -> WordTable:
    words = {tuple(row) for row in random.integers(1, SIZE, (count, length)).tolist()}
    counts = {word: int(random.integers(1, 5000)) for word in words}
    return WordTable(memory_of(counts, SIZE), [chr(CODE + i) for i in range(SIZE)])


def settings_of(random: np.random.Generator, length: int, hidden: int = 3) -> dict[str, Any]:
    features = length + STATIC + CLUES
    return {
        "cheap": random.normal(size=length + STATIC + CHEAP).tolist(),
        "word": random.normal(size=features).tolist(),
        "inner": random.normal(size=(features, hidden)).tolist(),
        "bias": random.normal(size=hidden).tolist(),
        "outer": random.normal(size=hidden).tolist(),
    }


def clues_of(random: np.random.Generator, table: WordTable, length: int) -> Clues:
    views = [random.normal(size=SIZE).astype(np.float32) for _ in range(length)]
    columns = table.words(length).columns
    chosen = random.choice(columns.shape[1], 5, replace=False)
    listed = {tuple(columns[:, i].tolist()): float(random.uniform()) for i in chosen}
    return Clues(views, [1], None, {**listed, (0,) * length: 0.5})


def by_hand(table: WordTable, given: dict[str, Any], clues: Clues, word: tuple[int, ...]) -> float:
    own = clues.listed.get(word, 0.0)
    seen = [np.log(max(own, 1e-4) / 1e-4), float(word in clues.listed)]
    views = [view[token] for view, token in zip(clues.views, word, strict=True)]
    known = np.array([*views, table.bond(word), table.frequency(word), *seen, *[0.0] * (CLUES - 2)])
    hidden = np.maximum(known @ np.array(given["inner"]) + given["bias"], 0)
    return float(known @ given["word"] + hidden @ np.array(given["outer"]))


@given(seed=st.integers(0, 2**32 - 1), length=st.integers(2, 4))
def test_every_word_is_weighed_by_all_that_is_known_of_it(seed: int, length: int) -> None:
    random = np.random.default_rng(seed)
    table, given_ = table_of(random, length), settings_of(random, length)
    clues = clues_of(random, table, length)
    ranking = WordRanker({str(length): given_}, table, None).rank(length, clues)
    words = [tuple(column) for column in table.words(length).columns.T.tolist()]
    merits = np.array([by_hand(table, given_, clues, word) for word in words])
    expected = merits - np.logaddexp.reduce(merits)
    assert ranking.log_probs == pytest.approx(expected, abs=2e-3)
    assert [ranking.log_prob(word) for word in words] == pytest.approx(expected.tolist(), abs=2e-3)
    best = [expected[words.index(word)] for word in ranking.best(7)]
    assert best == pytest.approx(sorted(expected, reverse=True)[:7], abs=2e-3)


@given(seed=st.integers(0, 2**32 - 1), length=st.integers(2, 3))
def test_of_a_long_list_the_cheaply_best_are_weighed(seed: int, length: int) -> None:
    random = np.random.default_rng(seed)
    table, given_ = table_of(random, length), settings_of(random, length)
    clues = clues_of(random, table, length)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_ranker, "_WHOLE", 50)
        patch.setattr(word_ranker, "LOOKED_THROUGH", 40)
        ranking = WordRanker({str(length): given_}, table, None).rank(length, clues)
    read = given_["cheap"][:-CALLS]
    cheap = {"word": [*read, *[0.0] * (CLUES - 2)], "outer": [0.0] * 3}
    words = [tuple(column) for column in table.words(length).columns.T.tolist()]
    merits = [by_hand(table, given_ | cheap, clues, word) for word in words]
    found = sorted(merits[i] for i in ranking.places.tolist())
    assert found == pytest.approx(sorted(merits)[-40:], abs=2e-3)
    assert np.exp(ranking.log_probs).sum() == pytest.approx(1, abs=1e-4)
    others = set(range(len(words))) - set(ranking.places.tolist())
    assert {ranking.log_prob(words[i]) for i in others} == {UNRANKED}


def test_what_the_topics_know_is_among_the_clues() -> None:
    topics = Topics(topic_sections())
    table = WordTable(memory_of({(1, 2): 9, (3, 4): 5, (1, 4): 5}, 5, "□下雨米饭"), VOCABULARY)
    ranker = WordRanker({}, table, topics)
    words = table.words(2)
    views = [np.zeros(len(VOCABULARY), dtype=np.float32)] * 2
    features = ranker.features(2, Clues(views, ids_of("雨伞"), None, {}), np.arange(3))
    suits, _, known, reach, _, *calls = features[2 + STATIC + 2 :]
    rain, rice, none = (words.place(ids_of(word)) for word in ("下雨", "米饭", "下饭"))
    assert suits[rain] == pytest.approx(topics.words(ids_of("雨伞"), [ids_of("下雨")])[0])
    assert suits[rain] > suits[rice]
    assert known[[rain, rice, none]].tolist() == [1, 1, 0]
    assert reach[rain] > 0
    assert features[2 + STATIC + 2 :, none].tolist() == [0] * (CLUES - 2)
    assert not np.any(calls)


@pytest.mark.parametrize("looked_through", [1, 3])
def test_what_is_called_for_is_ranked_first_even_in_the_cheap_part(looked_through: int) -> None:
    rain = word_place("下雨")
    called = {"trigger_targets": np.array([(len(VOCABULARY) + rain) << 4 | 2], dtype=np.uint16)}
    starts = np.arange(len(VOCABULARY) + 1) > ids_of("伞")[0]
    topics = Topics(
        topic_sections()
        | called
        | {
            "trigger_units": np.zeros(0, dtype=np.int32),
            "trigger_starts": starts.astype(np.int32),
            "trigger_values": np.array([*[3.0] * 15, 0.0], dtype=np.float32),
        }
    )
    table = WordTable(memory_of({(1, 2): 9, (3, 4): 9, (1, 4): 9}, 5, "□下雨米饭"), VOCABULARY)
    size = 2 + STATIC + CLUES
    weights = {
        "cheap": [0.0] * (2 + STATIC + 2) + [1.0, 0.0],
        "word": [0.0] * (size - 1) + [1.0],
        "inner": [[0.0]] * size,
        "bias": [0.0],
        "outer": [0.0],
    }
    ranker = WordRanker({"2": weights}, table, topics)
    views = [np.zeros(len(VOCABULARY), dtype=np.float32)] * 2
    clues = Clues(views, [1], None, {}, Around(ids_of("伞")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_ranker, "_WHOLE", 2)
        patch.setattr(word_ranker, "LOOKED_THROUGH", looked_through)
        ranking = ranker.rank(2, clues)
    assert ranking.best(1) == [ids_of("下雨")]
    assert len(ranking.places) == looked_through
    if looked_through > 1:
        assert ranking.log_prob(ids_of("下雨")) == pytest.approx(3 - np.log(np.exp(3) + 2))


def word_place(word: str) -> int:
    return int(Topics(topic_sections()).places(np.array([ids_of(word)]))[0])


def test_an_empty_list_ranks_nothing() -> None:
    random = np.random.default_rng(0)
    table = table_of(random, 2)
    ranker = WordRanker({"3": settings_of(random, 3)}, table, None)
    views = [np.zeros(SIZE, dtype=np.float32)] * 3
    ranking = ranker.rank(3, Clues(views, [1], None, {(1, 1, 1): 0.5}))
    assert ranking.best(5) == []
    assert ranking.log_prob((1, 2, 3)) == UNRANKED
    assert ranker.knows(3)
    assert not ranker.knows(2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cheap", [0.0] * 5),
        ("word", [0.0] * 12),
        ("inner", [[0.0] * 2] * 13),
        ("outer", [0.0]),
        ("bias", [float("nan")] * 3),
    ],
)
def test_weights_that_do_not_fit_are_refused(name: str, value: Any) -> None:
    random = np.random.default_rng(0)
    given_ = settings_of(random, 2) | {name: value}
    with pytest.raises(ValueError, match="word ranker"):
        WordRanker({"2": given_}, table_of(random, 2), None)
