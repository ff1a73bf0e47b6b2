"""Labels that name a feeling are likelier where their valence agrees with that of the text.

Entailment learnt from topics hardly tells joy from grief; the sentiment head does. It judges the
text, and each label as if it were a text. With p and q as their probabilities of positive, neutral
half to each side, ln(p·q + (1 − p)·(1 − q)) says how likely both are of one kind (valence: the
first axis of feelings, Russell 1980); a label without valence, q = ½, gains and loses nothing. Only
where the template asks for a feeling: subjects have no valence, whatever a classifier says of their
names. Neither Qt nor onnxruntime here; for one thread at a time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.engine.cancel import Cancel
from assistant.engine.classifier import Classifier
from assistant.engine.label_temperature import LabelTemperature
from assistant.engine.lru import Lru
from assistant.engine.pair_tokenizer import Ids
from assistant.engine.verdicts import Judge, LogProbs

_FEELINGS = ("情感", "情绪", "心情", "感情", "感受", "语气", "口气", "口吻", "态度", "评价")
_KEPT = 4096
_HALF = math.log(0.5)

Floats = NDArray[np.float64]


def asks_for_feeling(template: str) -> bool:
    """Tell whether the words of ``template`` around its label ask for a feeling or an attitude."""
    return any(word in template for word in _FEELINGS)


def agreement(text: float, labels: Floats) -> Floats:
    """Return ln(2·P(text and label are of one kind)), [labels]; at most ln 2.

    ``text`` and ``labels`` [labels] are log-odds of positive against negative.
    """
    both = -np.logaddexp(0, -text) - np.logaddexp(0, -labels)
    neither = -np.logaddexp(0, text) - np.logaddexp(0, labels)
    return np.logaddexp(both, neither) - _HALF


class LabelValence:
    """What the sentiment head of a package adds to its scores of labels that name feelings."""

    def __init__(self, classifier: Classifier, share: float, temperature: LabelTemperature) -> None:
        """``share`` times the agreement is added to a label's score.

        ``temperature`` is that of a choice among such labels. Raises HeadMissingError if the
        package has no head for sentiment.
        """
        self._classifier = classifier
        self._judge = Judge(classifier.manifest)
        self._share = share
        self.temperature = temperature
        self._known: Lru[Ids, LogProbs] = Lru(_KEPT)

    @classmethod
    def of(cls, classifier: Classifier, usual: float) -> LabelValence | None:
        """Read the settings of a package; None where they say nothing of feelings.

        ``usual`` is the temperature where they do not say.
        """
        settings = classifier.manifest.settings
        if "feeling_share" not in settings or classifier.manifest.sentiment is None:
            return None
        temperature = LabelTemperature.of(settings, usual, "feeling")
        return cls(classifier, float(settings["feeling_share"]), temperature)

    def scores(
        self, windows: Sequence[Ids], labels: Sequence[str], cancel: Cancel | None = None
    ) -> Floats:
        """Return what is added to the score of each of ``labels``, [labels].

        ``windows`` are the tokens of the text. Raises Cancelled.
        """
        names = self._classifier.tokenizer.ids(labels)
        found = self._log_probs([*windows, *names], cancel)
        text = self._judge.pool(found[: len(windows)], [len(ids) for ids in windows])
        odds = np.array([self._judge.tilt(one) for one in found[len(windows) :]])
        return self._share * agreement(self._judge.tilt(text), odds)

    def forget(self) -> None:
        """Drop what is known, so that a benchmark measures inference."""
        self._known.forget()

    def _log_probs(self, pieces: Sequence[Ids], cancel: Cancel | None) -> list[LogProbs]:
        """Return ln P of the sentiment labels for each of ``pieces``, known or run now."""
        found = {ids: self._known.get(ids) for ids in pieces}
        missing = [ids for ids, one in found.items() if one is None]
        if missing:
            rows = [self._classifier.tokenizer.single(ids) for ids in missing]
            logits = self._classifier.logits(rows, self._judge.head, cancel)
            for ids, one in zip(missing, self._judge.log_probs(logits), strict=True):
                found[ids] = one
                self._known.put(ids, one)
        return [one for ids in pieces if (one := found[ids]) is not None]
