"""Fit what turns inference logits into confidences of labels: overlap factors and temperatures.

Imports torch, nothing of ``assistant``. Held-out rows only: topics with all labels of their set,
words that half of the passages hold and half had taken out.
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
_TEXTS = 250
_WRONG_WORDS = 14
_DECAY = 1e-3


@dataclass(frozen=True, slots=True)
class Choices:
    """Hypotheses of texts: logits [texts, k, 3], what they share [texts, k, 2], the right one."""

    logits: Floats
    shared: Floats
    right: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LabelFit:
    """Factors [2, 3] of the overlap; temperatures of labels alone and of those that share 1."""

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
        factors = _fit_factors(sets)
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


def _fit_factors(sets: Sequence[Choices]) -> NDArray[np.float64]:
    """Return [2, 3], equal for all classes: labels compete by it, and pairs keep their class.

    What a label shares with its text speaks for it among other labels. In a pair it says little:
    a contradiction repeats its premise as well.
    """

    def loss(values: NDArray[np.float64]) -> float:
        total = _DECAY * float(np.square(values[:2]).sum())
        for one in sets:
            scores = (one.logits[:, :, ENTAILMENT] + one.shared @ values[:2]) * values[2]
            total -= _log_softmax(scores)[np.arange(len(scores)), one.right].mean()
        return float(total)

    bounds = [(0, 8), (0, 8), (0.05, 5)]
    found = minimize(loss, np.array([0.0, 0.0, 1.0]), method="L-BFGS-B", bounds=bounds)
    return np.repeat(found.x[:2, None], 3, axis=1)


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
        [np.pad(one, ((0, 0), (0, widest - one.shape[1])), constant_values=-1e4) for one in scores]
    )


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
