"""What the texts of labels that training knows look like: a linear judgement per label.

Imports torch, nothing of ``assistant``. Logistic regression of bags of units weighed by rarity,
beside what static vectors say; names that are no labels of training stand among the choices with
what their vectors say alone, so that a person's own labels stay comparable. Weights are held to 0:
bags that were kept sparse by dropout alone cost 0.15 nats more on held-out headlines. The scores
are kept as a product of two narrow tables.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from build_tools.finetune.static_vectors import StaticVectors, normalised
from build_tools.finetune.units import unit_rows

WIDTH = 24
_STEPS, _TEXTS, _RATE, _WARM = 1500, 512, 0.02, 30
_LIKENESS = 7.0
"""What the cosine of static vectors counts beside the scores."""
_DECAY = 8e-4
"""Half of this times the sum of the squared weights is added to the loss."""
_STRANGERS = 12

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Known:
    """``labels`` of training, their vectors [labels, WIDTH], and those of units [units, WIDTH]."""

    labels: tuple[str, ...]
    label_vectors: Floats
    unit_vectors: Floats


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of one source: token ids, which of ``names`` each has; ``share`` of the batches."""

    ids: Sequence[Ints]
    answers: Ints
    names: Sequence[str]
    share: float


class _Bags(nn.Module):
    """A score of every known label: the sum of a text's weights over √units."""

    rarity: Tensor

    def __init__(self, rarity: Floats, labels: int) -> None:
        super().__init__()
        self.units = nn.EmbeddingBag(len(rarity), labels, mode="sum")
        self.register_buffer("rarity", torch.from_numpy(rarity))
        nn.init.zeros_(self.units.weight)  # a unit that no text of training holds says nothing

    def forward(self, bags: Sequence[Ints]) -> Tensor:
        """Return the score of every known label for every text, [texts, labels]."""
        sizes = np.array([len(bag) for bag in bags])
        starts = torch.from_numpy(np.concatenate([[0], np.cumsum(sizes)[:-1]]))
        units = torch.from_numpy(np.concatenate(bags))
        sums = self.units(units, starts, per_sample_weights=self.rarity[units])
        return sums / torch.from_numpy(sizes).float().clamp(min=1).sqrt()[:, None]


def learn_known(
    sources: Sequence[Texts],
    strangers: Sequence[str],
    name_ids: dict[str, Ints],
    vectors: StaticVectors,
    labels: Sequence[str],
    seed: int,
    steps: int = _STEPS,
) -> Known:
    """Learn ``labels`` from ``sources``; ``strangers`` are names that are no known label.

    ``name_ids`` holds the token ids of every name.
    """
    teacher = _Teacher(sources, strangers, name_ids, vectors, labels, seed)
    model = _Bags(teacher.rarity, len(labels))
    optimiser = torch.optim.Adam(model.parameters(), lr=_RATE, betas=(0.9, 0.99))
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = _RATE * min(1, (step + 1) / _WARM) * (1 - step / steps)
        bags, offsets, columns, answers = teacher.batch()
        known = torch.nn.functional.pad(model(bags), (0, 1))  # strangers: the last column, 0
        loss = nn.functional.cross_entropy(known[:, columns] + offsets, answers)
        optimiser.zero_grad()
        (loss + _DECAY / 2 * model.units.weight.square().sum()).backward()
        optimiser.step()
        if step % 200 == 199:
            print(f"known labels: step {step + 1} of {steps}, loss {loss.item():.3f}", flush=True)
    weights = model.units.weight.detach() * model.rarity[:, None]
    return Known(tuple(labels), *_narrowed(weights.numpy()))


def _narrowed(weights: Floats) -> tuple[Floats, Floats]:
    """Return [labels, WIDTH] and [units, WIDTH] whose product is nearest to ``weights``."""
    units, sizes, labels = np.linalg.svd(weights, full_matrices=False)
    roots, width = np.sqrt(sizes), min(WIDTH, len(sizes))
    left, right = np.zeros((len(labels), WIDTH)), np.zeros((len(weights), WIDTH))
    left[:, :width] = (labels.T * roots)[:, :width]
    right[:, :width] = (units * roots)[:, :width] * weights.any(axis=1, keepdims=True)
    return left.astype(np.float32), right.astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Read:
    """A source as it is learned from: units and vectors of its texts, columns of its answers."""

    bags: list[Ints]
    vectors: Floats
    answers: Ints
    always: frozenset[int]
    share: float


class _Teacher:
    """Draws batches: bags of units, what static vectors say, columns of labels, answers.

    Columns: the known labels, then the strangers.
    """

    def __init__(
        self,
        sources: Sequence[Texts],
        strangers: Sequence[str],
        name_ids: dict[str, Ints],
        vectors: StaticVectors,
        labels: Sequence[str],
        seed: int,
    ) -> None:
        self._vectors, self._known, self._strangers = vectors, len(labels), len(strangers)
        self._chance, self._numpy = random.Random(seed), np.random.default_rng(seed)
        names = [*labels, *strangers]
        self._names = np.stack([self._vector(self._units(name_ids[name])) for name in names])
        column = {name: place for place, name in enumerate(names)}
        self._sources = [self._read(source, column) for source in sources]
        self.rarity = self._rarity()

    def _units(self, ids: Ints) -> Ints:
        return unit_rows(ids, self._vectors.pairs)

    def _vector(self, units: Ints) -> Floats:
        return normalised(self._vectors.table[units].sum(axis=0, keepdims=True))[0]

    def _read(self, source: Texts, column: dict[str, int]) -> _Read:
        bags = [self._units(ids) for ids in source.ids]
        vectors = np.stack([self._vector(bag) for bag in bags]) - self._vectors.centre
        columns = np.array([column[name] for name in source.names])
        few = len(columns) <= self._known
        always = columns.tolist() if few else range(self._known)
        return _Read(bags, vectors, columns[source.answers], frozenset(always), source.share)

    def _rarity(self) -> Floats:
        """Return ln(texts / texts that hold it) + 1 of every unit."""
        held = np.zeros(len(self._vectors.table))
        for source in self._sources:
            for bag in source.bags:
                held[np.unique(bag)] += 1
        texts = sum(len(source.bags) for source in self._sources)
        return (np.log((1 + texts) / (1 + held)) + 1).astype(np.float32)

    def batch(self) -> tuple[list[Ints], Tensor, Tensor, Tensor]:
        weights = [source.share for source in self._sources]
        source = self._chance.choices(self._sources, weights)[0]
        drawn = self._numpy.integers(len(source.bags), size=_TEXTS)
        answers = source.answers[drawn]
        few = min(_STRANGERS, self._strangers)
        strangers = self._chance.sample(range(self._known, len(self._names)), few)
        asked = np.array(sorted({*source.always, *answers.tolist(), *strangers}))
        likeness = source.vectors[drawn] @ self._names[asked].T
        return (
            [source.bags[i] for i in drawn],
            torch.from_numpy((_LIKENESS * likeness).astype(np.float32)),
            torch.from_numpy(np.minimum(asked, self._known)),
            torch.from_numpy(np.searchsorted(asked, answers)),
        )
