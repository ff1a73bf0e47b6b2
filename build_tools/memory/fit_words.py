"""Fit the word gate: ``python -m build_tools.memory.fit_words --package DIR --lines FILE``.

Blanks of held-out text are searched by the engine that ships: words of unknown length (two thirds
whole words, one third characters, as people mark them), and words of known length. The weights
that make the right word likely are fitted by maximum likelihood. The package's memory and
character gate must be in place. Prints accuracy and calibration before and after; writes JSON for
"word_gate" of the manifest's settings.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from assistant.engine.candidates import POOL
from assistant.engine.context import Context
from assistant.engine.fill import Filler
from assistant.engine.package import load_package
from assistant.engine.word_gate import FEATURES, REST_FEATURES, rest_features, word_features
from assistant.records import Span, Task
from build_tools.memory.opinions import Gap, character_gaps, word_gaps

_MARK = "\ufffc"
_CHARACTERS = 0.35
"""Share of the blanks that hide one character, wherever it stands in its word."""


@dataclass(frozen=True, slots=True)
class Example:
    """Features of the candidates [N, F] and of the rest [R], and which candidate is right."""

    words: torch.Tensor
    rest: torch.Tensor
    answer: int


def gaps_of(lines: Sequence[str], seed: int) -> list[Gap]:
    """Return one blank of each line."""
    chance = random.Random(seed)
    single = [line for line in lines if chance.random() < _CHARACTERS]
    whole = sorted(set(lines) - set(single))
    return character_gaps(single, seed, single=1.0) + word_gaps(whole, seed)


def example(filler: Filler, gap: Gap, *, known: bool) -> Example:
    """Search one blank; the answer is N where the right word is not among the candidates."""
    text = gap.text[: gap.start] + _MARK + gap.text[gap.start + gap.length :]
    span = Span(gap.start, gap.start + 1, gap.length if known else None)
    context = Context(filler.vocabulary, text, [span], filler.budget_chars)
    candidates = filler.candidates(context)
    pool = candidates.pool(context.open_slots(), 0, POOL)
    opinions = candidates.opinions(context.open_slots(), 0, pool)
    right = gap.text[gap.start : gap.start + gap.length]
    texts = [word.text for word in pool]
    return Example(
        torch.from_numpy(word_features(opinions)),
        torch.from_numpy(rest_features(opinions)),
        texts.index(right) if right in texts else len(texts),
    )


def log_likelihoods(
    examples: Sequence[Example], word: torch.Tensor, rest: torch.Tensor
) -> list[torch.Tensor]:
    """Return ln P of the candidates and of the rest, [N + 1] for each example."""
    return [
        torch.log_softmax(torch.cat((e.words @ word, (e.rest @ rest)[None])), dim=0)
        for e in examples
    ]


def fit(examples: Sequence[Example], decay: float = 1e-3) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the weights that make the answers likeliest."""
    word = torch.zeros(FEATURES, dtype=torch.float64)
    rest = torch.zeros(REST_FEATURES, dtype=torch.float64)
    word[0], rest[0] = 1.0, 1.0
    word.requires_grad_()
    rest.requires_grad_()
    optimiser = torch.optim.LBFGS([word, rest], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = log_likelihoods(examples, word, rest)
        picked = [score[e.answer] for score, e in zip(scores, examples, strict=True)]
        value = -torch.stack(picked).mean() + decay * (word.square().sum() + rest.square().sum())
        value.backward()
        return value

    optimiser.step(loss)
    return word.detach(), rest.detach()


def report(examples: Sequence[Example], word: torch.Tensor, rest: torch.Tensor) -> str:
    """Return hit@1, hit@5, mean ln P and the calibration error of the best candidate."""
    hits, confidences, total, first_five = [], [], 0.0, 0
    for score, e in zip(log_likelihoods(examples, word, rest), examples, strict=True):
        order = torch.argsort(-score[:-1])
        hits.append(int(order[0]) == e.answer)
        first_five += e.answer in order[:5].tolist()
        confidences.append(float(score[order[0]].exp()))
        total += float(score[e.answer])
    count = len(examples)
    bins = np.clip((np.array(confidences) * 10).astype(int), 0, 9)
    right, sure = np.array(hits, dtype=float), np.array(confidences)
    gaps = [abs(right[bins == b].sum() - sure[bins == b].sum()) for b in range(10)]
    return (
        f"hit@1 {np.mean(hits):.3f}  hit@5 {first_five / count:.3f}  "
        f"ln P {total / count:.3f}  ECE {sum(gaps) / count:.3f}  ({count} blanks)"
    )


def main() -> None:
    """Fit both gates and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=Path, required=True)
    parser.add_argument("--lines", type=Path, required=True, help="held-out text, a line each")
    parser.add_argument("--out", type=Path, required=True, help="JSON")
    parser.add_argument("--blanks", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    filler = Filler(load_package(arguments.package, Task.FILL, verify=False))
    lines = arguments.lines.read_text(encoding="utf-8").splitlines()
    random.Random(arguments.seed).shuffle(lines)
    long_enough = [line for line in lines if 10 <= len(line) <= 200]
    gates = {}
    for kind, gaps in (
        ("unknown", gaps_of(long_enough, arguments.seed)),
        ("known", [gap for gap in word_gaps(long_enough, arguments.seed) if gap.length > 1]),
    ):
        random.Random(arguments.seed).shuffle(gaps)
        gates[kind] = _fit_kind(filler, kind, gaps[: arguments.blanks])
    arguments.out.write_text(json.dumps({"word_gate": gates}) + "\n", encoding="utf-8")


def _fit_kind(filler: Filler, kind: str, gaps: Sequence[Gap]) -> dict[str, list[float]]:
    """Fit one gate; report on a third of the blanks that the reported weights have not seen."""
    examples = [
        example(filler, gap, known=kind == "known") for gap in tqdm(gaps, desc=kind, disable=None)
    ]
    split = len(examples) * 2 // 3
    plain = torch.zeros(FEATURES, dtype=torch.float64), torch.zeros(REST_FEATURES).double()
    plain[0][0] = plain[1][0] = 1.0
    print(f"{kind}, before: {report(examples[split:], *plain)}")
    print(f"{kind}, after:  {report(examples[split:], *fit(examples[:split]))}")
    word, rest = fit(examples)
    return {
        "word": [round(w, 5) for w in word.tolist()],
        "rest": [round(r, 5) for r in rest.tolist()],
    }


if __name__ == "__main__":
    main()
