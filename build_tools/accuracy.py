"""Figures of a fill model on development sets, given something that scores words.

Imports nothing of ``assistant``; ``verify`` supplies the scorer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from build_tools.datasets import Choice, Item

_BINS = 10


class Scorer(Protocol):
    """Proposes words for a blank, with probabilities of 0–1."""

    def best(self, left: str, right: str, length: int | None, top: int) -> list[tuple[str, float]]:
        """Return the ``top`` words of ``length`` (None: unknown), best first."""
        ...


ScoresOf = Callable[[str, str, Sequence[str]], Sequence[float]]
"""Scores words between what stands left and right, in their order."""


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


def calibration_error(results: Sequence[Guess]) -> float:
    """Return the expected calibration error of the best words."""
    confidence = np.array([result.confidence for result in results])
    return binned_error(confidence, np.array([result.place == 1 for result in results]))


def binned_error(confidence: NDArray[np.floating], right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error of answers, [N] each.

    The mean over ten equal bins of confidence, weighted by their items, of |share right −
    mean confidence| (Guo et al. 2017, "On Calibration of Modern Neural Networks").
    """
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    return float(
        sum(
            (bins == b).mean() * abs(right[bins == b].mean() - confidence[bins == b].mean())
            for b in np.unique(bins)
        )
    )


def choice_accuracy(scores_of: ScoresOf, choices: Sequence[Choice]) -> float:
    """Return the share of choices whose right word scores best."""
    right = 0
    for choice in choices:
        scores = scores_of(choice.left, choice.right, choice.choices)
        right += max(range(len(scores)), key=scores.__getitem__) == choice.answer
    return right / len(choices)
