"""Choose among given words: how likely each is, given that one of them is right. Pure numpy.

What counts is weighed here otherwise than among all words: of idioms that mean nearly the same,
all are known by heart once they have begun, and what the text is about and what the gap asks for
decide. A conditional logit (McFadden 1974), fitted for words of each length by
``build_tools.memory.fit_choices``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

PLAIN = 1.0, 0.0, 0.0, 0.0
"""Weights that count ln P alone."""
Floats = NDArray[np.float64]
LEAST = -60.0
"""ln P below which all words are as unlikely."""


class ChoiceGate:
    """Weights of a word's ln P, of how it suits text and gap, and of its rank, by length."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Take ``manifest.settings["choice_gate"]``: length in tokens → weights.

        They are of ln P, of the topic, of the gap and of ln P among all words of the length; the
        last ones may be missing. Where a length is not named, ln P alone counts. Raises TypeError
        or ValueError when the values are no finite numbers, two to four.
        """
        self._weights: dict[int, tuple[float, ...]] = {}
        for length, given in settings.items():
            weights = tuple(float(weight) for weight in given)
            if not 2 <= len(weights) <= len(PLAIN) or not all(map(math.isfinite, weights)):
                raise ValueError("choice gate")
            self._weights[int(length)] = (*weights, *PLAIN[len(weights) :])

    def shares(self, merits: Sequence[Sequence[float]], length: int | None) -> Floats:
        """Return the probability of each of n words, [n], summing to 1.

        ``merits`` [4][n] are ln P of the search (−inf: cannot be written), how well each word suits
        the text, how well the gap, and ln P among all words of its length; ``length`` is that of
        all words in tokens, None where they differ. All are 0 where none can be written.
        """
        weights = self._weights.get(length or 0, PLAIN)
        known = np.array(merits, dtype=np.float64)
        written = known[0] > -np.inf
        if not written.any():
            return np.zeros(len(merits[0]))
        known[0] = np.maximum(known[0], LEAST)
        merit: Floats = np.array(weights) @ known
        merit[~written] = -np.inf
        shares: Floats = np.exp(merit - merit.max())
        shares /= shares.sum()
        return shares
