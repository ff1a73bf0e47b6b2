"""Fit the word ranker: ``python -m build_tools.memory.fit_ranker --package DIR --lines FILE …``.

Words of two to four characters of held-out text are hidden, a common one only a few times, and have
to be found among all words of their length: the likeliest and a random part of the others, which
counts for all of them (sampled softmax, Bengio and Senécal 2008). The weights are those that make
the right words likeliest; those of the cheap part, which alone looks through long lists, are fitted
by themselves. The package's encoder, memory and topics must be in place. Prints how often the right
word is among the first on words that the reported weights have not seen; writes JSON for
"word_ranker" of the manifest's settings.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from tqdm import tqdm

from assistant.engine.context import Context
from assistant.engine.fill import Filler
from assistant.engine.package import Package, load_package
from assistant.engine.triggers import CALLS
from assistant.engine.word_ranker import CHEAP, CLUES, RANKED, STATIC, WordRanker
from assistant.engine.word_table import WordTable
from assistant.records import Span, Task
from build_tools.corpus.idioms import LENGTH as IDIOM
from build_tools.corpus.idioms import idiom_ids
from build_tools.memory.blanks import han_words
from build_tools.memory.descent import descend
from build_tools.memory.fit_reranker import passages
from build_tools.memory.opinions import Gap

_MARK = "\ufffc"
_PASSAGE = 250
_TIMES = 20
"""How often the same word is hidden at most: the commonest few would be half of all."""
_NEAR, _DRAWN = 400, 400
"""Words beside the right one: the likeliest, and some of the others."""
HIDDEN = 8
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Examples:
    """N words among P others of their length: ``features`` [N, 1 + P, F], the right one first.

    ``weights`` [N, 1 + P] is ln of how many words each stands for.
    """

    features: Tensor
    weights: Tensor

    def __len__(self) -> int:
        return len(self.features)

    def at(self, rows: Tensor | slice) -> Examples:
        """Return some of them."""
        return Examples(self.features[rows], self.weights[rows])


def word_gaps(lines: Sequence[str], length: int, table: WordTable, seed: int) -> list[Gap]:
    """Return words of the list, ``length`` characters by jieba, in any order."""
    gaps = [
        Gap(line, place, length)
        for line in lines
        for place, word in han_words(line)
        if len(word) == length and _is_listed(word, table)
    ]
    random.Random(seed).shuffle(gaps)
    return gaps


def idiom_gaps(lines: Sequence[str], length: int, table: WordTable, idioms: Set[str]) -> list[Gap]:
    """Return where ``idioms`` of ``length`` characters stand, wherever words begin and end."""
    return [
        Gap(line, start, length)
        for line in lines
        for start in range(len(line) - length + 1)
        if (word := line[start : start + length]) in idioms and _is_listed(word, table)
    ]


def drawn(gaps: Sequence[Gap], idioms: Sequence[Gap], count: int, seed: int) -> list[Gap]:
    """Return up to ``count``, a word a few times at most; of ``idioms`` half, if there are as many.

    Who leaves out four characters asks for an idiom oftener than a writer writes one.
    """
    rest = list(dict.fromkeys(gaps))
    if idioms:
        known = set(idioms)
        rest = [gap for gap in rest if gap not in known][: max(len(idioms), count // 4)]
    found = [*idioms, *rest]
    random.Random(seed).shuffle(found)
    times: Counter[str] = Counter()
    kept: list[Gap] = []
    for gap in found:
        word = gap.text[gap.start : gap.start + gap.length]
        times[word] += 1
        if times[word] <= _TIMES:
            kept.append(gap)
    return kept[:count]


def _is_listed(word: str, table: WordTable) -> bool:
    ids = table.ids(word)
    return ids is not None and table.words(len(word)).place(ids) is not None


class RankerNet(nn.Module):
    """The ranker of one length as the app computes it, for fitting."""

    def __init__(self, scale: Tensor, hidden: int = HIDDEN) -> None:
        """``scale`` [F] evens out the features of H units."""
        super().__init__()
        self.scale = scale
        self.word = nn.Parameter(torch.zeros(len(scale)))
        self.inner = nn.Linear(len(scale), hidden)
        self.outer = nn.Parameter(torch.zeros(hidden))

    def forward(self, features: Tensor) -> Tensor:
        """Return merits [N, P] of ``features`` [N, P, F]."""
        even = features * self.scale
        return even @ self.word + torch.relu(self.inner(even)) @ self.outer

    def settings(self) -> dict[str, Any]:
        """Return the settings for the manifest, without the cheap part."""
        return {
            "word": _rounded(self.word * self.scale),
            "inner": _rounded(self.inner.weight.T * self.scale[:, None]),
            "bias": _rounded(self.inner.bias),
            "outer": _rounded(self.outer),
        }


def _rounded(tensor: Tensor) -> Any:
    return np.round(tensor.detach().numpy().astype(np.float64), 5).tolist()


def collect(
    filler: Filler, table: WordTable, ranker: WordRanker, gaps: Sequence[Gap], seed: int
) -> Examples:
    """Hide ``gaps``, all of one length, and return each word among others."""
    chance = np.random.default_rng(seed)
    features: list[np.ndarray] = []
    weights: list[np.ndarray] = []
    for gap in tqdm(gaps, desc=f"{gaps[0].length} characters", disable=None):
        text = gap.text[: gap.start] + _MARK + gap.text[gap.start + gap.length :]
        span = Span(gap.start, gap.start + 1, gap.length)
        context = Context(filler.vocabulary, text, [span], filler.budget_chars)
        clues = filler.candidates(context).clues(context.open_slots(), 0, gap.length)
        ids = table.ids(gap.text[gap.start : gap.start + gap.length])
        right = table.words(gap.length).place(ids) if ids else None
        assert right is not None
        every = np.arange(len(table.words(gap.length).keys))
        known = ranker.features(gap.length, clues, every)
        merit = np.array(_rough(gap.length), dtype=np.float32) @ known
        merit[right] = -np.inf
        falling = merit.argsort()[::-1][:-1]
        near, far = falling[:_NEAR], falling[_NEAR:]
        others = chance.choice(far, min(_DRAWN, len(far)), replace=False)
        chosen = np.concatenate(([right], near, others))
        features.append(known[:, chosen].T.astype(np.float16))
        one, many = (
            np.zeros(1 + len(near)),
            np.full(len(others), np.log(len(far) / max(1, len(others)))),
        )
        weights.append(np.concatenate((one, many)))
    return Examples(
        torch.from_numpy(np.stack(features)), torch.from_numpy(np.stack(weights)).float()
    )


def _rough(length: int) -> list[float]:
    """Return about what the features weigh, to find the likeliest words before all is fitted."""
    return [*[0.4] * length, 0.4, 0.4, 0.3, 0, 1.3, 0.05, 0.5, 0, 0, 0.2, 0.2]


def cheap_columns(length: int) -> list[int]:
    """Return the features that the cheap part reads: the first, and what calls for a word."""
    size = length + STATIC + CLUES
    return [*range(length + STATIC + CHEAP - CALLS), *range(size - CALLS, size)]


def fit(examples: Examples, cheap: Sequence[int] | None = None) -> RankerNet:
    """Return the network that makes the right words likeliest.

    With ``cheap`` only its linear part, by those of the features.
    """
    size = examples.features.shape[-1]
    scale = 1 / (examples.features.float().reshape(-1, size).std(0) + 1e-3)
    net = RankerNet(scale)
    if cheap is not None:
        scale[[i for i in range(size) if i not in cheap]] = 0
        net.outer.requires_grad_(False)
    right = torch.zeros(_BATCH, dtype=torch.long)

    def loss_of(rows: Tensor) -> Tensor:
        part = examples.at(rows)
        return cross_entropy(net(part.features.float()) + part.weights, right[: len(rows)])

    descend(net, len(examples), loss_of, batch=_BATCH, epochs=12, rate=0.02, decay=0.01)
    return net


def report(examples: Examples, net: RankerNet) -> str:
    """Return how often the right word is the first, one of five, of a hundred, and mean ln P."""
    with torch.no_grad():
        merits = net(examples.features.float())
        better = (examples.weights.exp() * (merits > merits[:, :1])).sum(1)
        log_prob = (merits + examples.weights).log_softmax(1)[:, 0].mean().item()
    shares = "  ".join(f"hit@{n} {(better < n).float().mean():.3f}" for n in (1, 5, 100))
    return f"{shares}  ln P {log_prob:.3f}  ({len(examples)} words)"


def start_settings(length: int) -> dict[str, Any]:
    """Return settings that read everything and weigh nothing yet."""
    size = length + STATIC + CLUES
    cheap = [0.0] * (length + STATIC + CHEAP)
    return {
        "cheap": cheap,
        "word": [0.0] * size,
        "inner": [[0.0]] * size,
        "bias": [0.0],
        "outer": [0.0],
    }


def fit_length(examples: Examples, length: int) -> dict[str, Any]:
    """Return the settings of one length; report on a tenth of the words that it has not seen."""
    seen = slice(0, len(examples) * 9 // 10)
    unseen = examples.at(slice(seen.stop, None))
    columns = cheap_columns(length)
    cheap = fit(examples.at(seen), columns)
    net = fit(examples.at(seen))
    print(f"{length}, cheap: {report(unseen, cheap)}")
    print(f"{length}, whole: {report(unseen, net)}")
    return {"cheap": _rounded((cheap.word * cheap.scale)[columns]), **net.settings()}


def _idioms(path: Path | None, package: Package) -> list[list[int]]:
    if path is None:
        return []
    tokenizer = Tokenizer.from_file(str(package.path(package.manifest.tokenizer)))
    return idiom_ids(path, tokenizer).tolist()


def main() -> None:
    """Fit the ranker of each length and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=Path, required=True)
    parser.add_argument("--lines", type=Path, required=True, help="held-out text, a line each")
    parser.add_argument("--running", type=Path, nargs="*", default=[], help="lines in their order")
    parser.add_argument("--idioms", type=Path, help="TAB separated, may be .xz")
    parser.add_argument("--out", type=Path, required=True, help="JSON")
    parser.add_argument("--words", type=int, default=8000, help="of each length")
    parser.add_argument("--lengths", type=int, nargs="*", default=list(RANKED))
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    package = load_package(options.package, Task.FILL, verify=False)
    filler = Filler(package, threads=1)
    if filler.knowledge is None:
        parser.error("the package has no memory")
    table = filler.knowledge.words
    start = {str(k): start_settings(k) for k in RANKED}
    ranker = WordRanker(start, table, filler.knowledge.topics)
    lines = options.lines.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if 10 <= len(line) <= 400]
    lines += passages(options.running, _PASSAGE)
    tokens = filler.vocabulary.tokens
    idioms = {"".join(tokens[i] for i in row) for row in _idioms(options.idioms, package)}
    found: dict[str, Any] = {}
    for length in options.lengths:
        gaps = drawn(
            word_gaps(lines, length, table, options.seed),
            idiom_gaps(lines, length, table, idioms) if length == IDIOM else [],
            options.words,
            options.seed,
        )
        if not gaps:
            parser.error(f"the text has no words of length {length}")
        found[str(length)] = fit_length(collect(filler, table, ranker, gaps, options.seed), length)
        options.out.write_text(json.dumps({"word_ranker": found}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
