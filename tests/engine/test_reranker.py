from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.context import Context
from assistant.engine.made_words import SPANS
from assistant.engine.memory_counts import WINDOWS, Ints, Seen
from assistant.engine.reranker import (
    BLANK_FEATURES,
    FEATURES,
    Known,
    Place,
    Reranker,
    Said,
    features,
    repeats,
)
from assistant.engine.tokenizer import Vocabulary
from assistant.engine.triggers import CALLS
from assistant.text.masks import find_spans
from tests.engine.toy import toy_package

_CLS, _SEP, _MASK = 1, 2, 3
AFTER_LEFT = FEATURES - CALLS - 8
"""How often the candidate stands after the left neighbour."""
ROW = st.lists(st.integers(4, 7), min_size=1, max_size=4)


class Shown:
    """A text of token ids."""

    def __init__(self, ids: Sequence[int]) -> None:
        self._ids: Ints = np.array(ids, dtype=np.int64)

    def ids(self) -> Ints:
        return self._ids


def weights(**direct: float) -> dict[str, list]:
    """Return a reranker that adds up features, the i-th by the weight ``f<i>``."""
    return {
        "candidate": [[0.0]] * FEATURES,
        "blank": [[0.0]] * BLANK_FEATURES,
        "bias": [0.0],
        "outer": [0.0],
        "direct": [direct.get(f"f{i}", 0.0) for i in range(FEATURES)],
    }


def times(text: Sequence[int], wanted: Sequence[int]) -> int:
    size = len(wanted)
    return sum(list(text[i : i + size]) == list(wanted) for i in range(len(text) - size + 1))


@given(before=ROW, after=ROW, text=st.lists(st.integers(-1, 7), min_size=2, max_size=30))
def test_what_stands_elsewhere_is_counted(before: list[int], after: list[int], text: list[int]):
    row = [_CLS, *before, _MASK, *after, _SEP]
    column = len(before) + 1
    candidates = [4, 5, 6, 9]
    place = Place(row, column, Shown(text))
    expected = np.log(np.array([0.01, 0.02, 0.3, 0.01], dtype=np.float32))
    found = repeats(place, np.array(candidates), expected)
    left, right = row[:column], row[column + 1 :]
    for k, candidate in enumerate(candidates):
        counted = [
            times(text, [candidate]),
            times(text, [left[-1], candidate]),
            times(text, [*left[-2:], candidate]),
            times(text, [candidate, right[0]]),
            times(text, [candidate, *right[:2]]),
            len(text) * np.exp(expected[k]),
            times(text, [left[-1]]),
            times(text, [right[0]]),
        ]
        assert found[:8, k] == pytest.approx(np.log1p(counted), abs=1e-5)
        assert found[8, k] == (candidate in [*left[-3:], *right[:3]])


def test_characters_of_the_text_are_those_beside_the_same_neighbour_then_the_rarest():
    tokens = np.arange(10, 60)
    commonness = -np.arange(50, dtype=np.float32)
    text = Shown([3, 7, 12, -1, 12, 11, *range(20, 60), -1, 10, 8])
    said = Said(text, tokens, commonness)
    place = Place((_CLS, 12, _MASK, 8, _SEP), 2, text)
    found = (tokens.take(said.places(place))).tolist()
    assert sorted(found) == [10, 11, *range(50, 60)]
    few = Said(Shown([3, 12, -1]), tokens, commonness)
    assert tokens.take(few.places(place)).tolist() == [12]
    assert len(Said(Shown([3]), tokens, commonness).places(place)) == 0


def test_without_a_text_only_the_row_is_looked_at():
    found = repeats(Place((_CLS, 4, _MASK, _SEP), 2), np.array([4, 5]), np.zeros(2, np.float32))
    assert not found[:8].any()
    assert found[8].tolist() == [1, 0]


def test_the_text_of_a_query_is_the_window_and_some_beside_it_with_gaps_at_the_blanks(tmp_path):
    vocabulary = Vocabulary(toy_package(tmp_path))
    character = next(t for t in vocabulary.tokens if "\u4e00" <= t <= "\u9fff")
    token = vocabulary.encode(character)[0][0]
    text = f"{character * 300}[MASK]{character}[MASK]{character * 20}"
    context = Context(vocabulary, text, find_spans(text), 40)
    query = context.query(context.open_slots(), 0)
    assert len(query.ids) < 60
    assert query.sight is not None
    shown = query.sight.ids().tolist()
    assert shown[-22:] == [-1, token, -1, *[token] * 20][-22:]
    assert 200 <= shown.index(-1) < 260
    assert context.sight.times(character * 2) > 100
    assert context.sight.times(character * 21) > 9
    assert context.query(context.open_slots(), 1).sight is query.sight


def seen(logs: dict[int, float]) -> Seen:
    ids = np.array(sorted(logs))
    values = np.zeros((len(WINDOWS), len(ids)), dtype=np.float32)
    values[3] = [logs[i] for i in sorted(logs)]
    return Seen.of(ids, values, [0.0] * 8)


def test_a_candidate_has_the_counts_of_its_own_windows():
    opinion = np.log(np.array([0.5, 0.3, 0.2], dtype=np.float32))
    topics = np.array([[1, 2, 3], [0, 0, 0], [0, 0, 4]], dtype=np.float32)
    known = Known(opinion, opinion - 1, opinion - 2, opinion - 4, topics)
    best, ids = np.array([0, 2]), np.array([50, 40])
    words = np.zeros((len(SPANS), 2), dtype=np.float32)
    words[4, 1] = 3
    found = features(known, seen({30: 1.5, 50: 2.5}), best, ids, best, words, None)
    assert found.shape == (FEATURES, 2)
    assert found[:4] * 5 == pytest.approx(
        np.stack([opinion, opinion - 1, opinion - 2, opinion - 4])[:, best], abs=1e-5
    )
    assert found[4:7] * 5 == pytest.approx(topics[:, best], abs=1e-5)
    assert found[7 + 3].tolist() == pytest.approx([0.5, 0])
    assert found[7 + len(WINDOWS) + 4] * 5 == pytest.approx([0, 3], abs=1e-5)
    assert found.any(axis=1).sum() == 4 + 2 + 1 + 1


def test_what_the_best_have_together_is_shared_out_anew():
    own = np.log(np.array([0.4, 0.3, 0.1], dtype=np.float32))
    seen_ = np.zeros((FEATURES, 3), dtype=np.float32)
    seen_[0] = own / 5
    seen_[AFTER_LEFT] = [0, 0, 1]
    blank = np.zeros(BLANK_FEATURES, dtype=np.float32)
    kept = Reranker(weights(f0=5.0)).rerank(seen_, blank, own)
    assert kept == pytest.approx(own, abs=1e-5)
    lifted = Reranker(weights(f0=5.0, **{f"f{AFTER_LEFT}": 3.0})).rerank(seen_, blank, own)
    assert lifted.argmax() == 2
    assert np.exp(lifted).sum() == pytest.approx(0.8, abs=1e-5)


@pytest.mark.parametrize("name", ["candidate", "blank", "bias", "outer", "direct"])
def test_weights_of_another_shape_are_refused(name: str):
    settings = weights()
    with pytest.raises(ValueError, match="reranker"):
        Reranker({**settings, name: [*settings[name], settings[name][0]]})
    with pytest.raises(KeyError):
        Reranker({key: value for key, value in settings.items() if key != name})
