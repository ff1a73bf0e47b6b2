"""Fit the networks that turn counts into probabilities, one for characters, one for words.

Fitted on text that was never counted, through the very look-up code and the very packed tables
that ship, so that they know how far a quantised count and a fingerprint can be trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_counts import Ints, Seen
from assistant.engine.memory_look import MAX_CANDIDATES
from assistant.engine.memory_scorer import FEATURE_SCALE, blank_features
from assistant.engine.memory_table import Floats
from assistant.engine.memory_words import MAX_LENGTH, MAX_WORDS, Lexicon
from build_tools.memory.blanks import Blank

HIDDEN = 48


@dataclass(frozen=True, slots=True)
class Samples:
    """Features of N blanks of at most K candidates; ``answers`` [N], K when it is none of them."""

    candidates: torch.Tensor
    blanks: torch.Tensor
    sizes: torch.Tensor
    answers: torch.Tensor


def character_samples(memory: PhraseMemory, blanks: Sequence[Blank]) -> Samples:
    """Look up blanks of one character."""

    def look_up(blank: Blank) -> tuple[Seen, Floats, int]:
        seen = memory.seen(memory.pairs(blank.left, blank.right))
        ids = memory.alphabet.encode(blank.answer)
        return seen, memory.store.unigrams[seen.ids], _place(seen.ids, int(ids[0]))

    return _samples(blanks, look_up, MAX_CANDIDATES)


def word_samples(memory: PhraseMemory, lexicon: Lexicon, blanks: Sequence[Blank]) -> Samples:
    """Look up blanks of one word."""
    index = {tuple(ids): row for row, ids in enumerate(lexicon.ids.tolist())}

    def look_up(blank: Blank) -> tuple[Seen, Floats, int]:
        seen = lexicon.seen(memory.store, memory.pairs(blank.left, blank.right))
        ids = memory.alphabet.encode(blank.answer).tolist()
        row = index.get((*ids, *[0] * (MAX_LENGTH - len(ids))), -1)
        return seen, lexicon.own(seen.ids), _place(seen.ids, row)

    return _samples(blanks, look_up, MAX_WORDS)


def other_lengths(samples: Samples, blanks: Sequence[Blank]) -> Floats:
    """Return P of the lengths 1–4 of the answers that were none of the candidates."""
    missed = (samples.answers == samples.candidates.shape[1]).numpy()
    lengths = np.array([len(blank.answer) for blank in blanks])[missed]
    counts = np.bincount(lengths - 1, minlength=MAX_LENGTH) + 1.0
    return (counts / counts.sum()).astype(np.float32)


def candidate_features(seen: Seen, own: Floats) -> Floats:
    """Return [K, 2 W + n]: counts, shares of the window's total, and ``own``, as logarithms."""
    shares = seen.logs - seen.totals[:, None]
    return np.concatenate((seen.logs, shares, np.atleast_2d(own))).T * FEATURE_SCALE


class ScorerNet(nn.Module):
    """The scorer as :class:`assistant.engine.memory_scorer.NetScorer` computes it."""

    def __init__(self, candidate: int, blank: int, hidden: int) -> None:
        super().__init__()

        def matrix(rows: int) -> nn.Parameter:
            return nn.Parameter(torch.randn(rows, hidden) / rows**0.5)

        self.candidate, self.blank = matrix(candidate), matrix(blank)
        self.rest_blank = matrix(blank)
        self.bias = nn.Parameter(torch.zeros(hidden))
        self.out = nn.Parameter(torch.randn(hidden) / hidden**0.5)
        self.direct = nn.Parameter(torch.zeros(candidate))
        self.rest = nn.Parameter(torch.zeros(hidden))
        self.rest_bias = nn.Parameter(torch.zeros(hidden + 1))

    def forward(self, data: Samples, rows: torch.Tensor) -> torch.Tensor:
        """Return the scores of K candidates and of "none of them", [N, K + 1]."""
        features, blanks = data.candidates[rows].float(), data.blanks[rows]
        around = blanks @ self.blank + self.bias
        hidden = torch.relu(features @ self.candidate + around[:, None])
        scores = hidden @ self.out + features @ self.direct
        missing = torch.arange(scores.shape[1]) >= data.sizes[rows, None]
        rest = torch.relu(blanks @ self.rest_blank + self.rest_bias[:-1]) @ self.rest
        return torch.cat(
            (scores.masked_fill(missing, -1e9), (rest + self.rest_bias[-1])[:, None]), 1
        )

    def sections(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """Return the weights as sections of the memory file."""
        return {
            f"{prefix}.{name}": weight.detach().numpy().astype(np.float32)
            for name, weight in sorted(self.named_parameters())
        }


def fit(data: Samples, *, epochs: int = 12, seed: int = 0, rate: float = 3e-3) -> ScorerNet:
    """Fit a scorer by maximum likelihood."""
    torch.manual_seed(seed)
    net = ScorerNet(data.candidates.shape[2], data.blanks.shape[1], HIDDEN)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=1e-4)
    count, batch = len(data.answers), 256
    steps = max(1, epochs * (count // batch))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 50, 2 * (1 - step / steps) + 1e-3)
    )
    for epoch in range(epochs):
        total = 0.0
        for rows in torch.randperm(count).split(batch)[: max(1, count // batch)]:
            loss = nn.functional.cross_entropy(net(data, rows), data.answers[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: {total / max(1, count // batch):.4f} nats", flush=True)
    return net


def accuracy(data: Samples, net: ScorerNet) -> dict[str, float]:
    """Return top-1, top-5 and nats on ``data``; an answer that is no candidate is a miss."""
    with torch.no_grad():
        scores = torch.cat([net(data, rows) for rows in torch.arange(len(data.answers)).split(256)])
    hits = scores[:, :-1].topk(5).indices == data.answers[:, None]
    return {
        "top1": hits[:, 0].float().mean().item(),
        "top5": hits.any(1).float().mean().item(),
        "nats": nn.functional.cross_entropy(scores, data.answers).item(),
    }


def _samples(
    blanks: Sequence[Blank], look_up: Callable[[Blank], tuple[Seen, Floats, int]], width: int
) -> Samples:
    candidates: NDArray[np.float16] | None = None
    around, sizes, answers = [], [], []
    for row, blank in enumerate(blanks):
        seen, own, place = look_up(blank)
        features = candidate_features(seen, own)
        if candidates is None:
            candidates = np.zeros((len(blanks), width, features.shape[1]), dtype=np.float16)
        candidates[row, : len(features)] = features
        around.append(blank_features(seen))
        sizes.append(len(features))
        answers.append(width if place < 0 else place)
    if candidates is None:
        raise ValueError("no blanks")
    return Samples(
        torch.from_numpy(candidates),
        torch.from_numpy(np.stack(around)),
        torch.tensor(sizes),
        torch.tensor(answers),
    )


def _place(ids: Ints, wanted: int) -> int:
    place = np.flatnonzero(ids == wanted)
    return int(place[0]) if len(place) else -1
