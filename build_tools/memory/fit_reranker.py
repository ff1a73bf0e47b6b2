"""Fit the reranker of characters: ``python -m build_tools.memory.fit_reranker --package DIR``.

The package has its phrase memory and its gate already. Characters of the lines of ``--lines``
(held-out text, never counted) are hidden, ``--times`` each, and more of the passages that the lines
of ``--running`` files make one after another: only there are names said again. What comes out is
"reranker" of ``manifest.settings``, as JSON; ``--start`` goes on from one that saw more blanks but
perhaps fewer features.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from assistant.engine.context import Query
from assistant.engine.knowledge import open_topics
from assistant.engine.memory import PhraseMemory
from assistant.engine.mixer import Mixer
from assistant.engine.package import Package, load_package
from assistant.engine.reranker import BLANK_FEATURES, FEATURES, REACH
from assistant.records import Task
from assistant.text.characters import is_punctuation
from build_tools.accuracy import binned_error
from build_tools.memory.descent import descend
from build_tools.memory.fit_gate import held_out_lines
from build_tools.memory.opinions import Encoder, Gap, character_gaps
from build_tools.memory.steps import QUOTED_SHARE, quoted_lines

HIDDEN = 128
_TRUST = 5.0
"""Weight of ln P by the gate before anything is fitted: features are a fifth of logarithms."""
_BATCH = 128
_RATE = 4e-3
_PASSAGE = 400
_TIMES_MORE = 5
"""Blanks of a passage for each of a line."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Candidates [N, F, K] of N blanks, the blanks [N, B], ln P [N, K] and the answers' places [N].

    A place is −1 where the answer is not among the candidates.
    """

    candidates: Tensor
    blanks: Tensor
    log_probs: Tensor
    answers: Tensor

    def __len__(self) -> int:
        return len(self.answers)

    def of(self, rows: Tensor | slice) -> Samples:
        """Return some of them."""
        return Samples(
            self.candidates[rows], self.blanks[rows], self.log_probs[rows], self.answers[rows]
        )


def collect(encoder: Encoder, mixer: Mixer, gaps: Sequence[Gap]) -> Samples:
    """Ask for the first character of every gap that the memory knows."""
    firsts = ((gap.text[gap.start], encoder.query(gap, gap.length)) for gap in gaps)
    return asked(encoder, mixer, firsts)


def asked(encoder: Encoder, mixer: Mixer, places: Iterable[tuple[str, Query]]) -> Samples:
    """Ask for characters, each at its place; those whose place the memory knows are taken."""
    tokens = encoder.vocabulary.tokens
    candidates, blanks, log_probs, answers = [], [], [], []
    for answer, query, vector in encoder.read(places):
        gated = mixer.gated(vector, query.left, query.right, query.place)
        best = mixer.best(gated, query.place)
        if len(best.tokens) < REACH:
            continue
        right = [i for i, token in enumerate(best.tokens.tolist()) if tokens[token] == answer]
        candidates.append(best.features.astype(np.float16))
        blanks.append(best.blank)
        log_probs.append(best.log_probs)
        answers.append(right[0] if right else -1)
    return Samples(
        torch.from_numpy(np.stack(candidates)),
        torch.from_numpy(np.stack(blanks)),
        torch.from_numpy(np.stack(log_probs)),
        torch.tensor(answers),
    )


def passages(files: Sequence[Path], longest: int = _PASSAGE) -> list[str]:
    """Return the files' lines joined, as they follow one another, up to ``longest`` characters.

    A line that ends without a mark gets one.
    """
    found: list[str] = []
    for path in files:
        passage = ""
        for line in path.read_text("utf-8").splitlines():
            if passage and len(passage) + len(line) > longest:
                found.append(passage)
                passage = ""
            passage += line[:longest] + ("" if is_punctuation(line[-1:] or "。") else "。")
        found += [passage] if passage else []
    return found


def gaps_of(lines: Sequence[str], running: Sequence[str], times: int, seed: int) -> list[Gap]:
    """Return ``times`` blanks of each line, and more of the longer ``running`` passages."""
    seeds = range(seed, seed + times)
    gaps = [gap for one in seeds for gap in character_gaps(lines, one)]
    more = range(seed, seed + times * _TIMES_MORE)
    gaps += [gap for one in more for gap in character_gaps(running, one)]
    random.Random(seed).shuffle(gaps)
    return gaps


class RerankerNet(nn.Module):
    """The reranker as :class:`assistant.engine.reranker.Reranker` computes it, for fitting."""

    def __init__(self, hidden: int = HIDDEN) -> None:
        """Begin as the gate left it."""
        super().__init__()
        self.candidate = nn.Linear(FEATURES, hidden)
        self.blank = nn.Linear(BLANK_FEATURES, hidden, bias=False)
        self.outer = nn.Parameter(torch.zeros(hidden))
        self.direct = nn.Parameter(torch.zeros(FEATURES))
        with torch.no_grad():
            self.direct[0] = _TRUST

    def forward(self, samples: Samples) -> Tensor:
        """Return the scores of the candidates, [N, K]."""
        seen = samples.candidates.float().transpose(1, 2)
        inner = torch.relu(self.candidate(seen) + self.blank(samples.blanks)[:, None])
        return inner @ self.outer + seen @ self.direct

    def start(self, settings: Mapping[str, Any]) -> None:
        """Take the weights of fitted ``settings``; features that they lack count nothing yet.

        Raises KeyError, or RuntimeError when they are of other blanks or hidden units.
        """
        weights = {name: torch.tensor(value) for name, value in settings.items()}
        lacking = FEATURES - len(weights["direct"])
        with torch.no_grad():
            self.candidate.weight.copy_(nn.functional.pad(weights["candidate"].T, (0, lacking)))
            self.blank.weight.copy_(weights["blank"].T)
            self.candidate.bias.copy_(weights["bias"])
            self.outer.copy_(weights["outer"])
            self.direct.copy_(nn.functional.pad(weights["direct"], (0, lacking)))

    def settings(self) -> dict[str, Any]:
        """Return the settings for the manifest, rounded to 4 digits."""
        return {
            "candidate": _rounded(self.candidate.weight.T),
            "blank": _rounded(self.blank.weight.T),
            "bias": _rounded(self.candidate.bias),
            "outer": _rounded(self.outer),
            "direct": _rounded(self.direct),
        }


def _rounded(tensor: Tensor) -> Any:
    return np.round(tensor.detach().numpy().astype(np.float64), 4).tolist()


def fit(
    samples: Samples,
    *,
    epochs: int = 12,
    seed: int = 0,
    hidden: int = HIDDEN,
    start: Mapping[str, Any] | None = None,
) -> RerankerNet:
    """Fit a reranker by maximum likelihood on the blanks whose answer is a candidate.

    From ``start``, the settings of another, it goes on with a third of the rate.
    """
    torch.manual_seed(seed)
    net = RerankerNet(hidden)
    if start is not None:
        net.start(start)
    known = samples.of(torch.nonzero(samples.answers >= 0)[:, 0])

    def loss(rows: Tensor) -> Tensor:
        part = known.of(rows)
        return nn.functional.cross_entropy(net(part), part.answers)

    rate = _RATE if start is None else _RATE / 3
    descend(net, len(known), loss, batch=_BATCH, epochs=epochs, rate=rate, decay=1e-2)
    return net


def report(samples: Samples, net: RerankerNet | None) -> dict[str, float]:
    """Return top-1, top-5, nats and ECE after reranking; with None before it.

    Nats are of the blanks whose answer is a candidate.
    """
    with torch.no_grad():
        rows = torch.arange(len(samples)).split(1024)
        scores = torch.cat([net(samples.of(r)) if net else samples.log_probs[r] for r in rows])
    mass = samples.log_probs.logsumexp(1, keepdim=True)
    log_probs = scores.log_softmax(1) + mass
    top = scores.topk(5, 1).indices == samples.answers[:, None]
    known = samples.answers >= 0
    return {
        "top1": top[:, 0].float().mean().item(),
        "top5": top.any(1).float().mean().item(),
        "nats": nn.functional.nll_loss(log_probs[known], samples.answers[known]).item(),
        "ece": binned_error(log_probs.max(1).values.exp().numpy(), top[:, 0].numpy()),
    }


def opened(package: Package) -> tuple[Encoder, Mixer]:
    """Return what is asked about blanks. Raises ValueError without a memory or a gate."""
    settings = package.manifest.settings
    if not package.manifest.memory or "gate" not in settings:
        raise ValueError("the package has no phrase memory or no gate")
    memory = PhraseMemory.open(package.path(package.manifest.memory))
    encoder = Encoder(package, memory)
    tokens = encoder.vocabulary.tokens
    topics = open_topics(package, len(tokens))
    return encoder, Mixer(tokens, memory, settings, topics=topics)


def text_parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of what package and text a reranker is fitted on."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--package", type=Path, default=Path("resources/models/fill"))
    parser.add_argument("--lines", type=Path, nargs="+", required=True, help="held-out text files")
    parser.add_argument("--running", type=Path, nargs="*", default=[], help="lines in their order")
    parser.add_argument("--count", type=int, default=40000, help="lines")
    parser.add_argument("--seed", type=int, default=0)
    return parser


def main() -> None:
    """Parse the command line, fit, report on the last tenth, write the settings."""
    parser = text_parser(__doc__)
    parser.add_argument("--quoted", type=Path, nargs="*", default=[], help="poems, by heart")
    parser.add_argument("--times", type=int, default=4, help="blanks of each line")
    parser.add_argument("--hidden", type=int, default=HIDDEN)
    parser.add_argument("--start", type=Path, help="JSON of a reranker to go on from")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--out", type=Path, default=Path("work/memory/reranker.json"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    try:
        encoder, mixer = opened(load_package(options.package, Task.FILL, verify=False))
    except ValueError as error:
        parser.error(str(error))
    lines = held_out_lines(options.lines, options.count, options.seed)
    quoted = quoted_lines(options.quoted, int(len(lines) * QUOTED_SHARE), options.seed)
    running = passages(options.running)
    random.Random(options.seed).shuffle(running)
    kept, whole = len(lines) * 9 // 10, len(running) * 9 // 10
    gaps = gaps_of(lines[:kept], running[:whole], options.times, options.seed)
    gaps += gaps_of(quoted, (), options.times, options.seed)
    start = json.loads(options.start.read_text("utf-8"))["reranker"] if options.start else None
    samples = collect(encoder, mixer, gaps)
    net = fit(samples, epochs=options.epochs, seed=options.seed, hidden=options.hidden, start=start)
    for name, unseen in (("lines", lines[kept:]), ("passages", running[whole:])):
        if unseen:
            samples = collect(encoder, mixer, character_gaps(unseen, options.seed))
            figures = {"before": report(samples, None), "after": report(samples, net)}
            print(json.dumps({name: figures}, indent=1))
    options.out.write_text(json.dumps({"reranker": net.settings()}), "utf-8")


if __name__ == "__main__":
    main()
