from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cloze.assignment import FORBIDDEN, assign


@st.composite
def tables(draw: st.DrawFn) -> list[list[float]]:
    rows = draw(st.integers(1, 5))
    columns = draw(st.integers(rows, 6))
    cell = st.one_of(st.floats(0, 20), st.integers(0, 3).map(float), st.just(FORBIDDEN))
    return [[draw(cell) for _ in range(columns)] for _ in range(rows)]


@given(tables())
def test_it_is_as_good_as_trying_everything(costs: list[list[float]]) -> None:
    total, columns = assign(costs)
    best = min(
        sum(costs[i][j] for i, j in enumerate(choice))
        for choice in permutations(range(len(costs[0])), len(costs))
    )
    assert len(set(columns)) == len(costs)
    assert total == sum(costs[i][j] for i, j in enumerate(columns))
    assert math.isclose(total, best, rel_tol=1e-9, abs_tol=1e-6)


def test_nothing_costs_nothing() -> None:
    assert assign([]) == (0, ())


def test_more_rows_than_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="rows"):
        assign([[1.0], [2.0]])
