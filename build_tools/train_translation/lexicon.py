"""A lexicon counted from the pairs, and word embeddings that begin beside their translations.

IBM Model 1 (Brown et al. 1993) over tokens takes minutes; a network takes hours to find out which
word means which. So the embedding of a Chinese token is moved towards those of the English tokens
it is aligned with. Imports numpy; nothing of ``assistant``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from build_tools.train_translation.shards import Pairs

_ROWS = 4000
_LONGEST_SOURCE, _LONGEST_TARGET = 26, 30
_LEAST_COUNT = 20
_LEAST_CHANCE = 0.04
_ONE_SIDED = 8
_COMMON = 1e-4

Table = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``chances[s, t]`` = P(English token t | Chinese token s); ``counts[s]`` how often s stood.

    ``source`` and ``target`` count every token on either side of all pairs.
    """

    chances: Table
    counts: Table
    source: NDArray[np.int64]
    target: NDArray[np.int64]


def align(
    pairs: Pairs, size: int, *, most: int = 330_000, rounds: int = 4, seed: int = 0
) -> Lexicon:
    """Run Model 1 with a null word over at most ``most`` short pairs, drawn by their weights.

    Needs 8 · size² bytes: 1.2 GB for 12,000 tokens.
    """
    chosen = _draw(pairs, most, seed)
    chances = np.full((size, size), 1.0 / size, np.float32)
    gathered = chances
    for _ in range(rounds):
        gathered = np.zeros((size, size), np.float32)
        for begin in range(0, len(chosen), _ROWS):
            _expect(pairs, chosen[begin : begin + _ROWS], chances, gathered)
        chances = gathered / np.maximum(gathered.sum(1, keepdims=True), 1e-9)
    return Lexicon(
        chances,
        gathered.sum(1),
        np.bincount(pairs.source, minlength=size),
        np.bincount(pairs.target, minlength=size),
    )


def graft(table: Table, lexicon: Lexicon, *, share: float = 0.8) -> Table:
    """Return the embeddings ``table`` [V, d] with Chinese rows moved to their translations.

    Rows keep their length. Only tokens seen almost only in Chinese are moved; frequent English
    words, which are aligned with everything, weigh less.
    """
    chinese = np.flatnonzero(
        (lexicon.counts > _LEAST_COUNT) & (lexicon.source > _ONE_SIDED * lexicon.target)
    )
    weights = lexicon.chances[chinese]
    weights[:, lexicon.source > 2 * lexicon.target] = 0
    weights[weights < _LEAST_CHANCE] = 0
    frequency = lexicon.target / max(1, lexicon.target.sum())
    weights = weights / np.sqrt(frequency[None] + _COMMON)
    meant = weights @ table
    lengths = np.linalg.norm(table[chinese], axis=1, keepdims=True)
    size = np.linalg.norm(meant, axis=1, keepdims=True)
    moved = table[chinese] + share * lengths * meant / np.maximum(size, 1e-9)
    moved *= lengths / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    found = table.copy()
    found[chinese] = np.where(size > 0, moved, table[chinese])
    return found


def _draw(pairs: Pairs, most: int, seed: int) -> NDArray[np.int64]:
    source, target = pairs.lengths()
    short = (source <= _LONGEST_SOURCE) & (target <= _LONGEST_TARGET)
    fit = np.flatnonzero(short & (source > 1) & (target > 1))
    weights = np.array(pairs.weights)[pairs.origin[fit]]
    chance = np.random.default_rng(seed)
    count = min(most, int((weights > 0).sum()))
    return chance.choice(fit, count, replace=False, p=weights / weights.sum())


def _expect(pairs: Pairs, rows: NDArray[np.int64], chances: Table, gathered: Table) -> None:
    """Add the expected alignments of the pairs ``rows`` to ``gathered``.

    The end mark of the source serves as the null word; that of the target is left out.
    """
    sources, targets = pairs.lengths()
    said = targets[rows] - 1
    sizes = sources[rows] * said
    pair = np.repeat(np.arange(len(rows)), sizes)
    inner = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    word, place = np.divmod(inner, sources[rows][pair])
    first_source = pairs.source_ends[rows] - sources[rows]
    first_target = pairs.target_ends[rows] - targets[rows]
    source = pairs.source[first_source[pair] + place].astype(np.int64)
    target = pairs.target[first_target[pair] + word].astype(np.int64)
    spoken = (np.cumsum(said) - said)[pair] + word
    chance = chances[source, target].astype(np.float64)
    chance /= np.bincount(spoken, chance)[spoken]
    np.add.at(gathered.reshape(-1), source * gathered.shape[1] + target, chance.astype(np.float32))
