"""Fit the gate: ``python -m build_tools.memory.fit_gate --memory FILE --package DIR``.

The lines of ``--lines`` (held-out text, never counted) are asked of both sides; what comes out are
"gate" and "length_gate" of ``manifest.settings``, as JSON.
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

from assistant.engine.gate import FEATURES, FLOOR, gate_features
from assistant.engine.knowledge import open_topics
from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_words import MAX_LENGTH
from assistant.engine.package import load_package
from assistant.engine.topics import Topics
from assistant.records import Task
from build_tools.accuracy import binned_error
from build_tools.memory.descent import descend
from build_tools.memory.opinions import Encoder, Gap, character_gaps, word_gaps
from build_tools.memory.steps import QUOTED_SHARE, quoted_lines

HIDDEN = 16
_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Opinions:
    """Features [N, F], both sides' ln P [N, C] and the answers [N] as columns of C.

    ``topics`` are views of them [N, VIEWS, C]; without topics [N, 0, C].
    """

    features: torch.Tensor
    encoder: torch.Tensor
    memory: torch.Tensor
    answers: torch.Tensor
    topics: torch.Tensor


def collect(
    encoder: Encoder, memory: PhraseMemory, gaps: Sequence[Gap], topics: Topics | None = None
) -> Opinions:
    """Ask both sides about the first character of every gap."""
    mapped = memory.map_characters(encoder.vocabulary.tokens)
    known = np.flatnonzero(mapped)
    ids = mapped[known]
    column = {encoder.vocabulary.tokens[token]: i for i, token in enumerate(known)}
    rows: list[tuple[Any, Any, Any, int, Any]] = []
    no_views = np.zeros((0, len(known)), dtype=np.float16)
    for gap, query, vector in encoder.ask(gaps):
        answer = column.get(gap.text[gap.start])
        if answer is None:
            continue
        own = vector[known] - np.logaddexp.reduce(vector[known])
        view = memory.view(query.left, query.right)
        counted = np.log(memory.spread(view)[ids] + FLOOR)
        views = topics.views(query.ids, query.column)[:, known] if topics else no_views
        rows.append(
            (
                gate_features(view, own, counted),
                own.astype(np.float16),
                counted.astype(np.float16),
                answer,
                views.astype(np.float16),
            )
        )
    features, own, counted, answers, suits = zip(*rows, strict=True)
    return Opinions(
        torch.from_numpy(np.stack(features)),
        torch.from_numpy(np.stack(own)),
        torch.from_numpy(np.stack(counted)),
        torch.tensor(answers),
        torch.from_numpy(np.stack(suits)),
    )


class GateNet(nn.Module):
    """The gate as :class:`assistant.engine.gate.Gate` computes it, for fitting."""

    def __init__(self, views: int = 0) -> None:
        """Prepare a gate for so many ``views`` of topics."""
        super().__init__()
        self.inner = nn.Linear(FEATURES, HIDDEN)
        self.outer = nn.Linear(HIDDEN, 2 + views)
        with torch.no_grad():
            self.outer.weight.mul_(0.1)
            self.outer.bias.copy_(torch.tensor([-0.7, 0.5, *[-0.5] * views]))

    def forward(self, data: Opinions, rows: torch.Tensor) -> torch.Tensor:
        """Return the unnormalised mixed ln P of ``rows``, [N, C]."""
        weights = nn.functional.softplus(self.outer(torch.relu(self.inner(data.features[rows]))))
        mixed = weights[:, :1] * data.encoder[rows].float()
        mixed += weights[:, 1:2] * data.memory[rows].float()
        topics = weights[:, None, 2:] @ data.topics[rows].float()
        return mixed + topics[:, 0]

    def settings(self) -> dict[str, Any]:
        """Return the gate's settings for the manifest, rounded to 5 digits."""
        return {
            "inner": _rounded(self.inner.weight.T),
            "bias": _rounded(self.inner.bias),
            "outer": _rounded(self.outer.weight.T),
            "outer_bias": _rounded(self.outer.bias),
        }


def fit(data: Opinions, *, epochs: int = 20, seed: int = 0) -> GateNet:
    """Fit a gate by maximum likelihood."""
    torch.manual_seed(seed)
    net = GateNet(data.topics.shape[1])

    def loss(rows: Tensor) -> Tensor:
        return nn.functional.cross_entropy(net(data, rows), data.answers[rows])

    descend(net, len(data.answers), loss, batch=128, epochs=epochs, rate=5e-3, decay=1e-3)
    return net


def fit_lengths(encoder: Encoder, memory: PhraseMemory, gaps: Sequence[Gap]) -> dict[str, Any]:
    """Fit how to mix both sides' opinions on the length of a word; return the settings."""
    own, counted, answers = [], [], []
    marks = list(encoder.vocabulary.lengths)
    for gap, query, vector in encoder.ask(gaps, lengths=True):
        scores = vector[marks]
        own.append((scores - np.logaddexp.reduce(scores))[:MAX_LENGTH])
        counted.append(np.log(memory.lengths(query.left, query.right) + FLOOR))
        answers.append(gap.length - 1)
    sides = torch.from_numpy(np.stack((np.stack(own), np.stack(counted)))).double()
    wanted = torch.tensor(answers)
    weights = torch.full((2,), 0.6, dtype=torch.double, requires_grad=True)
    bias = torch.zeros(MAX_LENGTH, dtype=torch.double, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=100)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = nn.functional.cross_entropy(_mixed_lengths(sides, weights, bias), wanted)
        value.backward()
        return value

    optimiser.step(loss)  # pyright: ignore[reportArgumentType]
    with torch.no_grad():
        mixed = _mixed_lengths(sides, weights, bias)
        for name, scores in (("encoder", sides[0]), ("memory", sides[1]), ("mixed", mixed)):
            right = (scores.argmax(1) == wanted).double().mean().item()
            print(f"length right, {name}: {right:.4f}")
    a, b = _rounded(weights)
    return {"encoder": a, "memory": b, "bias": _rounded(bias - bias.mean())}


def _mixed_lengths(sides: torch.Tensor, weights: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    return weights[0] * sides[0] + weights[1] * sides[1] + bias


def report(data: Opinions, net: GateNet) -> dict[str, float]:
    """Return top-1, top-5, nats a character and ECE of either side alone and of the mixture."""
    rows = torch.arange(len(data.answers))
    with torch.no_grad():
        sides = {
            "encoder": data.encoder.float(),
            "memory": data.memory.float(),
            "mixed": torch.cat([net(data, part) for part in rows.split(256)]),
        }
    found = {}
    for name, scores in sides.items():
        log_probs = scores.log_softmax(1)
        top = log_probs.topk(5, 1).indices == data.answers[:, None]
        found |= {
            f"{name}_top1": top[:, 0].float().mean().item(),
            f"{name}_top5": top.any(1).float().mean().item(),
            f"{name}_nats": nn.functional.nll_loss(log_probs, data.answers).item(),
            f"{name}_ece": binned_error(log_probs.max(1).values.exp().numpy(), top[:, 0].numpy()),
        }
    return found


def _rounded(tensor: torch.Tensor) -> Any:
    return np.round(tensor.detach().numpy().astype(np.float64), 5).tolist()


def held_out_lines(files: Sequence[Path], count: int, seed: int) -> list[str]:
    """Return up to ``count`` random lines of the files, long ones cut."""
    lines = [
        line[:_LONGEST_LINE]
        for path in files
        for line in path.read_text("utf-8").splitlines()
        if len(line) >= 8
    ]
    random.Random(seed).shuffle(lines)
    return lines[:count]


def main() -> None:
    """Parse the command line, fit, report on the last tenth, write the settings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", type=Path, required=True)
    parser.add_argument("--package", type=Path, default=Path("resources/models/fill"))
    parser.add_argument("--lines", type=Path, nargs="+", required=True, help="held-out text files")
    parser.add_argument("--quoted", type=Path, nargs="*", default=[], help="poems, by heart")
    parser.add_argument("--count", type=int, default=8000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--temperature", type=float, help="cools the mixture: for other text")
    parser.add_argument("--out", type=Path, default=Path("work/memory/gate.json"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    memory = PhraseMemory.open(options.memory)
    package = load_package(options.package, Task.FILL, verify=False)
    encoder = Encoder(package, memory)
    topics = open_topics(package, len(encoder.vocabulary.tokens))
    lines = held_out_lines(options.lines, options.count, options.seed)
    quoted = quoted_lines(options.quoted, int(options.count * QUOTED_SHARE), options.seed)
    gaps = character_gaps(lines, options.seed)
    gaps += character_gaps(quoted, options.seed, single=1.0)
    random.Random(options.seed).shuffle(gaps)
    kept = len(gaps) * 9 // 10
    net = fit(collect(encoder, memory, gaps[:kept], topics), seed=options.seed)
    print(json.dumps(report(collect(encoder, memory, gaps[kept:], topics), net), indent=1))
    settings: dict[str, Any] = {"gate": net.settings()}
    if options.temperature is not None:
        settings["gate"]["temperature"] = options.temperature
    if encoder.vocabulary.lengths:
        words = word_gaps(lines, options.seed)
        settings["length_gate"] = fit_lengths(encoder, memory, words)
    options.out.write_text(json.dumps(settings), "utf-8")


if __name__ == "__main__":
    main()
