"""Turn what a memory has seen around a blank into probabilities. Pure numpy, no Qt.

``NetScorer`` is a small fitted network that reads the counts of all windows of one candidate and
the totals of the blank: a learned back-off. ``WittenBellScorer`` needs no fitting (Witten & Bell
1991, both sides of the blank): personal memories use it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Protocol

import numpy as np

from assistant.engine.memory_counts import WINDOWS, Seen
from assistant.engine.memory_table import Floats

_OTHER_BLANK_FEATURES = 10
BLANK_FEATURES = 2 * len(WINDOWS) + _OTHER_BLANK_FEATURES
"""What :func:`blank_features` gives for a blank of one character."""
FEATURE_SCALE = np.float32(0.2)
"""Logarithms times this are what the network sees."""
_SIDES = np.array([0, 4])
_NONE = np.array(0, dtype=np.float32)


class Scorer(Protocol):
    """Scores the candidates of a blank."""

    def score(self, seen: Seen, own: Floats) -> tuple[Floats, float]:
        """Return P of each of the K candidates, and P of everything else together.

        ``own`` [K] or [n, K] says what is known of the candidates without their neighbours.
        """
        ...


def blank_features(seen: Seen) -> Floats:
    """Return [2 W + 10]: totals and kinds of the windows, counts of the contexts, sides known."""
    known = seen.around[_SIDES] > 0
    features = np.concatenate((seen.totals, seen.kinds, seen.around, known), dtype=np.float32)
    features *= FEATURE_SCALE
    return features


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
        w = {
            name: weight.reshape(-1, hidden) if name in self.SHAPED else weight
            for name, weight in weights.items()
        }
        # A candidate's features are its counts, their shares in the totals of the blank, and what
        # is known of it alone. Shares are differences of logarithms, so they need no row of their
        # own: the totals go to the blank, the rest to the counts.
        windows = (len(w["blank"]) - _OTHER_BLANK_FEATURES) // 2
        of_candidate = np.column_stack((w["candidate"], w["direct"])) * FEATURE_SCALE
        shares = of_candidate[windows : 2 * windows]
        folded = np.concatenate((of_candidate[:windows] + shares, of_candidate[2 * windows :]))
        self._of_candidate = np.ascontiguousarray(folded.T, dtype=np.float32)
        of_blank = np.column_stack((w["blank"], np.zeros(len(w["blank"])), w["rest_blank"]))
        of_blank[:windows, : hidden + 1] -= shares / FEATURE_SCALE
        self._of_blank = of_blank.astype(np.float32)
        self._bias = np.concatenate((w["bias"], [0], w["rest_bias"][:-1])).astype(np.float32)
        self._out, self._rest = w["out"].astype(np.float32), w["rest"].astype(np.float32)
        self._out_and_direct: Floats = np.append(self._out, 1).astype(np.float32)
        self._rest_bias = np.float32(w["rest_bias"][-1])
        self._hidden = hidden

    def score(self, seen: Seen, own: Floats) -> tuple[Floats, float]:
        """Return P of each of the K candidates, and P of everything else together."""
        own = own if own.ndim > 1 else own[None]
        around: Floats = blank_features(seen) @ self._of_blank
        np.add(around, self._bias, around)
        middle = self._hidden
        inner: Floats = self._of_candidate @ np.concatenate((seen.logs, own))
        np.add(inner, around[: middle + 1, None], inner)
        np.maximum(inner[:middle], _NONE, out=inner[:middle])
        scores: Floats = self._out_and_direct @ inner
        beside = np.maximum(around[middle + 1 :], _NONE) @ self._rest
        rest = float(beside + self._rest_bias)
        top = max(float(np.maximum.reduce(scores)), rest) if len(scores) else rest
        np.subtract(scores, np.float32(top), scores)
        np.exp(scores, scores)
        other = math.exp(rest - top)
        total = float(np.add.reduce(scores)) + other
        np.divide(scores, np.float32(total), scores)
        return scores, other / total

    def scores(self, features: Floats, blanks: Floats) -> tuple[Floats, Floats]:
        """Return the scores of K candidates of N blanks, [N, K], and of everything else, [N].

        ``features`` [W + n, N, K] are the counts of the windows and what is known of a candidate
        alone, as logarithms; ``blanks`` [N, 2 W + 10] are :func:`blank_features`.
        """
        middle = self._hidden
        around = blanks @ self._of_blank
        around += self._bias
        inner = self._of_candidate @ features.reshape(len(features), -1)
        inner = inner.reshape(middle + 1, *features.shape[1:])
        inner += around[:, : middle + 1].T[:, :, None]
        scores = self._out @ np.maximum(inner[:middle], 0).reshape(middle, -1)
        rest = np.maximum(around[:, middle + 1 :], 0) @ self._rest + self._rest_bias
        return scores.reshape(inner.shape[1:]) + inner[middle], rest


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
