"""Fit the few numbers that turn logits into honest confidences, on held-out rows.

Imports numpy and scipy, nothing of ``assistant``. All fits minimise −ln P of what is right.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

Floats = NDArray[np.floating]
_LEAST_CONFIDENCE, _MOST_CONFIDENCE = 0.5, 0.75
"""What is surer than three to one is never called neutral."""


def fit_temperature(logits: Floats, targets: NDArray[np.integer]) -> float:
    """Return the number to divide ``logits`` [n, classes] by (Guo et al. 2017)."""

    def loss(log_temperature: float) -> float:
        scaled = logits / np.exp(log_temperature)
        shifted = scaled - scaled.max(axis=1, keepdims=True)
        log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        return -float(log_probs[np.arange(len(targets)), targets].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x))


def fit_mixture(encoder: Floats, judge: Floats, positive: NDArray[np.bool_]) -> tuple[float, float]:
    """Return (temperature, share): the log-odds are (encoder + share · judge) / temperature."""
    signs = np.where(positive, 1.0, -1.0)

    def loss(factors: NDArray[np.float64]) -> float:
        odds = factors[0] * encoder + factors[1] * judge
        return float(np.logaddexp(0, -signs * odds).mean())

    bounds = [(1e-3, None), (0.0, None)]
    one, two = minimize(loss, np.array([1.0, 0.5]), bounds=bounds, method="L-BFGS-B").x
    return float(1 / one), float(two / one)


def fit_scale(odds: Floats, positive: NDArray[np.bool_]) -> float:
    """Return the factor by which log-odds of positive become calibrated."""
    logits = np.stack([np.zeros_like(odds), odds], axis=1)
    return 1 / fit_temperature(logits, positive.astype(np.int64))


def fit_neutral(calm: Floats, odds: Floats, positive: NDArray[np.bool_]) -> float:
    """Return the confidence below which a verdict is neutral.

    ``calm`` are log-odds of sentences that judge nothing, ``odds`` of sentences that are
    ``positive`` or not. The best mean of two shares: calm sentences called neutral, the others
    called what they are.
    """
    edges = np.arange(_LEAST_CONFIDENCE, _MOST_CONFIDENCE + 1e-9, 0.01)
    right = (odds > 0) == positive
    sure_calm, sure = (1 / (1 + np.exp(-np.abs(one))) for one in (calm, odds))
    shares = [(sure_calm < edge).mean() + (right & (sure >= edge)).mean() for edge in edges]
    return round(float(edges[int(np.argmax(shares))]), 2)
