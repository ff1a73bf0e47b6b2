from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.cloze.places import Place, Spacing, first_fitting, inner_range, inside, spread
from assistant.text.sentences import clause_borders

TEXT = "一二三四五，六七八九十。甲乙丙丁戊，己庚辛壬癸。子丑寅卯辰，巳午未申酉。天地玄黄。"
ALL = [Place(i, i + 1) for i, c in enumerate(TEXT) if c not in "，。"]


def test_the_first_and_last_sentence_are_kept() -> None:
    part = inner_range(TEXT, keep_ends=True)
    assert TEXT[part.start_char : part.end_char] == TEXT[12:36]
    assert inner_range(TEXT, keep_ends=False) == Place(0, len(TEXT))


def test_a_short_text_has_no_ends_to_keep() -> None:
    assert inner_range("一二。三四。", keep_ends=True) == Place(0, 6)


@given(st.integers(0, 99), st.integers(1, 12), st.integers(0, 9), st.booleans(), st.booleans())
def test_the_rules_hold_for_every_seed(
    seed: int, count: int, distance: int, per_clause: bool, keep_ends: bool
) -> None:
    spacing = Spacing(count, distance, per_clause, keep_ends)
    chosen = spread(TEXT, ALL, spacing, random.Random(seed))
    assert 1 <= len(chosen) <= count
    assert inside(chosen, inner_range(TEXT, keep_ends=keep_ends)) == list(chosen)
    for first, second in pairwise(chosen):
        assert second.start_char - first.end_char >= distance
    if per_clause:
        borders = clause_borders(TEXT)
        clauses = [sum(b <= place.start_char for b in borders) for place in chosen]
        assert len(set(clauses)) == len(clauses)


def test_a_seed_repeats_and_another_differs() -> None:
    spacing = Spacing(3, 2)
    first = spread(TEXT, ALL, spacing, random.Random(1))
    assert first == spread(TEXT, ALL, spacing, random.Random(1))
    assert any(first != spread(TEXT, ALL, spacing, random.Random(s)) for s in range(2, 9))


def test_gaps_lie_all_over_the_text() -> None:
    chosen = spread(TEXT, ALL, Spacing(4, 0, False, False), random.Random(0))
    quarters = {place.start_char * 4 // len(TEXT) for place in chosen}
    assert len(quarters) >= 3


def test_the_first_that_fit_are_taken_in_order() -> None:
    assert first_fitting(TEXT, ALL, Spacing(2, 3, False, False)) == (Place(0, 1), Place(4, 5))


def test_nothing_comes_from_nothing() -> None:
    assert spread(TEXT, [], Spacing(3), random.Random(0)) == ()
