from __future__ import annotations

import numpy as np
import pytest

from assistant.engine.context import Query
from assistant.engine.mixer import Mixer
from assistant.engine.predictor import BATCH_TOKENS, Predictor
from assistant.engine.tokenizer import Vocabulary
from tests.engine.toy import ToySession, hashed_scores, toy_package


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    return Vocabulary(toy_package(tmp_path_factory.mktemp("toy")))


def query(vocabulary: Vocabulary, length: int, column: int, first: str = "甲") -> Query:
    ids = [vocabulary.encode(first)[0][0]] * length
    ids[column] = vocabulary.mask
    return Query(tuple(ids), column, "", "")


def asked(vocabulary: Vocabulary, queries: list[Query]) -> tuple[list, list]:
    """Return the runs that ``queries`` took, and the predictions."""
    session = ToySession(hashed_scores(1, 2.0, vocabulary.tokens))
    found = Predictor(session, vocabulary, Mixer()).encoder_log_probs(queries)
    return session.runs, found


def test_rows_of_one_length_share_a_run_as_long_as_they_fit(vocabulary: Vocabulary) -> None:
    queries = [query(vocabulary, 40, column) for column in range(1, 15)]
    runs, found = asked(vocabulary, queries)
    assert [len(run) for run in runs] == [BATCH_TOKENS // 40, BATCH_TOKENS // 40, 2]
    for one, vector in zip(queries, found, strict=True):
        assert np.array_equal(vector, asked(vocabulary, [one])[1][0])


def test_places_of_one_row_are_one_row(vocabulary: Vocabulary) -> None:
    mask = vocabulary.mask
    row = (*vocabulary.encode("甲" * 120)[0], mask, mask, mask, *vocabulary.encode("乙")[0])
    runs, _ = asked(vocabulary, [Query(row, 120 + place, "", "") for place in range(3)])
    assert [len(run) for run in runs] == [1]


def test_a_long_row_does_not_make_short_ones_dear(vocabulary: Vocabulary) -> None:
    queries = [query(vocabulary, length, 3) for length in (100, 30, 32, 34)]
    runs, _ = asked(vocabulary, queries)
    assert [[len(row) for row in run] for run in runs] == [[30, 32, 34], [100]]


def test_what_was_predicted_is_not_run_again(vocabulary: Vocabulary) -> None:
    session = ToySession(hashed_scores(1, 2.0, vocabulary.tokens))
    predictor = Predictor(session, vocabulary, Mixer())
    first, second = query(vocabulary, 20, 3), query(vocabulary, 20, 4)
    before = predictor.encoder_log_probs([first])[0]
    after = predictor.encoder_log_probs([second, first])[1]
    assert np.array_equal(before, after)
    assert [len(run) for run in session.runs] == [1, 1]
    predictor.forget()
    predictor.encoder_log_probs([first])
    assert len(session.runs) == 3


class ArenaSession(ToySession):
    """Returns views of memory that is not Python's, as onnxruntime does."""

    arenas: list[np.ndarray]

    def run(self, feeds, cancel=None):
        found = super().run(feeds, cancel)[0]
        self.arenas = [*getattr(self, "arenas", []), found]
        return [found.view()]


def test_what_is_kept_does_not_hold_the_memory_of_a_run(vocabulary: Vocabulary) -> None:
    session = ArenaSession(hashed_scores(1, 2.0, vocabulary.tokens))
    predictor = Predictor(session, vocabulary, Mixer())
    queries = [query(vocabulary, 20, column) for column in range(1, 6)]
    vectors = predictor.encoder_log_probs(queries)
    assert len(session.arenas) == 1
    assert all(vector.base is None for vector in vectors)
    assert not any(np.shares_memory(vector, session.arenas[0]) for vector in vectors)


def test_no_more_is_kept_than_was_said(vocabulary: Vocabulary) -> None:
    session = ToySession(hashed_scores(1, 2.0, vocabulary.tokens))
    predictor = Predictor(session, vocabulary, Mixer())
    predictor.kept = 2
    queries = [query(vocabulary, 20, column) for column in (3, 4, 5)]
    assert len(predictor.encoder_log_probs(queries)) == 3
    predictor.encoder_log_probs(queries[1:])
    assert len(session.runs) == 1
    predictor.encoder_log_probs(queries[:1])
    assert len(session.runs) == 2
