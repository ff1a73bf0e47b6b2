"""Fit the word gate: ``python -m build_tools.memory.fit_words --package DIR --lines FILE``.

Blanks of held-out text are searched by the engine that ships: words of unknown length (two thirds
whole words, one third characters, as people mark them), and words of known length. The network
that makes the right word likely is fitted by maximum likelihood, beginning with its linear part.
Of unknown length the commonest words count less: people leave them out more rarely than they stand
in a text. The package's memory, character gate, rerankers and word ranker must be in place. Prints
accuracy and calibration before and after, on words as they stand; writes JSON for "word_gate" of
the manifest's settings.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from tqdm import tqdm

from assistant.engine.candidates import POOL
from assistant.engine.context import Context
from assistant.engine.fill import Filler
from assistant.engine.package import load_package
from assistant.engine.word_gate import (
    FEATURES,
    REST_FEATURES,
    Pool,
    rest_features,
    word_features,
)
from assistant.engine.word_ranker import RANKED
from assistant.records import Span, Task
from build_tools.accuracy import binned_error
from build_tools.memory.descent import descend
from build_tools.memory.fit_choices import word_places
from build_tools.memory.fit_reranker import passages
from build_tools.memory.opinions import Gap, character_gaps, word_gaps

_MARK = "\ufffc"
_CHARACTERS = 0.35
"""Share of the blanks that hide one character, wherever it stands in its word."""
_KNOWN = 2
"""Words of known length that are hidden of each line, one at a time,"""
_LONGER = 0.15
"""and words of three, and of four characters that are added: a part of what there is."""
KINDS = ("unknown", "known")
EVENNESS = {"unknown": 0.3, "known": 0.0}
"""Words as common as ``_COMMON`` and more count as their count to the power of minus this;"""
_COMMON = 8.0
"""ln(1 + count) in the memory's list. A word that was not found is none of them."""
HIDDEN = 24
_BATCH = 64
_SCALE = 0.3
"""What the features of the rest are multiplied by for the hidden layer."""
_NO_WORD = -1e9
_PASSAGE = 250


@dataclass(frozen=True, slots=True)
class Examples:
    """N blanks with up to P − 1 candidates each, the rest in the last place.

    ``words`` [N, P, F], ``rest`` [N, R], ``open`` [N, P] is 0 where there is a candidate or the
    rest, ``answers`` [N] the places of the right words, P − 1 where they are not candidates,
    ``weights`` [N] what each blank counts, 1 in the mean.
    """

    words: Tensor
    rest: Tensor
    open: Tensor
    answers: Tensor
    weights: Tensor

    @classmethod
    def of(cls, pools: Sequence[tuple[Pool, int]], evenness: float = 0.0) -> Examples:
        """Take the pools of some blanks, and which candidate is right (−1: none).

        Blanks of common words count less with ``evenness`` above 0.
        """
        width = max(len(pool.opinions) for pool, _ in pools) + 1
        words = np.zeros((len(pools), width, FEATURES), dtype=np.float32)
        absent = np.full((len(pools), width), _NO_WORD, dtype=np.float32)
        absent[:, -1] = 0
        for i, (pool, _) in enumerate(pools):
            words[i, : len(pool.opinions)] = word_features(pool)
            absent[i, : len(pool.opinions)] = 0
        rest = np.stack([rest_features(pool) for pool, _ in pools])
        answers = torch.tensor([answer if answer >= 0 else width - 1 for _, answer in pools])
        common = [pool.opinions[answer].frequency if answer >= 0 else 0 for pool, answer in pools]
        weights = torch.exp(-evenness * (torch.tensor(common) - _COMMON).clamp(min=0))
        return cls(
            torch.from_numpy(words),
            torch.from_numpy(rest),
            torch.from_numpy(absent),
            answers,
            weights / weights.mean(),
        )

    def __len__(self) -> int:
        return len(self.answers)

    def at(self, rows: Tensor | slice) -> Examples:
        """Return some of them."""
        parts = (self.words, self.rest, self.open, self.answers, self.weights)
        return Examples(*(part[rows] for part in parts))


def gaps_of(lines: Sequence[str], seed: int) -> list[Gap]:
    """Return one blank of each line."""
    chance = random.Random(seed)
    single = [line for line in lines if chance.random() < _CHARACTERS]
    whole = sorted(set(lines) - set(single))
    return character_gaps(single, seed, single=1.0) + word_gaps(whole, seed)


def known_gaps(lines: Sequence[str], seed: int) -> list[Gap]:
    """Return some words of each line, and some more of the longer ones, which are rare."""
    seeds = range(seed, seed + _KNOWN)
    gaps = [gap for one in seeds for gap in word_gaps(lines, one) if gap.length > 1]
    for length in RANKED[1:]:
        longer = list(word_places(lines, length))
        random.Random(seed).shuffle(longer)
        gaps += longer[: int(len(gaps) * _LONGER)]
    return list(dict.fromkeys(gaps))


def searched(filler: Filler, gap: Gap, *, known: bool) -> tuple[Pool, int]:
    """Search one blank; return its candidates and which is right, −1 for none."""
    text = gap.text[: gap.start] + _MARK + gap.text[gap.start + gap.length :]
    span = Span(gap.start, gap.start + 1, gap.length if known else None)
    context = Context(filler.vocabulary, text, [span], filler.budget_chars)
    candidates = filler.candidates(context)
    words = candidates.pool(context.open_slots(), 0, POOL)
    right = gap.text[gap.start : gap.start + gap.length]
    texts = [word.text for word in words]
    pool = candidates.opinions(context.open_slots(), 0, words)
    return pool, texts.index(right) if right in texts else -1


class WordGateNet(nn.Module):
    """The gate as :class:`assistant.engine.word_gate.WordGate` computes it, for fitting."""

    def __init__(self, scale: Tensor, hidden: int) -> None:
        """Begin with the search's ln P; ``scale`` [F] evens out the features for H units."""
        super().__init__()
        self.scale = scale
        self.word = nn.Parameter(torch.eye(FEATURES)[0])
        self.rest = nn.Parameter(torch.eye(REST_FEATURES)[0])
        self.inner = nn.Linear(FEATURES, hidden)
        self.inner_rest = nn.Linear(REST_FEATURES, hidden, bias=False)
        self.outer = nn.Parameter(torch.zeros(hidden))
        self.rest_inner = nn.Linear(REST_FEATURES, hidden)
        self.rest_outer = nn.Parameter(torch.zeros(hidden))

    def forward(self, examples: Examples) -> Tensor:
        """Return the scores of candidates and rest, [N, P]."""
        words, rest = examples.words, examples.rest
        inner = self.inner(words * self.scale) + self.inner_rest(rest * _SCALE)[:, None]
        scores = words @ self.word + torch.relu(inner) @ self.outer
        none = rest @ self.rest + torch.relu(self.rest_inner(rest * _SCALE)) @ self.rest_outer
        return torch.cat((scores[:, :-1], none[:, None]), 1) + examples.open

    def linear(self) -> list[nn.Parameter]:
        """Return the weights that are fitted first."""
        return [self.word, self.rest]

    def settings(self) -> dict[str, Any]:
        """Return the settings for the manifest."""
        return {
            "word": _rounded(self.word),
            "inner": _rounded(self.inner.weight.T * self.scale[:, None]),
            "inner_rest": _rounded(self.inner_rest.weight.T * _SCALE),
            "bias": _rounded(self.inner.bias),
            "outer": _rounded(self.outer),
            "rest": _rounded(self.rest),
            "rest_inner": _rounded(self.rest_inner.weight.T * _SCALE),
            "rest_bias": _rounded(self.rest_inner.bias),
            "rest_outer": _rounded(self.rest_outer),
        }


def _rounded(tensor: Tensor) -> Any:
    return np.round(tensor.detach().numpy().astype(np.float64), 5).tolist()


def fit(
    examples: Examples, *, hidden: int = HIDDEN, epochs: int = 20, decay: float = 1e-3
) -> WordGateNet:
    """Return the network that makes the answers likeliest."""
    scale = 1 / (examples.words.reshape(-1, FEATURES).std(0) + 1e-3)
    net = WordGateNet(scale, hidden)
    optimiser = torch.optim.LBFGS(net.linear(), max_iter=60, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        squares = sum(weights.square().sum() for weights in net.linear())
        value = _loss(net, examples) + decay * squares
        value.backward()
        return value

    optimiser.step(loss)

    def loss_of(rows: Tensor) -> Tensor:
        return _loss(net, examples.at(rows))

    descend(
        net, len(examples), loss_of, batch=_BATCH, epochs=epochs, rate=3e-3, decay=0.05, last=0.02
    )
    return net


def _loss(net: WordGateNet, examples: Examples) -> Tensor:
    losses = cross_entropy(net(examples), examples.answers, reduction="none")
    return (losses * examples.weights).mean()


def report(examples: Examples, net: WordGateNet) -> str:
    """Return hit@1, hit@5, mean ln P and the calibration error of the best candidate."""
    with torch.no_grad():
        log_probs = net(examples).log_softmax(1)
    among = examples.answers < log_probs.shape[1] - 1
    best = log_probs[:, :-1].topk(min(5, log_probs.shape[1] - 1), 1)
    hits = (best.indices == examples.answers[:, None]) & among[:, None]
    error = binned_error(best.values[:, 0].exp().numpy(), hits[:, 0].numpy())
    mean = -cross_entropy(log_probs, examples.answers).item()
    return (
        f"hit@1 {hits[:, 0].float().mean():.3f}  hit@5 {hits.any(1).float().mean():.3f}  "
        f"ln P {mean:.3f}  ECE {error:.3f}  ({len(examples)} blanks)"
    )


def main() -> None:
    """Fit the gates and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=Path, required=True)
    parser.add_argument("--lines", type=Path, required=True, help="held-out text, a line each")
    parser.add_argument("--running", type=Path, nargs="*", default=[], help="lines in their order")
    parser.add_argument("--out", type=Path, required=True, help="JSON")
    parser.add_argument("--blanks", type=int, default=16000, help="of each kind")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, help="each on a core")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    filler = Filler(load_package(arguments.package, Task.FILL, verify=False), threads=1)
    lines = arguments.lines.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if 10 <= len(line) <= 200]
    lines += passages(arguments.running, _PASSAGE)
    of_kind = {"unknown": gaps_of, "known": known_gaps}
    gates: dict[str, dict[str, Any]] = {}
    for kind in arguments.kinds:
        gaps = of_kind[kind](lines, arguments.seed)
        random.Random(arguments.seed).shuffle(gaps)
        gates[kind] = _fit_kind(filler, kind, gaps[: arguments.blanks])
    arguments.out.write_text(json.dumps({"word_gate": gates}) + "\n", encoding="utf-8")


def _fit_kind(filler: Filler, kind: str, gaps: Sequence[Gap]) -> dict[str, Any]:
    """Fit one gate; report on a tenth of the blanks that it has not seen."""
    pools = [
        searched(filler, gap, known=kind == "known") for gap in tqdm(gaps, desc=kind, disable=None)
    ]
    examples = Examples.of(pools, EVENNESS[kind])
    seen = slice(0, len(pools) * 9 // 10)
    unseen = slice(seen.stop, None)
    net = fit(examples.at(seen))
    print(f"{kind}, before: {report(examples.at(unseen), WordGateNet(net.scale, HIDDEN))}")
    print(f"{kind}, after:  {report(examples.at(unseen), net)}")
    return net.settings()


if __name__ == "__main__":
    main()
