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

_PLAIN = 1.0, 0.0, 0.0
LEAST = -60.0
"""ln P below which all words are as unlikely."""


class ChoiceGate:
    """Weights of a word's ln P, of how it suits the text and of how the gap, by length."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Take ``manifest.settings["choice_gate"]``: length in tokens → weights.

        They are of ln P, of the topic and of the gap; the last may be missing. Where a length is
        not named, ln P alone counts. Raises TypeError or ValueError when the values are no finite
        numbers, two or three.
        """
        self._weights: dict[int, tuple[float, ...]] = {}
        for length, given in settings.items():
            weights = tuple(float(weight) for weight in given)
            if len(weights) not in (2, 3) or not all(map(math.isfinite, weights)):
                raise ValueError("choice gate")
            self._weights[int(length)] = (*weights, 0.0)[:3]

    def shares(
        self,
        log_probs: Sequence[float],
        topics: Sequence[float],
        gaps: Sequence[float],
        length: int | None,
    ) -> NDArray[np.float64]:
        """Return the probability of each word, [n], summing to 1.

        ``log_probs`` are the search's (−inf: cannot be written), ``topics`` how well each suits
        the text, ``gaps`` the gap, ``length`` that of all words in tokens, None where they differ.
        All are 0 where none can be written.
        """
        own, topic, gap = self._weights.get(length or 0, _PLAIN)
        merits = np.array(log_probs, dtype=np.float64)
        written = merits > -np.inf
        merits = own * np.maximum(merits, LEAST) + topic * np.array(topics, dtype=np.float64)
        merits += gap * np.array(gaps, dtype=np.float64)
        if not written.any():
            return np.zeros(len(merits))
        merits[~written] = -np.inf
        shares = np.exp(merits - merits.max())
        return shares / shares.sum()
