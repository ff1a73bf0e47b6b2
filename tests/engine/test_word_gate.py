from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from assistant.engine.word_gate import (
    FEATURES,
    REST_FEATURES,
    Opinion,
    Pool,
    WordGate,
    WordGates,
    mix_own,
    rest_features,
    word_features,
)

LENGTHS = {1: math.log(0.5), 2: math.log(0.4)}


def settings(hidden: int = 2, weights: Mapping[int, float] | None = None) -> dict[str, list]:
    """Return a gate that trusts the search, and weighs some more features of words."""
    word = [1.0] + [0.0] * (FEATURES - 1)
    for feature, value in (weights or {}).items():
        word[feature] = value
    return {
        "word": word,
        "inner": [[0.0] * hidden for _ in range(FEATURES)],
        "inner_rest": [[0.0] * hidden for _ in range(REST_FEATURES)],
        "bias": [0.0] * hidden,
        "outer": [0.0] * hidden,
        "rest": [1.0] + [0.0] * (REST_FEATURES - 1),
        "rest_inner": [[0.0] * hidden for _ in range(REST_FEATURES)],
        "rest_bias": [0.0] * hidden,
        "rest_outer": [0.0] * hidden,
    }


def opinion(p: float, memory: float = 0.0, frequency: float = 0.0, length: int = 2) -> Opinion:
    return Opinion(math.log(p), memory, frequency, length)


def mix(*opinions: Opinion, weights: Mapping[int, float] | None = None) -> list[float]:
    return WordGate(settings(weights=weights)).mix(Pool(opinions, LENGTHS))


def test_a_gate_that_only_trusts_the_search_changes_nothing() -> None:
    final = mix(opinion(0.5), opinion(0.3))
    assert final == pytest.approx([math.log(0.5), math.log(0.3)], abs=1e-6)


def test_candidates_and_the_rest_sum_to_one() -> None:
    final = mix(opinion(0.1, 0.4, 5.0), opinion(0.2), opinion(0.01, 0.1), weights={1: 0.5, 3: 0.2})
    assert 0 < math.fsum(map(math.exp, final)) < 1


def test_who_else_is_asked_about_changes_nothing() -> None:
    chance = np.random.default_rng(0)
    values = settings(4)
    values = {name: chance.normal(size=np.shape(value)) for name, value in values.items()}
    gate = WordGate(values)
    found = [opinion(0.3, 0.2, 4.0), replace(opinion(0.2), guessed=True, ending=2.0)]
    others = [opinion(0.35, 0.3), opinion(0.05, length=1)]
    alone = gate.mix(Pool(found, LENGTHS))
    beside = gate.mix(Pool([*found, *others], LENGTHS, basis=2))
    assert beside[:2] == pytest.approx(alone, abs=1e-5)
    one = gate.mix(Pool([*found, others[1]], LENGTHS, basis=2))
    assert one[2] == pytest.approx(beside[3], abs=1e-5)


def test_the_hidden_layer_is_a_sum_of_what_words_and_rest_say() -> None:
    chance = np.random.default_rng(1)
    w = {name: chance.normal(size=np.shape(value)) for name, value in settings(3).items()}
    pool = Pool([opinion(0.3, 0.2, 4.0), replace(opinion(0.1, length=1), topic=2.0)], LENGTHS)
    words, rest = word_features(pool).astype(float), rest_features(pool).astype(float)
    scores = [
        row @ w["word"]
        + sum(
            max(0.0, row @ w["inner"][:, h] + rest @ w["inner_rest"][:, h] + w["bias"][h])
            * w["outer"][h]
            for h in range(3)
        )
        for row in words
    ]
    none = rest @ w["rest"] + sum(
        max(0.0, rest @ w["rest_inner"][:, h] + w["rest_bias"][h]) * w["rest_outer"][h]
        for h in range(3)
    )
    expected = np.array(scores) - np.logaddexp.reduce([*scores, none])
    assert WordGate(w).mix(pool) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(
    ("feature", "word"),
    [
        (1, opinion(0.1, memory=0.5)),
        (4, opinion(0.1, frequency=6.0)),
        (13, replace(opinion(0.1), topic=3.0)),
        (17, replace(opinion(0.1, length=3), gap=3.0)),
        (19, replace(opinion(0.1), repeat=math.log(2))),
        (25, replace(opinion(0.1), ending=4.0)),
        (26, replace(opinion(0.1), beginning=4.0)),
        (27, opinion(0.1, length=1)),
    ],
)
def test_a_word_is_lifted_by_what_speaks_for_it(feature: int, word: Opinion) -> None:
    plain = replace(opinion(0.12), length=3 if feature == 17 else 2)
    known, unknown = mix(word, plain, weights={feature: 9.0 if feature == 27 else 2.0})
    assert known > unknown


def test_a_guess_can_count_less() -> None:
    guessed, scored = mix(replace(opinion(0.2), guessed=True), opinion(0.15), weights={22: -1.0})
    assert guessed < scored


def test_what_is_left_is_told_with_and_without_guesses() -> None:
    scored = rest_features(Pool([opinion(0.5)], LENGTHS))
    both = rest_features(Pool([opinion(0.5), replace(opinion(0.25), guessed=True)], LENGTHS))
    assert scored[0] == both[0] == pytest.approx(math.log(0.5))
    assert both[8] == pytest.approx(math.log(0.25) - math.log(0.5), abs=1e-6)
    assert scored[8] == 0
    assert scored[3:5].tolist() == pytest.approx([0.3 * LENGTHS[1], 0.3 * LENGTHS[2]])


def test_no_candidates_are_no_error() -> None:
    assert mix() == []


@pytest.mark.parametrize("name", list(settings()))
def test_weights_of_another_shape_are_refused(name: str) -> None:
    values = settings()
    with pytest.raises(ValueError, match="word gate"):
        WordGate({**values, name: [*values[name], values[name][0]]})


def test_both_kinds_of_blank_need_a_gate() -> None:
    assert WordGates.of({"known": settings(), "unknown": settings()}).known is not None
    with pytest.raises(KeyError):
        WordGates.of({"known": settings()})


def test_words_of_personal_memories_take_a_share_of_all() -> None:
    found = [math.log(0.3), math.log(0.1), math.log(0.1)]
    own = [math.exp(p) for p in mix_own(found, [0, 2, 0], None, 1.0)]
    assert own == pytest.approx([0.15, 0.55, 0.05])
    more = [math.exp(p) for p in mix_own(found, [1, 8, 0], None, 1.0)]
    assert more[1] > own[1]
    assert math.fsum(more) <= 1
    assert mix_own(found, [0, 2, 0], None, 0.0) == pytest.approx(found)


def test_a_word_asked_about_beside_others_has_what_it_would_have_among_them() -> None:
    found = [math.log(0.3), math.log(0.1)]
    among = mix_own(found, [0, 2], None, 1.0)
    beside = mix_own(found, [0, 2], 1, 1.0)
    assert beside[1] == pytest.approx(among[1])
    assert beside[0] == pytest.approx(found[0])


def test_what_the_text_calls_for_is_weighed():
    plain = Opinion(-2.0, 0.0, 5.0, 1)
    called = replace(plain, called=4.0, loudest=3.0)
    rows = word_features(Pool([plain, called], LENGTHS))
    columns = np.flatnonzero(rows[0] != rows[1])
    assert rows[1, columns] == pytest.approx([1.2, 0.9])
    assert not rows[0, columns].any()
