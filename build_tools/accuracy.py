"""Figures of a fill model on development sets, given something that scores words.

Imports nothing of ``assistant``; ``verify`` supplies the scorer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from build_tools.datasets import Choice, Item

BINS = 10


class Scorer(Protocol):
    """Proposes words for a blank and scores given ones; probabilities are 0–1."""

    def best(self, left: str, right: str, length: int | None, top: int) -> list[tuple[str, float]]:
        """Return the ``top`` words of ``length`` (None: unknown), best first."""
        ...

    def scores(self, left: str, right: str, words: Sequence[str]) -> list[float]:
        """Return the probabilities of ``words``, all of one length, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Guess:
    """The best word's confidence, and the place of the first right one, 1 being the best.

    ``confidence`` is 0 and ``place`` None where nothing (right) was proposed.
    """

    confidence: float
    place: int | None


def guesses(
    scorer: Scorer, items: Iterable[Item], *, length_known: bool, top: int = 5
) -> list[Guess]:
    """Let ``scorer`` fill each item."""
    results = []
    for item in items:
        length = item.length if length_known else None
        words = scorer.best(item.left, item.right, length, top)
        places = [place for place, (word, _) in enumerate(words, 1) if word in item.answers]
        results.append(Guess(words[0][1] if words else 0.0, places[0] if places else None))
    return results


def hit_rate(results: Sequence[Guess], top: int) -> float:
    """Return the share of items with a right word among the first ``top``."""
    return sum(result.place is not None and result.place <= top for result in results) / len(
        results
    )


def calibration_error(results: Sequence[Guess], bins: int = BINS) -> float:
    """Return the expected calibration error of the best words.

    The mean over ``bins`` equal bins of confidence, weighted by their items, of |share right −
    mean confidence| (Guo et al. 2017, "On Calibration of Modern Neural Networks").
    """
    grouped: list[list[Guess]] = [[] for _ in range(bins)]
    for result in results:
        grouped[min(bins - 1, int(result.confidence * bins))].append(result)
    gaps = (
        abs(sum(r.place == 1 for r in group) - sum(r.confidence for r in group))
        for group in grouped
    )
    return sum(gaps) / len(results)


def choice_accuracy(scorer: Scorer, choices: Sequence[Choice]) -> float:
    """Return the share of choices whose right word scores best."""
    right = 0
    for choice in choices:
        scores = scorer.scores(choice.left, choice.right, choice.choices)
        right += max(range(len(scores)), key=scores.__getitem__) == choice.answer
    return right / len(choices)
