"""From log-probabilities of the sentiment labels to verdicts, of one sentence and of several.

Pure numbers; imports neither Qt nor onnxruntime.

The verdict on several passages is their logarithmic opinion pool (Genest & Zidek 1986): the mean
of their ln P weighted by length, times ``text_scale``, normalised. The scale is fitted on the sides
of held-out documents, so that a text's P(positive) against P(negative) is calibrated as that of a
sentence is; a text of one passage has the verdict of that passage.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engine.package import Head, Manifest
from assistant.engine.understanding_errors import HeadMissingError
from assistant.records import Polarity

LogProbs = NDArray[np.float64]
"""ln P of the head's labels, shape [labels] or [sentences, labels]."""

_MOST = 700.0
"""Nats against a label beyond which its probability is 0."""
_LN_2 = math.log(2)
_POLARITIES = {polarity.value: polarity for polarity in Polarity}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A polarity, its probability, and on which side it is.

    ``positivity`` is P(positive) of positive against negative, ``lean`` P(positive) − P(negative).
    """

    polarity: Polarity
    confidence: float
    positivity: float
    lean: float


class Judge:
    """Knows what the columns of a sentiment head mean and which numbers were fitted for it."""

    def __init__(self, manifest: Manifest) -> None:
        """Read the head; raises HeadMissingError if there is none for sentiment."""
        head = manifest.sentiment
        if head is None or not {"negative", "positive"} <= set(head.labels):
            raise HeadMissingError.sentiment(manifest.name)
        self.head: Head = head
        self._positive = head.labels.index("positive")
        self._negative = head.labels.index("negative")
        self._polarities = [_POLARITIES.get(label, Polarity.NEUTRAL) for label in head.labels]
        self._neutral = head.labels.index("neutral") if "neutral" in head.labels else None
        settings = manifest.settings
        self._neutral_below = 0.0
        if self._neutral is None:
            self._neutral_below = float(settings.get("neutral_below", 0.0))
        self._text_scale = float(settings.get("text_scale", 1.0))

    def log_probs(self, logits: NDArray[np.floating]) -> LogProbs:
        """Return calibrated ln P of logits [N, labels]."""
        return log_softmax(logits.astype(np.float64) / self.head.temperature)

    def pool(self, log_probs: Sequence[LogProbs], lengths: Sequence[int]) -> LogProbs:
        """Return ln P of a text from those of its parts and their lengths."""
        if len(log_probs) == 1:
            return log_probs[0]
        return log_softmax(self.shares(lengths) @ np.stack(log_probs))

    def shares(self, lengths: Sequence[int]) -> LogProbs:
        """Return what part of each part's tilt goes into the tilt of the whole, shape [parts]."""
        if len(lengths) == 1:
            return np.ones(1)
        weights = np.asarray(lengths, dtype=np.float64)
        return self._text_scale * weights / weights.sum()

    def tilt(self, log_probs: LogProbs) -> float:
        """Return ln(P(positive)/P(negative)) in nats, each with half of P(neutral).

        About 0 where a text is neutral, whichever side it would be on if it were not.
        """
        positive, negative = log_probs[self._positive], log_probs[self._negative]
        if self._neutral is not None:
            half = log_probs[self._neutral] - _LN_2
            positive, negative = np.logaddexp(positive, half), np.logaddexp(negative, half)
        return float(positive - negative)

    def verdict(self, log_probs: LogProbs) -> Verdict:
        """Return the verdict.

        A head without a neutral label calls neutral what it is less sure of than
        ``neutral_below``; the confidence of that is 1 − |lean|: 1 where nothing tips the scales.
        """
        # Of a novel ten thousand are due after every pause, and numpy is slow with single numbers.
        known: list[float] = log_probs.tolist()
        odds = known[self._positive] - known[self._negative]
        positivity = 1 / (1 + math.exp(min(-odds, _MOST)))
        best = known.index(max(known))
        polarity, confidence = self._polarities[best], math.exp(known[best])
        lean = math.exp(known[self._positive]) - math.exp(known[self._negative])
        if polarity is not Polarity.NEUTRAL and confidence < self._neutral_below:
            polarity, confidence = Polarity.NEUTRAL, 1 - abs(lean)
        return Verdict(polarity, confidence, positivity, lean)


def log_softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the logarithm of the softmax over the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
