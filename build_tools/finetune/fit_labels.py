"""Fit what turns inference logits into confidences of labels: overlap factors and temperatures.

Imports torch, nothing of ``assistant``. Held-out rows only: topics with all labels of their set,
words that half of the passages hold and half had taken out, and pairs.
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

from build_tools.finetune.encode import pair_row, text_rows
from build_tools.finetune.fitting import fit_temperature
from build_tools.finetune.overlap import common
from build_tools.finetune.records import CONTRADICTION, ENTAILMENT, Row
from build_tools.finetune.scoring import PackedScorer
from build_tools.finetune.turn import CALM_SOURCE, TEMPLATE

Floats = NDArray[np.floating]
_TEXTS, _PAIRS = 250, 600
_WRONG_WORDS = 14
_DECAY = 1e-3
_INFERENCE = ("ocnli", "cmnli", "csnli")


@dataclass(frozen=True, slots=True)
class Choices:
    """Hypotheses of texts: logits [texts, k, 3], what they share [texts, k, 2], the right one."""

    logits: Floats
    shared: Floats
    right: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LabelFit:
    """``factors`` [2, 3] of the overlap; temperatures of labels alone and of labels that share 1."""

    factors: NDArray[np.float32]
    temperature: float
    label_temperature: float


class LabelFitter:
    """Scores held-out questions once, then fits."""

    def __init__(
        self,
        scorer: PackedScorer,
        tokenizer: Tokenizer,
        weights: NDArray[np.float32],
        chance: random.Random,
    ) -> None:
        self._scorer, self._tokenizer, self._chance = scorer, tokenizer, chance
        kept = weights.copy()
        kept[[tokenizer.token_to_id(name) for name in ("[PAD]", "[CLS]", "[SEP]")]] = 0.0
        self._weights = torch.from_numpy(kept)

    def fit(self, rows: Sequence[Row]) -> LabelFit:
        """Fit to the held-out ``rows``."""
        sets = [self._topics(rows, "tnews"), self._topics(rows, "thucnews"), self._words(rows)]
        pairs = self._pairs(rows)
        factors = _fit_factors(sets, pairs)
        mixed = [one.logits + one.shared @ factors for one in sets]
        alone, holds = _for_themselves(mixed, [one.right for one in sets])
        return LabelFit(
            factors.astype(np.float32),
            fit_temperature(alone, holds),
            fit_temperature(
                _padded([one[:, :, ENTAILMENT] for one in mixed]),
                np.concatenate([one.right for one in sets]),
            ),
        )

    def _topics(self, rows: Sequence[Row], source: str) -> Choices:
        known = [row for row in rows if row.source == source]
        labels = sorted({str(row.topic) for row in known})
        hypotheses = [TEMPLATE.format(label) for label in labels]
        asked = [(row.text, hypotheses) for row in known[:_TEXTS]]
        right = np.array([labels.index(str(row.topic)) for row in known[:_TEXTS]])
        return self._scored(asked, right)

    def _words(self, rows: Sequence[Row]) -> Choices:
        known = [row for row in rows if row.source == CALM_SOURCE][:_TEXTS]
        words = [str(row.keyword) for row in known]
        asked = []
        for place, row in enumerate(known):
            others = [word for word in dict.fromkeys(words) if word not in row.text]
            labels = [str(row.keyword), *self._chance.sample(others, _WRONG_WORDS)]
            text = row.text.replace(str(row.keyword), "") if place % 2 else row.text
            asked.append((text, [TEMPLATE.format(label) for label in labels]))
        return self._scored(asked, np.zeros(len(asked), np.int64))

    def _pairs(self, rows: Sequence[Row]) -> Choices:
        known = [row for row in rows if row.source in _INFERENCE][:_PAIRS]
        asked = [(row.text, [str(row.hypothesis)]) for row in known]
        return self._scored(asked, np.array([row.inference for row in known]))

    def _scored(
        self, asked: Sequence[tuple[str, Sequence[str]]], right: NDArray[np.int64]
    ) -> Choices:
        logits = self._scorer.choices(asked).astype(np.float64)
        return Choices(logits, np.stack([self._shared(*one) for one in asked]), right)

    def _shared(self, text: str, hypotheses: Sequence[str]) -> Floats:
        """Return the two numbers of each hypothesis, [hypotheses, 2], as the graph has them."""
        row = text_rows(self._tokenizer, [text])[0]
        found = self._tokenizer.encode_batch(list(hypotheses), add_special_tokens=False)
        rows = [pair_row(row, one.ids, row[-1]) for one in found]
        ids = torch.zeros((len(rows), max(map(len, rows))), dtype=torch.int64)
        for place, one in enumerate(rows):
            ids[place, : len(one)] = torch.tensor(one)
        columns = torch.arange(ids.shape[1])[None]
        lengths = torch.tensor([len(one) for one in rows])[:, None]
        in_other = (columns >= len(row)) & (columns < lengths)
        in_text = (columns < len(row)).expand_as(in_other)
        return common(self._weights, ids, in_text, in_other).numpy().astype(np.float64)


def _fit_factors(sets: Sequence[Choices], pairs: Choices) -> NDArray[np.float64]:
    """Return [2, 3]: labels compete by entailment and hold or not, pairs have three classes."""

    def loss(values: NDArray[np.float64]) -> float:
        factors = np.stack([values[:3], values[3:6]])
        total = 0.0
        for one in sets:
            scores = (one.logits + one.shared @ factors)[:, :, ENTAILMENT] * values[6]
            total -= _log_softmax(scores)[np.arange(len(scores)), one.right].mean()
        mixed = [one.logits + one.shared @ factors for one in sets]
        alone, holds = _for_themselves(mixed, [one.right for one in sets])
        total -= _log_softmax(alone * values[8])[np.arange(len(holds)), holds].mean()
        total += _DECAY * float(np.square(values[:6]).sum())
        inferred = (pairs.logits + pairs.shared @ factors)[:, 0] * values[7]
        return float(total - _log_softmax(inferred)[np.arange(len(inferred)), pairs.right].mean())

    start = np.array([0.0] * 6 + [1.0] * 3)
    found = minimize(loss, start, method="L-BFGS-B", bounds=[(-8, 8)] * 6 + [(0.05, 5)] * 3)
    return np.stack([found.x[:3], found.x[3:6]])


def _for_themselves(
    logits: Sequence[Floats], right: Sequence[NDArray[np.int64]]
) -> tuple[Floats, NDArray[np.int64]]:
    """Return (contradiction, entailment) of the right label and of one wrong one per text."""
    pairs, holds = [], []
    for found, wanted in zip(logits, right, strict=True):
        places = np.arange(len(found))
        wrong = (wanted + 1 + places % (found.shape[1] - 1)) % found.shape[1]
        for chosen, held in ((wanted, 1), (wrong, 0)):
            pairs.append(found[places, chosen][:, [CONTRADICTION, ENTAILMENT]])
            holds.append(np.full(len(found), held))
    return np.concatenate(pairs), np.concatenate(holds)


def _padded(scores: Sequence[Floats]) -> Floats:
    widest = max(one.shape[1] for one in scores)
    return np.concatenate(
        [
            np.pad(one, ((0, 0), (0, widest - one.shape[1])), constant_values=-1e4)
            for one in scores
        ]
    )


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
