"""Turn what a memory has seen around a blank into probabilities. Pure numpy, no Qt.

``NetScorer`` is a small fitted network that reads the counts of all windows of one candidate and
the totals of the blank: a learned back-off. ``WittenBellScorer`` needs no fitting (Witten & Bell
1991, both sides of the blank): personal memories use it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from assistant.engine.memory_counts import WINDOWS, Floats, Seen

BLANK_FEATURES = 2 * len(WINDOWS) + 10
"""What :func:`blank_features` gives for a blank of one character."""
_SCALE = np.float32(0.2)


class Scorer(Protocol):
    """Scores the candidates of a blank."""

    def score(self, seen: Seen, own: Floats) -> tuple[Floats, float]:
        """Return P of each of the K candidates, and P of everything else together.

        ``own`` [K] or [n, K] says what is known of the candidates without their neighbours.
        """
        ...


def candidate_features(seen: Seen, own: Floats) -> Floats:
    """Return [K, 2 W + n]: counts, shares of the window's total, and ``own``, as logarithms."""
    return np.concatenate((seen.logs, seen.logs - seen.totals[:, None], np.atleast_2d(own))).T * (
        _SCALE
    )


def blank_features(seen: Seen) -> Floats:
    """Return [2 W + 10]: totals and kinds of the windows, counts of the contexts, sides known."""
    known = seen.around[[0, 4]] > 0
    return np.concatenate((seen.totals, seen.kinds, seen.around, known), dtype=np.float32) * _SCALE


class NetScorer:
    """One hidden layer over candidate and blank features, one score each, then a softmax."""

    SHAPED = ("candidate", "blank", "rest_blank")

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        """Take the fitted weights, for C candidate and B blank features.

        ``candidate`` [C, H], ``blank`` [B, H], ``bias`` [H], ``out`` [H], ``direct`` [C]; for the
        score of "none of the candidates" ``rest_blank`` [B, H], ``rest`` [H], ``rest_bias``
        [H + 1]. Raises KeyError or ValueError when they do not fit.
        """
        hidden = len(weights["out"])
        self._w = {
            name: weight.reshape(-1, hidden) if name in self.SHAPED else weight
            for name, weight in weights.items()
        }

    def score(self, seen: Seen, own: Floats) -> tuple[Floats, float]:
        """Return P of each of the K candidates, and P of everything else together."""
        w = self._w
        features = candidate_features(seen, own)
        blank = blank_features(seen)
        hidden = features @ w["candidate"]
        hidden += blank @ w["blank"] + w["bias"]
        np.maximum(hidden, 0, out=hidden)
        scores = hidden @ w["out"] + features @ w["direct"]
        around = np.maximum(blank @ w["rest_blank"] + w["rest_bias"][:-1], 0)
        rest = float(around @ w["rest"] + w["rest_bias"][-1])
        top = max(float(scores.max(initial=rest)), rest)
        scores -= np.float32(top)
        np.exp(scores, out=scores)
        other = float(np.exp(rest - top))
        total = float(scores.sum()) + other
        return (scores / total).astype(np.float32), other / total


class WittenBellScorer:
    """Interpolate the windows, each weighted by its order and by N / (N + kinds)."""

    _WEIGHTS = np.array([0.1, 0.1, 0.6, 3, 0.6, 2, 6, 6, 2, 4, 16, 24, 16, 4], dtype=np.float32)
    _OTHER = 6.0
    """Weight of everything else: it gets half when the windows seen weigh as much."""
    _ONE_SIDED = np.array([left == 0 or right == 0 for left, right in WINDOWS])
    _DOUBT = np.float32(0.1)
    """What a window of one side counts where both neighbours are known: the other one objects."""

    def score(self, seen: Seen, own: Floats) -> tuple[Floats, float]:
        """Return P of each of the K candidates, and P of everything else together."""
        del own
        counts = np.expm1(seen.logs)
        total = np.expm1(seen.totals)
        weights = self._WEIGHTS * total / np.maximum(total + np.expm1(seen.kinds), 1)
        if seen.around[0] > 0 and seen.around[4] > 0:
            weights = np.where(self._ONE_SIDED, weights * self._DOUBT, weights)
        mass = float(weights.sum())
        if mass == 0:
            return np.zeros(len(seen.ids), dtype=np.float32), 1.0
        mixed = (weights / np.maximum(total, 1)) @ counts / (mass + self._OTHER)
        return mixed.astype(np.float32), self._OTHER / (mass + self._OTHER)
