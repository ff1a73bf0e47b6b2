"""Weigh whole words: the search's probability against the phrase memory's. Pure numpy.

The characters of a word are already mixed one by one; what they cannot say is that the memory knows
the whole word in this gap. A log-linear model over the candidates and "none of them", fitted on
held-out text (``build_tools.memory.fit_words``), gives the final, calibrated ln P.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PROPOSALS = 8
"""Words of the memory that are looked at beside those the search finds."""
FEATURES = 9
REST_FEATURES = 3
_UNLISTED = 1e-4
_NOTHING = 1e-4


def word_features(
    log_probs: Sequence[float], lengths: Sequence[int], memory: Sequence[float]
) -> Floats:
    """Return [N, 9]: both ln P, whether the memory lists the word, and all by its length.

    ``log_probs`` are the search's, ``memory`` the memory's probabilities (0: not listed).
    """
    own = np.maximum(np.array(log_probs, dtype=np.float64), -30.0)
    counted = np.array(memory, dtype=np.float64)
    known = np.log(np.maximum(counted, _UNLISTED))
    size = np.array(lengths)
    one = size == 1
    columns = (own, known, counted > 0, own * one, known * one, one, size == 2, size == 3, size > 3)
    return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1)


def rest_features(log_probs: Sequence[float], memory: Sequence[float]) -> Floats:
    """Return [3]: what both sides leave for words that are not candidates, and 1."""
    left = [1 - math.fsum(np.exp(log_probs)), 1 - math.fsum(memory)]
    return np.array([*np.log(np.maximum(left, _NOTHING)), 1.0])


class WordGate:
    """The fitted weights for words of unknown length."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Take ``manifest.settings["word_gate"]``: ``word`` [9] and ``rest`` [3].

        Raises ValueError when the shapes do not fit.
        """
        self._word = np.array(settings["word"], dtype=np.float64)
        self._rest = np.array(settings["rest"], dtype=np.float64)
        if self._word.shape != (FEATURES,) or self._rest.shape != (REST_FEATURES,):
            raise ValueError("word gate")

    def mix(
        self, log_probs: Sequence[float], lengths: Sequence[int], memory: Sequence[float]
    ) -> list[float]:
        """Return the final ln P of the candidates; with "none of them" they sum to 1."""
        scores = word_features(log_probs, lengths, memory) @ self._word
        rest = float(rest_features(log_probs, memory) @ self._rest)
        total = np.logaddexp.reduce(np.append(scores, rest))
        return (scores - total).tolist()
