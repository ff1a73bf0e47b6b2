"""What the texts of labels that training knows look like: a linear judgement per label.

Imports torch, nothing of ``assistant``. Bags of units as in fastText (Joulin et al. 2017), added to
what static vectors say; names that are no labels of training stand among the choices with what
their vectors say alone, so that a person's own labels stay comparable.
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
_STEPS, _TEXTS, _RATE, _WARM = 1000, 256, 0.02, 30
_LIKENESS = 10.0
_DROPPED = 0.25
_STRANGERS = 25

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
    def __init__(self, units: int, labels: int) -> None:
        super().__init__()
        self.units = nn.EmbeddingBag(units, WIDTH, mode="sum")
        self.labels = nn.Parameter(torch.randn(labels, WIDTH) * 0.5)
        nn.init.zeros_(self.units.weight)  # a unit that no text of training holds says nothing

    def forward(self, bags: Sequence[Ints]) -> Tensor:
        """Return the score of every known label for every text, [texts, labels]."""
        sizes = np.array([len(bag) for bag in bags])
        starts = torch.from_numpy(np.concatenate([[0], np.cumsum(sizes)[:-1]]))
        sums = self.units(torch.from_numpy(np.concatenate(bags)), starts)
        return sums / torch.from_numpy(sizes).clamp(min=1).sqrt()[:, None] @ self.labels.T


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
    torch.manual_seed(seed)
    model = _Bags(len(vectors.table), len(labels))
    optimiser = torch.optim.Adam(model.parameters(), lr=_RATE, betas=(0.9, 0.99))
    teacher = _Teacher(sources, strangers, name_ids, vectors, labels, seed)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = _RATE * min(1, (step + 1) / _WARM) * (1 - step / steps)
        bags, offsets, columns, answers = teacher.batch()
        known = torch.nn.functional.pad(model(bags), (0, 1))  # strangers: the last column, 0
        loss = nn.functional.cross_entropy(known[:, columns] + offsets, answers)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 200 == 199:
            print(f"known labels: step {step + 1} of {steps}, loss {loss.item():.3f}", flush=True)
    with torch.no_grad():
        return Known(tuple(labels), model.labels.numpy(), model.units.weight.numpy())


class _Teacher:
    """Draws batches: bags of units, what static vectors say, columns of labels, answers."""

    def __init__(
        self,
        sources: Sequence[Texts],
        strangers: Sequence[str],
        name_ids: dict[str, Ints],
        vectors: StaticVectors,
        labels: Sequence[str],
        seed: int,
    ) -> None:
        self._sources, self._strangers, self._vectors = sources, strangers, vectors
        self._column = {label: place for place, label in enumerate(labels)}
        self._chance, self._numpy = random.Random(seed), np.random.default_rng(seed)
        self._names = {name: self._sum(ids) for name, ids in name_ids.items()}

    def _sum(self, ids: Ints) -> Floats:
        table, pairs = self._vectors.table, self._vectors.pairs
        return normalised(table[unit_rows(ids, pairs)].sum(axis=0, keepdims=True))[0]

    def batch(self) -> tuple[list[Ints], Tensor, Tensor, Tensor]:
        weights = [source.share for source in self._sources]
        source = self._chance.choices(self._sources, weights)[0]
        drawn = self._numpy.integers(len(source.ids), size=_TEXTS)
        rows = [unit_rows(source.ids[i], self._vectors.pairs) for i in drawn]
        answers = [source.names[source.answers[i]] for i in drawn]
        strangers = self._chance.sample(self._strangers, min(_STRANGERS, len(self._strangers)))
        few = source.names if len(source.names) <= len(self._column) else ()
        names = sorted({*few, *answers, *strangers, *(() if few else self._column)})
        texts = np.stack([self._vectors.table[row].sum(axis=0) for row in rows])
        likeness = (normalised(texts) - self._vectors.centre) @ np.stack(
            [self._names[name] for name in names]
        ).T
        bags = [row[self._numpy.random(len(row)) >= _DROPPED] for row in rows]
        place = {name: number for number, name in enumerate(names)}
        columns = [self._column.get(name, len(self._column)) for name in names]
        return (
            bags,
            torch.from_numpy((_LIKENESS * likeness).astype(np.float32)),
            torch.tensor(columns),
            torch.tensor([place[answer] for answer in answers]),
        )
