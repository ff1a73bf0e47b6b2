from __future__ import annotations

import math

import pytest

from assistant.engine.word_gate import (
    FEATURES,
    FEWER_FEATURES,
    REST_FEATURES,
    Opinion,
    WordGate,
    WordGates,
)


def gate(**weights: float) -> WordGate:
    word = [0.0] * FEATURES
    word[0] = 1.0
    for name, value in weights.items():
        word[int(name[1:])] = value
    return WordGate({"word": word, "rest": [1.0] + [0.0] * (REST_FEATURES - 1)})


def opinion(p: float, memory: float = 0.0, frequency: float = 0.0, length: int = 2) -> Opinion:
    return Opinion(math.log(p), memory, frequency, length)


def test_a_gate_that_only_trusts_the_search_changes_nothing() -> None:
    final = gate().mix([opinion(0.5), opinion(0.3)])
    assert final == pytest.approx([math.log(0.5), math.log(0.3)])


def test_candidates_and_the_rest_sum_to_one() -> None:
    final = gate(w1=0.5, w3=0.2).mix([opinion(0.1, 0.4, 5.0), opinion(0.2), opinion(0.01, 0.1)])
    assert 0 < math.fsum(map(math.exp, final)) < 1


def test_who_else_is_asked_about_changes_nothing() -> None:
    pool = [opinion(0.3, 0.2, 4.0), opinion(0.2)]
    alone = gate(w1=0.5).mix(pool)
    beside = gate(w1=0.5).mix([*pool, opinion(0.1, 0.3), opinion(0.05)], basis=2)
    assert beside[:2] == pytest.approx(alone)


def test_a_word_the_memory_lists_is_lifted_over_one_it_does_not() -> None:
    known, unknown = gate(w1=0.5).mix([opinion(0.1, memory=0.5), opinion(0.12)])
    assert known > unknown


def test_a_word_of_the_list_is_lifted_over_a_chance_string() -> None:
    word, chance = gate(w4=2.0).mix([opinion(0.01, frequency=6.0), opinion(0.02)])
    assert word > chance


def test_a_word_that_suits_the_text_is_lifted_over_one_that_does_not() -> None:
    suits = Opinion(math.log(0.1), 0.0, 0.0, 2, topic=1.0)
    strange = Opinion(math.log(0.12), 0.0, 0.0, 2, topic=-1.0)
    first, second = gate(w13=0.5).mix([suits, strange])
    assert first > second


def test_a_word_that_suits_the_gap_is_lifted_by_the_weight_of_its_length() -> None:
    three = Opinion(math.log(0.1), 0.0, 0.0, 3, gap=1.0)
    four = Opinion(math.log(0.1), 0.0, 0.0, 4, gap=1.0)
    first, second = gate(w17=0.5).mix([three, four])
    assert first - second == pytest.approx(0.5)


def test_a_word_that_stands_in_the_text_already_is_lifted_over_one_that_does_not() -> None:
    said = Opinion(math.log(0.1), 0.0, 0.0, 2, repeat=math.log(2))
    new = Opinion(math.log(0.12), 0.0, 0.0, 2)
    first, second = gate(w19=1.0).mix([said, new])
    assert first > second


@pytest.mark.parametrize("features", FEWER_FEATURES)
def test_a_gate_of_before_there_were_such_features_knows_none(features: int) -> None:
    old = {"word": [1.0] + [0.0] * (features - 1), "rest": [1.0, 0.0, 0.0]}
    word = Opinion(math.log(0.4), 0.0, 0.0, 2, topic=3.0, gap=3.0, repeat=1.0)
    assert WordGate(old).mix([word]) == pytest.approx([math.log(0.4)])


@pytest.mark.parametrize(
    "settings",
    [{"word": [1.0], "rest": [0.0] * REST_FEATURES}, {"word": [0.0] * FEATURES, "rest": []}],
)
def test_weights_of_another_shape_are_refused(settings: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match="word gate"):
        WordGate(settings)


def test_both_kinds_of_blank_need_a_gate() -> None:
    one = {"word": [0.0] * FEATURES, "rest": [0.0] * REST_FEATURES}
    assert WordGates.of({"known": one, "unknown": one}).known is not None
    with pytest.raises(KeyError):
        WordGates.of({"known": one})
