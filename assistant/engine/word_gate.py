"""Weigh whole words: the search's probability against the phrase memory's. Pure numpy.

The characters of a word are already mixed one by one; what they cannot say is that the memory knows
the whole word in this gap. A log-linear model over the candidates and "none of them", fitted on
held-out text (``build_tools.memory.fit_words``), gives the final, calibrated ln P.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FEATURES = 22
FEWER_FEATURES = 12, 16, 19
"""Those of a gate that was fitted without topics, without gaps, and without repeats."""
REST_FEATURES = 3
_UNLISTED = 1e-4
_NOTHING = 1e-4


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is known of one candidate.

    ``log_prob`` is the search's ln P, ``memory`` the memory's probability of the word in this gap
    (0: not listed there), ``frequency`` ln(1 + count) in the memory's word list (0: not a word of
    it), ``length`` in tokens, ``topic`` how well it suits the text, ``gap`` how well what the
    encoder thinks of the gap (0: not known), ``repeat`` ln(1 + times it stands in the text).
    """

    log_prob: float
    memory: float
    frequency: float
    length: int
    topic: float = 0.0
    gap: float = 0.0
    repeat: float = 0.0


def word_features(opinions: Sequence[Opinion]) -> Floats:
    """Return [N, 22]: both ln P, listed or not, frequency; topics, gaps, repeats by length."""
    own = np.array([max(o.log_prob, -30.0) for o in opinions])
    counted = np.array([o.memory for o in opinions])
    known = np.log(np.maximum(counted, _UNLISTED))
    frequency = np.array([o.frequency for o in opinions])
    size = np.array([o.length for o in opinions])
    topic, gap, repeat = (
        np.array([getattr(o, name) for o in opinions]) for name in ("topic", "gap", "repeat")
    )
    one, word = size == 1, frequency > 0
    columns = (
        *(own, known, counted > 0, frequency * 0.2, word, own * one, known * one),
        *(one, size == 2, size == 3, size > 3, word * (size > 2)),
        *(topic * one, topic * (size == 2), topic * (size == 3), topic * (size > 3)),
        *(gap * (size == 2), gap * (size == 3), gap * (size > 3)),
        *(repeat * (size == 2), repeat * (size == 3), repeat * (size > 3)),
    )
    return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1)


def rest_features(opinions: Sequence[Opinion]) -> Floats:
    """Return [3]: what both sides leave for words that are not candidates, and 1."""
    left = [
        1 - math.fsum(math.exp(o.log_prob) for o in opinions),
        1 - math.fsum(o.memory for o in opinions),
    ]
    return np.array([*np.log(np.maximum(left, _NOTHING)), 1.0])


class WordGate:
    """The fitted weights for the words of one kind of blank."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Take one entry of ``manifest.settings["word_gate"]``: ``word`` [22] and ``rest`` [3].

        It has fewer where it was fitted without the last features. Raises ValueError when the
        shapes do not fit.
        """
        word = np.array(settings["word"], dtype=np.float64)
        if word.ndim == 1 and len(word) in FEWER_FEATURES:
            word = np.pad(word, (0, FEATURES - len(word)))
        self._word = word
        self._rest = np.array(settings["rest"], dtype=np.float64)
        if self._word.shape != (FEATURES,) or self._rest.shape != (REST_FEATURES,):
            raise ValueError("word gate")

    def mix(self, opinions: Sequence[Opinion], basis: int | None = None) -> list[float]:
        """Return the final ln P of the candidates.

        The first ``basis`` (None: all) and "none of them" sum to 1; others, asked about beside
        them, take their share of "none of them", so that it does not matter who else is asked.
        """
        scores = word_features(opinions) @ self._word
        rest = float(rest_features(opinions[:basis]) @ self._rest)
        total = np.logaddexp.reduce(np.append(scores[:basis], rest))
        return (scores - total).tolist()


@dataclass(frozen=True, slots=True)
class WordGates:
    """Gates for words of unknown length, and for words of known length of 2–4 characters."""

    unknown: WordGate
    known: WordGate

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> WordGates:
        """Take ``manifest.settings["word_gate"]``. Raises ValueError or KeyError."""
        return cls(WordGate(settings["unknown"]), WordGate(settings["known"]))
