"""Fit what turns inference logits into confidences of labels: factors, offset, temperatures.

Imports torch, and of ``assistant`` how sure a choice is. Held-out rows only: topics with all labels
of their set, and words that half of the passages hold and half had taken out, among few and many
others.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import minimize
from tokenizers import Tokenizer

from assistant.engine.label_temperature import LabelTemperature
from build_tools.finetune.build_likeness import is_unseen
from build_tools.finetune.encode import pair_row, text_rows
from build_tools.finetune.likeness import Measures
from build_tools.finetune.records import CONTRADICTION, ENTAILMENT, Row
from build_tools.finetune.scoring import PackedScorer
from build_tools.finetune.turn import CALM_SOURCE, TEMPLATE

Floats = NDArray[np.floating]
_TEXTS = 160
_FEW, _MANY = 7, 25
_DECAY = 1e-3
_USUAL = np.array([1.0, 10.0, 1.0, 1.0, 10.0])
"""How large the factors of the measures usually are."""
_START, _BOUNDS = (1.0, 0.0, 3.0), ((-3, 3), (-5, 3), (0, 6))
"""Of ln of the temperature's numbers."""
_HARD = 1, 1, 2, 2
"""Every second question about words has its word taken out, beginning with the first."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Hypotheses of texts: logits [texts, k, 3], measures [texts, k, MEASURES], the right one."""

    logits: Floats
    measures: Floats
    right: NDArray[np.int64]

    def with_less(self, stranger_share: float) -> Choices:
        """Return these with that share of the logits of labels that are none of training."""
        kept = 1 - (1 - stranger_share) * self.measures[:, :, -1:]
        return Choices(self.logits * kept, self.measures, self.right)


@dataclass(frozen=True, slots=True)
class LabelFit:
    """Factors and offset of the measures; temperatures of labels alone and of choices."""

    factors: NDArray[np.float32]
    offset: float
    temperature: float
    label_temperature: LabelTemperature


class LabelFitter:
    """Scores held-out questions once, then fits."""

    def __init__(
        self,
        scorer: PackedScorer,
        tokenizer: Tokenizer,
        measures: Measures,
        chance: random.Random,
    ) -> None:
        self._scorer, self._tokenizer, self._chance = scorer, tokenizer, chance
        self._measures = measures

    def fit(
        self,
        rows: Sequence[Row],
        stranger_share: float,
        factors: Floats | None = None,
        label_temperature: LabelTemperature | None = None,
    ) -> LabelFit:
        """Fit to the held-out ``rows``; what is not given is fitted as well.

        ``stranger_share`` is left of the logits of labels that are none of training, once the
        factors are fitted: the encoder has been trained on the very words it is fitted on, and
        knows less of labels it has not. Temperatures are fitted where the right word was taken out
        of its passage: few labels stand in the texts they fit.
        """
        sets = self.choices(rows)
        if factors is None:
            factors = fit_factors(sets)
        left = [one.with_less(stranger_share) for one in sets]
        scores = [one.logits[:, :, ENTAILMENT] + one.measures[:, :, :-1] @ factors for one in left]
        if label_temperature is None:
            label_temperature = fit_label_temperature(
                [one[::step] for one, step in zip(scores, _HARD, strict=True)],
                [one.right[::step] for one, step in zip(sets, _HARD, strict=True)],
            )
        odds, holds = _for_themselves(left, scores)
        temperature, offset = _fit_odds(odds, holds)
        return LabelFit(factors.astype(np.float32), offset, temperature, label_temperature)

    def choices(self, rows: Sequence[Row]) -> list[Choices]:
        """Return the scored questions."""
        return [
            self._topics(rows, "tnews", 3 * _TEXTS),
            self._topics(rows, "thucnews", _TEXTS),
            self._words(rows, _FEW),
            self._words(rows, _MANY),
        ]

    def _topics(self, rows: Sequence[Row], source: str, most: int) -> Choices:
        known = [row for row in rows if row.source == source]
        labels = sorted({str(row.topic) for row in known})
        right = np.array([labels.index(str(row.topic)) for row in known[:most]])
        return self.scored([(row.text, labels) for row in known[:most]], right)

    def _words(self, rows: Sequence[Row], wrong: int) -> Choices:
        known = [row for row in rows if row.source == CALM_SOURCE]
        known = sorted(known, key=lambda row: not is_unseen(str(row.keyword)))[:_TEXTS]
        words = list(dict.fromkeys(str(row.keyword) for row in known))
        asked = []
        for place, row in enumerate(known):
            others = [word for word in words if word not in row.text]
            labels = [str(row.keyword), *self._chance.sample(others, wrong)]
            text = row.text if place % 2 else row.text.replace(str(row.keyword), "")
            asked.append((text, labels))
        return self.scored(asked, np.zeros(len(asked), np.int64))

    def scored(
        self,
        asked: Sequence[tuple[str, Sequence[str]]],
        right: NDArray[np.int64],
        template: str = TEMPLATE,
    ) -> Choices:
        """Return logits and measures of texts, each with its labels, as many for each."""
        questions = [(text, [template.format(label) for label in labels]) for text, labels in asked]
        logits = self._scorer.choices(questions).astype(np.float64)
        return Choices(logits, np.stack([self._measured(*one) for one in asked]), right)

    @torch.no_grad()
    def _measured(self, text: str, labels: Sequence[str]) -> Floats:
        """Return the numbers of each label, [labels, MEASURES], as the graph has them."""
        row = text_rows(self._tokenizer, [text])[0]
        found = self._tokenizer.encode_batch(list(labels), add_special_tokens=False)
        rows = [pair_row(row, one.ids, row[-1]) for one in found]
        ids = torch.zeros((len(rows), max(map(len, rows))), dtype=torch.int64)
        for place, one in enumerate(rows):
            ids[place, : len(one)] = torch.tensor(one)
        columns = torch.arange(ids.shape[1])[None]
        ends = torch.tensor([len(one) - 1 for one in rows])[:, None]
        in_label = (columns >= len(row)) & (columns < ends)
        in_text = ((columns > 0) & (columns < len(row) - 1)).expand_as(in_label)
        own = in_label[:, :, None] & in_label[:, None, :]
        # All tokens of a label say the same: its first one is asked.
        found = self._measures(ids, in_text, in_label, own)[:, len(row)]
        return found.numpy().astype(np.float64)


def fit_factors(sets: Sequence[Choices]) -> NDArray[np.float64]:
    """Return the factors [MEASURES − 1] with which the right labels are likeliest."""

    def loss(values: NDArray[np.float64]) -> float:
        factors = values[:-3]
        scores = [one.logits[:, :, ENTAILMENT] + one.measures[:, :, :-1] @ factors for one in sets]
        size = float(np.square(factors / _USUAL).sum())
        return _DECAY * size + _unlikely(values[-3:], scores, [one.right for one in sets])

    bounds = [(0, 8), (0, 80), (0, 8), (-4, 8), (-40, 80), *_BOUNDS]
    start = np.array([0.5, 5.0, 0.5, 0.0, 0.0, *_START])
    return minimize(loss, start, method="L-BFGS-B", bounds=bounds).x[:-3]


def fit_label_temperature(
    scores: Sequence[Floats], right: Sequence[NDArray[np.int64]]
) -> LabelTemperature:
    """Return the temperature with which the ``right`` ones of ``scores`` are likeliest."""
    start = np.array(_START)
    found = minimize(_unlikely, start, (scores, right), method="L-BFGS-B", bounds=_BOUNDS).x
    return LabelTemperature(*np.exp(found).tolist())


def _unlikely(
    logs: NDArray[np.float64], scores: Sequence[Floats], right: Sequence[NDArray[np.int64]]
) -> float:
    """Return −ln P of what is right; ``logs`` of the three numbers of the temperature."""
    temperature = LabelTemperature(*np.exp(logs).tolist())
    chances = (temperature.log_probs(np.asarray(one, dtype=np.float64)) for one in scores)
    pairs = zip(chances, right, strict=True)
    return -float(sum(one[np.arange(len(one)), wanted].mean() for one, wanted in pairs))


def _for_themselves(
    sets: Sequence[Choices], mixed: Sequence[Floats]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the log-odds of the right label and of one wrong one per text, and which is which."""
    odds, holds = [], []
    for one, scores in zip(sets, mixed, strict=True):
        places = np.arange(len(scores))
        wrong = (one.right + 1 + places % (scores.shape[1] - 1)) % scores.shape[1]
        for chosen, held in ((one.right, True), (wrong, False)):
            odds.append(scores[places, chosen] - one.logits[places, chosen, CONTRADICTION])
            holds.append(np.full(len(places), held))
    return np.concatenate(odds), np.concatenate(holds)


def _fit_odds(odds: Floats, holds: NDArray[np.bool_]) -> tuple[float, float]:
    """Return (temperature, offset): the log-odds are (odds − offset) / temperature."""
    signs = np.where(holds, 1.0, -1.0)

    def loss(values: NDArray[np.float64]) -> float:
        return float(np.logaddexp(0, -signs * (odds - values[1]) * np.exp(values[0])).mean())

    found = minimize(loss, np.zeros(2), method="L-BFGS-B").x
    return float(np.exp(-found[0])), float(found[1])
