"""A linear judgement of token runs beside the encoder's: hashed runs of one to three tokens.

Imports torch and scikit-learn (extra ``build``), nothing of ``assistant``. Linear models of
character runs are hard to beat on reviews (Wang and Manning 2012); inside the graph this one costs
half a byte a run and is read from ``input_ids``. A run counts 1 + ln(times) by its inverse document
frequency, which is folded into its weight, over √ of the text's length.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn

PAIR_BUCKETS, TRIPLE_BUCKETS = 262_139, 524_287
"""Buckets of runs of two and of three tokens; primes."""
_STRIDE = 8_191
_VOCABULARY = 8_192
_TRIPLES = _VOCABULARY + PAIR_BUCKETS
_SIZE = _TRIPLES + TRIPLE_BUCKETS
LEVELS = 16
LINEAR = "linear.npz"
"""Name of the fitted judgement beside the rows it was fitted to."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of all buckets (single tokens, pairs, triples) and the intercept.

    ``energies`` are the mean squares of the buckets' features: what an error of a weight costs.
    """

    runs: NDArray[np.float32]
    intercept: float
    energies: NDArray[np.float32]


def run_buckets(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the buckets of the runs that end at each of ``ids``, which begin with [CLS]."""
    left = np.concatenate([[0], ids[:-1]])
    further = np.concatenate([[0], left[:-1]])
    two, three = _longer_runs(ids, left, further)
    return np.concatenate([ids, two, three])


def _longer_runs(ids: Any, left: Any, further: Any) -> tuple[Any, Any]:
    """Return the buckets of pairs and triples of tokens and their two left neighbours."""
    two = _VOCABULARY + (left * _STRIDE + ids) % PAIR_BUCKETS
    start = (further * _STRIDE + left) % TRIPLE_BUCKETS
    return two, _TRIPLES + (start * _STRIDE + ids) % TRIPLE_BUCKETS


def features(rows: list[list[int]]) -> csr_matrix:
    """Return (1 + ln times) / √length of the runs of token rows."""
    found = [run_buckets(np.array(row, dtype=np.int64)) for row in rows]
    sizes = np.array([len(row) for row in rows])
    places = np.repeat(np.arange(len(rows)), 3 * sizes)
    ones = np.ones(len(places), dtype=np.float32)
    matrix = csr_matrix((ones, (places, np.concatenate(found))), shape=(len(rows), _SIZE))
    matrix.sum_duplicates()
    matrix.data = 1 + np.log(matrix.data)
    return csr_matrix(diags((1 / np.sqrt(sizes)).astype(np.float32)) @ matrix)


def fit(
    rows: list[list[int]],
    positive: NDArray[np.bool_],
    strength: float,
    counts: NDArray[np.float64] | None = None,
) -> Weights:
    """Fit the judgement of ``rows``; ``strength`` is scikit-learn's C of runs weighed by rarity.

    ``counts``: how much each row counts (default: 1).
    """
    found = features(rows)
    rarity = np.log((1 + len(rows)) / (1 + found.getnnz(axis=0))) + 1
    model = LogisticRegression(C=strength, solver="liblinear", dual=False, max_iter=60)
    model.fit(found @ diags(rarity.astype(np.float32)), positive, sample_weight=counts)
    runs = (model.coef_[0] * rarity).astype(np.float32)
    energies = np.asarray(found.multiply(found).mean(axis=0), dtype=np.float32).ravel()
    return Weights(runs, float(np.ravel(model.intercept_)[0]), energies)


def scores(weights: Weights, rows: list[list[int]]) -> NDArray[np.float32]:
    """Return the log-odds of positive for each row."""
    return features(rows) @ weights.runs + np.float32(weights.intercept)


def compressed(weights: Weights) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Return four bits of each run's weight, two runs in a byte, and the levels [16] they choose.

    One level is 0, that of runs never seen; the others are where they cost least (k-means, each
    weight by its energy): squares of even steps lost half a point on ChnSentiCorp.
    """
    used = weights.runs != 0
    found = KMeans(LEVELS - 1, n_init=3, random_state=0).fit(
        weights.runs[used, None], sample_weight=weights.energies[used]
    )
    levels = np.sort(np.append(found.cluster_centers_[:, 0], 0)).astype(np.float32)
    edges = (levels[1:] + levels[:-1]) / 2
    bits = np.searchsorted(edges, weights.runs).astype(np.uint8)
    bits[~used] = np.flatnonzero(levels == 0)[0]
    bits = np.append(bits, np.zeros(len(bits) % 2, np.uint8))
    return bits[0::2] + 16 * bits[1::2], levels


def expanded(bits: NDArray[np.uint8], levels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the weights that ``compressed`` wrote."""
    return levels[np.stack([bits % 16, bits // 16], axis=1).ravel()]


def save_judge(path: Path, weights: Weights, share: float, calm: float) -> None:
    """Write the weights in four bits.

    ``share`` multiplies the judgement; ``calm`` is added to the logit of texts that judge nothing.
    """
    bits, levels = compressed(weights)
    given = {"intercept": weights.intercept, "share": share, "calm": calm}
    np.savez_compressed(path, bits=bits, levels=levels, **given)


class Judge(nn.Module):
    """Half the log-odds for positive, half against, and what calm is given, as logits [B, 3]."""

    bits: Tensor
    levels: Tensor
    sides: Tensor
    calm: Tensor

    def __init__(self, path: Path) -> None:
        """Read what ``save_judge`` wrote; ValueError where that was for a head of two sides."""
        super().__init__()
        stored = np.load(path)
        if "calm" not in stored:
            raise ValueError(f"{path} was fitted for a head without neutral: run fit again")
        self.register_buffer("bits", torch.from_numpy(stored["bits"]))
        self.register_buffer("levels", torch.from_numpy(stored["levels"]))
        self.intercept, self.share = float(stored["intercept"]), float(stored["share"])
        self.register_buffer("sides", torch.tensor([-0.5, 0.5, 0.0]))
        self.register_buffer("calm", torch.tensor([0.0, 0.0, float(stored["calm"])]))

    def forward(self, ids: Tensor, in_text: Tensor) -> Tensor:
        """Judge the tokens where ``in_text`` holds; the runs are those of ``run_buckets``."""
        zero = torch.zeros_like(ids[:, :1])
        left = torch.cat([zero, ids[:, :-1]], dim=1)
        further = torch.cat([zero, left[:, :-1]], dim=1)
        values = sum(
            self._weights(runs) * _share_of_times(runs, in_text)
            for runs in (ids, *_longer_runs(ids, left, further))
        )
        size = in_text.float().sum(1).clamp(min=1.0)
        odds = (values.sum(1) / size.sqrt() + self.intercept) * self.share
        return odds[:, None] * self.sides + self.calm

    def _weights(self, runs: Tensor) -> Tensor:
        both = self.bits[torch.div(runs, 2, rounding_mode="floor")].float()
        high = torch.floor(both / 16)
        return self.levels[torch.where(runs % 2 == 1, high, both - 16 * high).long()]


def _share_of_times(runs: Tensor, in_text: Tensor) -> Tensor:
    """Return for each place its part of 1 + ln(times) of its run in the text, [B, L]."""
    same = (runs[:, :, None] == runs[:, None, :]) & in_text[:, None, :]
    times = same.float().sum(2).clamp(min=1.0)
    return (1 + times.log()) / times * in_text.float()
