"""The mood of a text as columns of a small chart, however long the text. Pure numpy, no Qt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_SMOOTHED_OVER = 0.02
"""Standard deviation of the curve's smoothing, as a share of the chart's width."""
_NEAR = 0.2
"""Weight of what is around a column from which the curve goes through it."""


def columns(
    starts: Sequence[int],
    ends: Sequence[int],
    values: Sequence[float],
    first: int,
    last: int,
    count: int,
) -> Floats:
    """Return the mean value of the text in each of ``count`` equal parts of [first, last).

    The sentences are in text order and do not overlap; each counts by how much of it lies in the
    part. NaN where no sentence lies.
    """
    if not len(starts) or last <= first:
        return np.full(count, np.nan)
    borders = np.stack((starts, ends), axis=1).astype(np.float64)
    lengths = borders[:, 1] - borders[:, 0]
    covered = _running(lengths)
    summed = _running(lengths * values)
    edges = np.linspace(first, last, count + 1)
    width = np.diff(np.interp(edges, borders.ravel(), covered))
    total = np.diff(np.interp(edges, borders.ravel(), summed))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(width > 1e-9, total / width, np.nan)


def curve(bars: Floats) -> Floats:
    """Return the smoothed course of ``bars``; NaN where nothing is near."""
    known = ~np.isnan(bars)
    spread = max(1.0, _SMOOTHED_OVER * len(bars))
    reach = min(int(3 * spread), len(bars) - 1)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / spread) ** 2)
    weight = np.convolve(known.astype(np.float64), kernel, "full")[reach : reach + len(bars)]
    total = np.convolve(np.where(known, bars, 0.0), kernel, "full")[reach : reach + len(bars)]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(weight > _NEAR, total / weight, np.nan)


def _running(lengths: Floats) -> Floats:
    """Return the running sum at the start and the end of each sentence."""
    after = np.cumsum(lengths)
    return np.stack((after - lengths, after), axis=1).ravel()
