"""How sure a choice among labels is: their scores share 1 by a temperature of its own.

Pure numbers. With one temperature for all choices those were too sure whose best score stands very
far from the mean of all (a long text piles up what it shares with a label) and those where it
stands hardly above it (what lies between the labels is noise then): there the temperature grows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engine.verdicts import log_softmax

_SMALL = 1e-6


@dataclass(frozen=True, slots=True)
class LabelTemperature:
    """usual · √(1 + (near / spread)² + (spread / far)²); spread: the best score less their mean.

    ``near`` and ``far`` are in logits; 0 and infinity leave the usual temperature alone.
    """

    usual: float
    near: float = 0.0
    far: float = math.inf

    @classmethod
    def of(cls, settings: Mapping[str, Any], usual: float, kind: str = "label") -> LabelTemperature:
        """Read a manifest's settings for labels of a ``kind``; ``usual`` where they do not say."""
        return cls(
            float(settings.get(f"{kind}_temperature", usual)),
            float(settings.get(f"{kind}_near", 0.0)),
            float(settings.get(f"{kind}_far", math.inf)),
        )

    def settings(self, kind: str = "label") -> dict[str, float]:
        """Return what :meth:`of` reads."""
        return {
            f"{kind}_temperature": self.usual,
            f"{kind}_near": self.near,
            f"{kind}_far": self.far,
        }

    def log_probs(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return ln P of each of ``scores`` [..., labels]."""
        spread = scores.max(axis=-1, keepdims=True) - scores.mean(axis=-1, keepdims=True)
        spread = np.maximum(spread, _SMALL)
        growth = np.sqrt(1 + (self.near / spread) ** 2 + (spread / self.far) ** 2)
        return log_softmax(scores / (self.usual * growth))
