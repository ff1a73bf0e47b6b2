"""The word bank (选词填空): extra words, and whether only the key solves it. Pure."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.cloze.assignment import FORBIDDEN, assign
from assistant.cloze.exercise import BankWord, Gap
from assistant.cloze.judge import ALSO_RIGHT, is_also_right
from assistant.cloze.scorer import GapView

_FLOOR = 1e-9
"""What an unscorable or impossible word counts as."""


@dataclass(frozen=True, slots=True)
class Rival:
    """In the best other solution the gap ``uid`` holds ``word`` instead of its answer."""

    uid: str
    word: str


@dataclass(frozen=True, slots=True)
class BankCheck:
    """Whether the key is the only good solution.

    ``ratio`` is P(best other solution) / P(key); the key is ``unique`` when that is at most 0.3.
    ``rivals`` are the gaps where the two differ.
    """

    unique: bool
    ratio: float
    rivals: tuple[Rival, ...]


def check_bank(
    gaps: Sequence[Gap], bank: Sequence[BankWord], views: Sequence[GapView]
) -> BankCheck:
    """Compare the key with the best other way to put the words of ``bank`` into ``gaps``.

    ``views[i]`` holds the score of every bank word at gap i. Words of equal text are the same
    word. An accepted second answer counts as another solution: in a bank there is one of each.
    """
    words = [word.text for word in bank]
    costs = [[_cost(view, word) for word in words] for view in views]
    key = sum(_cost(view, gap.answer) for gap, view in zip(gaps, views, strict=True))
    least, solution = math.inf, ()
    for i, gap in enumerate(gaps):
        tried = list(costs)
        tried[i] = [
            FORBIDDEN if word == gap.answer else cost
            for word, cost in zip(words, costs[i], strict=True)
        ]
        total, columns = assign(tried)
        if total < min(least, FORBIDDEN):
            least, solution = total, columns
    ratio = math.exp(min(key - least, 700.0))
    rivals = tuple(
        Rival(gap.uid, words[j])
        for gap, j in zip(gaps, solution, strict=False)
        if words[j] != gap.answer
    )
    return BankCheck(ratio <= ALSO_RIGHT, ratio, rivals)


def make_bank(
    gaps: Sequence[Gap], extras: Sequence[str], rng: random.Random
) -> tuple[BankWord, ...]:
    """Return the shuffled bank of the gaps' answers and the ``extras``."""
    words = [BankWord(gap.answer, gap.uid) for gap in gaps] + [BankWord(word) for word in extras]
    rng.shuffle(words)
    return tuple(words)


def choose_extras(
    gaps: Sequence[Gap],
    proposals: Mapping[str, Sequence[str]],
    views: Sequence[GapView],
    count: int,
) -> tuple[str, ...]:
    """Return ``count`` words that tempt but are right in no gap; fewer if there are not so many.

    ``proposals`` holds for gap uids words that tempt there; the gaps take turns.
    """
    taken = {answer.text for gap in gaps for answer in gap.answers}
    taken |= {rival.text for gap in gaps for rival in gap.alternatives}
    rows = [list(proposals.get(gap.uid, ())) for gap in gaps]
    chosen: list[str] = []
    while len(chosen) < count and any(rows):
        for row in rows:
            word = next((word for word in row if word not in taken), None)
            row[:] = row[row.index(word) + 1 :] if word is not None else []
            if word is None or len(chosen) == count:
                continue
            taken.add(word)
            if not _fits_somewhere(word, gaps, views):
                chosen.append(word)
    return tuple(chosen)


def _fits_somewhere(word: str, gaps: Sequence[Gap], views: Sequence[GapView]) -> bool:
    return any(
        is_also_right(view.confidence(word), view.confidence(gap.answer))
        for gap, view in zip(gaps, views, strict=False)
    )


def _cost(view: GapView, word: str) -> float:
    return -math.log(max(view.confidence(word) or 0.0, _FLOOR))
