from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cloze.exercise import Answer, Distractor, DistractorKind, Exercise, Gap, Kind
from assistant.cloze.project_file import dumps, loads
from assistant.cloze.versions import arrange, balanced_keys, paper
from assistant.errors import ExerciseError


def sheet(count: int) -> Exercise:
    gaps = tuple(
        Gap(
            f"g{i}",
            (Answer(f"对{i}"),),
            tuple(Distractor(f"错{i}{c}", DistractorKind.MANUAL) for c in "甲乙丙"),
        )
        for i in range(count)
    )
    return Exercise("u", "t", Kind.CHOICE, gaps, seed=5, versions=("A", "B"))


@given(st.integers(0, 40), st.integers(2, 6), st.integers(0, 999))
def test_key_letters_are_balanced(gaps: int, options: int, seed: int) -> None:
    keys = balanced_keys([options] * gaps, random.Random(seed))
    counts = Counter(dict.fromkeys(range(options), 0)) + Counter(keys)
    used = [counts[letter] for letter in range(options)]
    assert sum(used) == gaps
    assert max(used) - min(used) <= 1


def test_no_letter_three_times_in_a_row() -> None:
    keys = balanced_keys([4] * 20, random.Random(0))
    assert all(len(set(keys[i : i + 3])) > 1 for i in range(18))


def test_papers_differ_in_order_only() -> None:
    first, second = (arrange(sheet(8), name) for name in "AB")
    assert [g.options for g in first.gaps] != [g.options for g in second.gaps]
    for a, b in zip(first.gaps, second.gaps, strict=True):
        assert (a.uid, a.answer, set(a.options)) == (b.uid, b.answer, set(b.options))
        assert b.options[b.key_index] == b.answer == a.answer
    assert loads(dumps(second)).version == "B"


def test_a_paper_can_be_made_again_from_any_other() -> None:
    first = arrange(sheet(8), "A")
    assert arrange(arrange(first, "B"), "A") == first
    assert paper(first, "A") is first
    assert paper(first, "B") == arrange(first, "B")
    assert arrange(replace(first, seed=6), "A") != replace(first, seed=6)


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(ExerciseError, match="no paper C"):
        arrange(sheet(2), "C")
