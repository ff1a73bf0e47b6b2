"""A linear judgement of token runs beside the encoder's: hashed runs of one to three tokens.

Imports torch and scikit-learn (extra ``build``), nothing of ``assistant``. Linear models of
character runs are hard to beat on reviews (Wang and Manning 2012); inside the graph this one costs
one byte a run and is read from ``input_ids``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn

RUN_BUCKETS = 131_071
"""Buckets of runs of two and of three tokens, each; a prime."""
_STRIDE = 8_191
_VOCABULARY = 8_192


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of all buckets (single tokens, pairs, triples) and the intercept."""

    runs: NDArray[np.float32]
    intercept: float


def run_buckets(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the buckets of the runs that end at each of ``ids``, which begin with [CLS]."""
    one = ids
    left = np.concatenate([[0], ids[:-1]])
    pair = left * _STRIDE + ids
    further = np.concatenate([[0, 0], ids[:-2]])
    triple = (further * _STRIDE + left) % RUN_BUCKETS * _STRIDE + ids
    two = _VOCABULARY + pair % RUN_BUCKETS
    three = _VOCABULARY + RUN_BUCKETS + triple % RUN_BUCKETS
    return np.concatenate([one, two, three])


def features(rows: list[list[int]]) -> csr_matrix:
    """Return the runs of token rows, divided by √length."""
    found = [run_buckets(np.array(row, dtype=np.int64)) for row in rows]
    sizes = [len(row) for row in rows]
    places = np.repeat(np.arange(len(rows)), [3 * size for size in sizes])
    values = np.repeat(1 / np.sqrt(sizes), [3 * size for size in sizes]).astype(np.float32)
    shape = len(rows), _VOCABULARY + 2 * RUN_BUCKETS
    matrix = csr_matrix((values, (places, np.concatenate(found))), shape=shape)
    matrix.sum_duplicates()
    return matrix


def fit(rows: list[list[int]], positive: NDArray[np.bool_], strength: float) -> Weights:
    """Fit the judgement of ``rows``; ``strength`` is scikit-learn's C."""
    model = LogisticRegression(C=strength, solver="liblinear", dual=False, max_iter=60)
    model.fit(features(rows), positive)
    return Weights(model.coef_[0].astype(np.float32), float(np.ravel(model.intercept_)[0]))


def scores(weights: Weights, rows: list[list[int]]) -> NDArray[np.float32]:
    """Return the log-odds of positive for each row."""
    return features(rows) @ weights.runs + np.float32(weights.intercept)


def save_judge(path: Path, weights: Weights, share: float) -> None:
    """Write the weights as bytes with one scale; ``share`` multiplies the judgement."""
    scale = float(np.quantile(np.abs(weights.runs), 0.9999)) / 127
    integers = np.clip(np.round(weights.runs / scale), -127, 127).astype(np.int8)
    np.savez_compressed(path, runs=integers, scale=scale, intercept=weights.intercept, share=share)


class Judge(nn.Module):
    """Half the log-odds for positive, half against, as logits [B, 2] to be added."""

    runs: Tensor

    def __init__(self, path: Path) -> None:
        """Read what ``save_judge`` wrote."""
        super().__init__()
        stored = np.load(path)
        self.register_buffer("runs", torch.from_numpy(stored["runs"]))
        self.scale, self.intercept = float(stored["scale"]), float(stored["intercept"])
        self.share = float(stored["share"])

    def forward(self, ids: Tensor, in_text: Tensor) -> Tensor:
        """Judge the tokens where ``in_text`` holds; the runs are those of ``run_buckets``."""
        zero = torch.zeros_like(ids[:, :1])
        left = torch.cat([zero, ids[:, :-1]], dim=1)
        further = torch.cat([zero, left[:, :-1]], dim=1)
        pair = left * _STRIDE + ids
        triple = (further * _STRIDE + left) % RUN_BUCKETS * _STRIDE + ids
        two = _VOCABULARY + pair % RUN_BUCKETS
        three = _VOCABULARY + RUN_BUCKETS + triple % RUN_BUCKETS
        found = torch.stack([ids, two, three], dim=-1)
        values = self.runs[found].float().sum(-1) * in_text.float()
        size = in_text.float().sum(1).clamp(min=1.0)
        odds = (values.sum(1) * self.scale / size.sqrt() + self.intercept) * self.share
        return torch.stack([-odds / 2, odds / 2], dim=-1)
