"""Fit the few numbers that turn logits into honest confidences, on held-out rows.

Imports numpy and scipy, nothing of ``assistant``. All fits minimise −ln P of what is right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from build_tools.finetune.records import CALM

Floats = NDArray[np.floating]


def fit_temperature(logits: Floats, targets: NDArray[np.integer]) -> float:
    """Return the number to divide ``logits`` [n, classes] by (Guo et al. 2017)."""

    def loss(log_temperature: float) -> float:
        scaled = logits / np.exp(log_temperature)
        shifted = scaled - scaled.max(axis=1, keepdims=True)
        log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        return -float(log_probs[np.arange(len(targets)), targets].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x))


@dataclass(frozen=True, slots=True)
class Mixture:
    """How the encoder's logits and the linear judgement become calibrated ones.

    The linear log-odds of positive count ``share``, half for, half against; ``calm`` is added to
    the logit of CALM; the sum is divided by ``temperature``.
    """

    temperature: float
    share: float
    calm: float

    def logits(self, encoder: Floats, judge: Floats) -> Floats:
        """Return logits [texts, 3] of the encoder's [texts, 3] and linear log-odds [texts]."""
        added = np.outer(self.share * judge, (-0.5, 0.5, 0.0))
        return (encoder + added + np.array([0.0, 0.0, self.calm])) / self.temperature


def fit_mixture(
    encoder: Floats,
    judge: Floats,
    wanted: NDArray[np.integer],
    of_three: NDArray[np.bool_],
    share: float | None = None,
) -> Mixture:
    """Fit a mixture to ``wanted`` [texts]: NEGATIVE, POSITIVE or CALM.

    Where a judgement was not chosen ``of_three`` [texts] the two sides are compared alone.
    ``share`` is fitted where it is None.
    """
    rows = np.arange(len(wanted))

    def mixture(values: Floats) -> Mixture:
        fitted = float(values[2]) if share is None else share
        return Mixture(float(np.exp(values[0])), fitted, float(values[1]))

    def loss(values: Floats) -> float:
        logits = mixture(values).logits(encoder, judge)
        logits[~of_three, CALM] = -np.inf
        return float((np.logaddexp.reduce(logits, axis=1) - logits[rows, wanted]).mean())

    bounds = [(-3.0, 3.0), (None, None), *([(0.0, None)] if share is None else [])]
    start = np.array([0.5, 0.0, 0.5])[: len(bounds)]
    return mixture(minimize(loss, start, bounds=bounds, method="L-BFGS-B").x)


def fit_scale(odds: Floats, positive: NDArray[np.bool_]) -> float:
    """Return the factor by which log-odds of positive become calibrated."""
    logits = np.stack([np.zeros_like(odds), odds], axis=1)
    return 1 / fit_temperature(logits, positive.astype(np.int64))
