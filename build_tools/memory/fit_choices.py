"""Fit the choice gate: ``python -m build_tools.memory.fit_choices --package DIR --lines FILE``.

Words of held-out text are hidden and have to be chosen among six others of their length: three
that stand in the same kind of texts, three common ones. The weights of ln P and of what the text is
about that make the right ones likeliest are fitted for each length by maximum likelihood. The
package's memory, topics and character gate must be in place. Prints how often the right one was
chosen before and after, on blanks the reported weights have not seen; writes JSON for
"choice_gate" of the manifest's settings.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax
from tqdm import tqdm

from assistant.engine.choices import LEAST, PLAIN
from assistant.engine.context import Context
from assistant.engine.fill import Filler
from assistant.engine.memory_file import read_sections
from assistant.engine.package import load_package
from assistant.engine.topics import MOST_CHARACTERS
from assistant.engine.word_table import WordTable
from assistant.records import Span, Task
from build_tools.memory.blanks import han_words
from build_tools.memory.opinions import Gap

_MARK = "\ufffc"
LENGTHS = (2, 3, 4)
_NEAR, _COMMON = 3, 3
_NEAREST = 12
"""Words of which the near ones are drawn."""
_FLATTENED = 0.5
"""Exponent of a word's frequency in text as its chance of being drawn."""
_DECAY = 1e-3
Ids = tuple[int, ...]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rivals:
    """Words of one length with unit vectors [n, W] and chances of being drawn [n]."""

    words: Sequence[Ids]
    places: Mapping[Ids, int]
    vectors: NDArray[np.float32]
    chances: Floats

    def of(self, word: Ids, chance: np.random.Generator) -> list[Ids]:
        """Return ``word`` and its rivals, near ones first; nothing for a word without a vector."""
        place = self.places.get(word)
        if place is None:
            return []
        likeness = self.vectors @ self.vectors[place]
        likeness[place] = -np.inf
        nearest = np.argsort(-likeness, kind="stable")[:_NEAREST]
        chosen = chance.choice(nearest, _NEAR, replace=False).tolist()
        while len(chosen) < _NEAR + _COMMON:
            drawn = int(chance.choice(len(self.words), p=self.chances))
            if drawn != place and drawn not in chosen:
                chosen.append(drawn)
        return [word, *(self.words[i] for i in chosen)]


def rivals(listed: WordTable, topics: Path, length: int) -> Rivals:
    """Return the words of ``length`` characters of the file ``topics``.

    Raises ValueError when they are too few to choose among.
    """
    sections = read_sections(topics)
    ids = sections["word_ids"].astype(np.int64).reshape(-1, MOST_CHARACTERS)
    own = np.flatnonzero((ids > 0).sum(axis=1) == length)
    vectors = sections["words"].reshape(len(ids), -1)[own].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6
    words = [tuple(row) for row in ids[own, :length].tolist()]
    if len(words) <= _NEAREST + _COMMON:
        raise ValueError(f"only {len(words)} words of length {length}")
    weights = np.exp([_FLATTENED * listed.frequency(word) for word in words])
    places = {word: i for i, word in enumerate(words)}
    return Rivals(words, places, vectors, weights / weights.sum())


def word_places(lines: Sequence[str], length: int) -> Iterator[Gap]:
    """Yield the last word of ``length`` characters (by jieba) of each line that has one."""
    for line in lines:
        places = [place for place, word in han_words(line) if len(word) == length]
        if places:
            yield Gap(line, places[-1], length)


def features(filler: Filler, gap: Gap, words: Sequence[Ids]) -> Floats:
    """Return [n, 4]: the search's ln P of each word, how it suits text and gap, its rank's ln P."""
    text = gap.text[: gap.start] + _MARK + gap.text[gap.start + gap.length :]
    context = Context(
        filler.vocabulary, text, [Span(gap.start, gap.start + 1, gap.length)], filler.budget_chars
    )
    own, *suits = filler.candidates(context).compared(context.open_slots(), 0, words)
    return np.stack([np.maximum(own, LEAST), *suits], axis=1)


def collect(
    filler: Filler, known: Rivals, places: Iterator[Gap], options: argparse.Namespace
) -> Floats:
    """Return the features of ``options.blanks`` words among their rivals, [N, n, 3].

    Raises ValueError when ``places`` hold no word that has rivals.
    """
    chance = np.random.default_rng(options.seed)
    rows: list[Floats] = []
    with tqdm(total=options.blanks, disable=None) as bar:
        for gap in places:
            word = gap.text[gap.start : gap.start + gap.length]
            choices = known.of(filler.vocabulary.encode(word)[0], chance)
            if choices:
                rows.append(features(filler, gap, choices))
                bar.update()
            if len(rows) == options.blanks:
                break
    if not rows:
        raise ValueError("no word of the text has rivals")
    return np.stack(rows)


def fit(examples: Floats) -> Floats:
    """Return the weights [F] that make the first of each of ``examples`` [N, n, F] likeliest."""

    def loss(weights: Floats) -> float:
        chances = log_softmax(examples @ weights, axis=1)[:, 0]
        return float(-chances.mean() + _DECAY * (weights @ weights))

    start = np.zeros(examples.shape[2])
    start[0] = 1.0
    return minimize(loss, start, method="L-BFGS-B").x


def chosen(examples: Floats, weights: Floats) -> float:
    """Return how often the right word, the first one, is chosen."""
    return float(((examples @ weights).argmax(axis=1) == 0).mean())


def main() -> None:
    """Fit the gate of each length and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=Path, required=True)
    parser.add_argument("--lines", type=Path, required=True, help="held-out text, a line each")
    parser.add_argument("--out", type=Path, required=True, help="JSON")
    parser.add_argument("--blanks", type=int, default=600, help="of each length")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    package = load_package(options.package, Task.FILL, verify=False)
    if package.manifest.topics is None:
        parser.error("the package has no topics")
    filler = Filler(package)
    assert filler.memory is not None
    listed = WordTable(filler.memory, filler.vocabulary.tokens)
    lines = options.lines.read_text(encoding="utf-8").splitlines()
    random.Random(options.seed).shuffle(lines)
    found = {}
    for length in LENGTHS:
        try:
            known = rivals(listed, package.path(package.manifest.topics), length)
            examples = collect(filler, known, word_places(lines, length), options)
        except ValueError as error:
            parser.error(f"length {length}: {error}")
        split = len(examples) * 2 // 3
        before = chosen(examples[split:], np.array(PLAIN))
        after = chosen(examples[split:], fit(examples[:split]))
        weights = fit(examples)
        print(f"{length}: {before:.3f} → {after:.3f} ({len(examples)} blanks), {weights.round(3)}")
        found[str(length)] = weights.round(4).tolist()
    options.out.write_text(json.dumps({"choice_gate": found}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
