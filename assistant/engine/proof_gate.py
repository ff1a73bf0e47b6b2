"""Decide between the written character and what may have been meant. Pure numpy.

A small network gives every option a score from what the phrase memory and the encoder say of it
and of the written character; the written one scores 0, and a softmax over them all makes
probabilities. Fitted on held-out text with injected errors (``build_tools.proofread``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from assistant.engine.memory_counts import WINDOWS, Floats

OPTIONS = 4
"""Alternatives that are weighed for one place."""
FEATURES = 24
_SCALE = np.float32(0.2)
_BY_ORDER = np.array([[sum(w) + 1 == n for n in (2, 3, 4, 5)] for w in WINDOWS], dtype=np.float32)


def option_features(
    logs: Floats, mixed: Floats, encoder: Floats, commonness: Floats, words: Floats, kinds: Floats
) -> Floats:
    """Return [K, 24] for the K alternatives of one place.

    Of the written character (first) and the alternatives: ``logs`` [K + 1, W] of the windows,
    ``mixed`` and ``encoder`` [K + 1] ln P, ``commonness`` [K + 1] = ln(1 + count), ``words``
    [K + 1] the length of the longest listed word it makes with its neighbours. ``kinds`` [K, 3]
    marks the kind of likeness.
    """
    sums = logs @ _BY_ORDER
    floor = np.float32(-16)
    columns = [
        sums[1:] * _SCALE,
        np.broadcast_to(sums[0] * _SCALE, sums[1:].shape),
        (sums[1:] - sums[0]) * _SCALE,
        *(
            pair
            for values in (np.maximum(mixed, floor), np.maximum(encoder, floor), commonness)
            for pair in (values[1:, None] * _SCALE, (values[1:] - values[0])[:, None] * _SCALE)
        ),
        words[1:, None] * 0.5,
        (words[1:] - words[0])[:, None] * 0.5,
        kinds,
        np.full((len(kinds), 1), 1.0),
    ]
    return np.concatenate(columns, axis=1, dtype=np.float32)


class ProofGate:
    """The fitted weights: one hidden layer, one score."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Take ``manifest.settings["proofread"]``.

        It holds ``inner`` [24][H], ``bias`` [H], ``outer`` [H], ``direct`` [24] and ``threshold``,
        the probability from which a mistake is shown. Raises KeyError or ValueError.
        """
        self._inner = np.array(settings["inner"], dtype=np.float32)
        self._bias = np.array(settings["bias"], dtype=np.float32)
        self._outer = np.array(settings["outer"], dtype=np.float32)
        self._direct = np.array(settings["direct"], dtype=np.float32)
        self.threshold = float(settings["threshold"])
        hidden = len(self._bias)
        shapes = (self._inner.shape, self._outer.shape, self._direct.shape)
        if shapes != ((FEATURES, hidden), (hidden,), (FEATURES,)):
            raise ValueError("proofread")

    def probabilities(self, features: Floats) -> Floats:
        """Return the probability [K] that each of the alternatives was meant."""
        hidden = np.maximum(features @ self._inner + self._bias, 0)
        scores = np.append(hidden @ self._outer + features @ self._direct, 0)
        scores -= scores.max()
        weights = np.exp(scores)
        return (weights / weights.sum())[:-1].astype(np.float32)
