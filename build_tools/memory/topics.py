"""Count what words are about: ``python -m build_tools.memory.topics --shards … --out FILE``.

Reads the shards of pretraining. Units (characters and pairs of them) get vectors by the company
they keep (:mod:`build_tools.finetune.static_vectors`); a word's vector is the mean of the texts in
which it stands, its own units taken off, drawn to the mean of all texts where it is rare, and
whitened, so that its product with a text is how much likelier it is there (linear discriminants of
all words at once). Needs about 6 GB of memory for 100 million tokens.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

from assistant.engine.memory_file import write_sections
from assistant.engine.topics import ID_BITS as KEY_BITS
from assistant.engine.topics import MOST_CHARACTERS, word_keys
from assistant.engine.units import look_up, pairs_at
from build_tools.corpus.idioms import idiom_ids
from build_tools.corpus.mix import ANTIQUE
from build_tools.corpus.shards import Shard, load_shards
from build_tools.corpus.tokenise import ID_BITS, WORD_START, han_ids
from build_tools.finetune.passages import words_and_marks
from build_tools.finetune.static_vectors import static_vectors

_PART = 100_000
"""Segments that are counted at once."""
_SAMPLE = 700_000
"""Segments that the vectors of units are made of."""
_SHRINKAGE = 20.0
"""Texts of no particular topic that are added to those of a word."""
_WHITENING = 0.5
_FLOOR = 0.05
"""Share of the mean variance that is added to that of every direction."""
_LEAST = {1: 20, 2: 25, 3: 40, 4: 40}
"""Times that a word of so many characters must stand in the text."""
_LEAST_IDIOM = 2
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Units:
    """Vectors [V + P, W] of V tokens and P pairs with sorted keys."""

    table: Floats
    pairs: Ints
    vocabulary: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Words [n, 4] with how often they stand somewhere, and the sum of the texts without them.

    ``mean`` [W] and ``spread`` [W, W] are of all texts.
    """

    ids: Ints
    times: NDArray[np.float64]
    sums: NDArray[np.float64]
    mean: Floats
    spread: NDArray[np.float64]


def sample(shard: Shard, seed: int) -> list[Ints]:
    """Return up to ``_SAMPLE`` segments, antique sources left out, often read ones preferred."""
    chance = np.random.default_rng(seed)
    sources = [source for source in shard.sources if source.name not in ANTIQUE]
    shares = [min(1.0, source.weight) for source in sources]
    whole = sum(share * (one.last - one.first) for share, one in zip(shares, sources, strict=True))
    found: list[Ints] = []
    for share, source in zip(shares, sources, strict=True):
        share *= min(1.0, _SAMPLE / whole)
        drawn = np.flatnonzero(chance.random(source.last - source.first) < share) + source.first
        found += [(shard[int(place)] & ID_BITS).astype(np.int64) for place in drawn]
    return found


def count(shard: Shard, units: Units, is_han: NDArray[np.bool_]) -> Counted:
    """Read the shard, antique sources left out."""
    texts: list[Floats] = []
    keys: list[Ints] = []
    owners: list[NDArray[np.int32]] = []
    segments = 0
    for tokens, starts in parts(shard):
        ids = (tokens & ID_BITS).astype(np.int64)
        owner = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(ids))))
        texts.append(_sums(units, ids, owner, len(starts)))
        found, where = words_at(tokens, starts, is_han)
        keys.append(found)
        owners.append((owner[where] + segments).astype(np.int32))
        segments += len(starts)
    return _gathered(np.concatenate(texts), np.concatenate(keys), np.concatenate(owners), units)


def parts(shard: Shard) -> Iterator[tuple[NDArray[np.uint16], Ints]]:
    """Yield tokens of some segments and where each begins among them."""
    bounds = np.asarray(shard.starts).astype(np.int64)
    for source in shard.sources:
        if source.name in ANTIQUE:
            continue
        for first in range(source.first, source.last, _PART):
            last = min(first + _PART, source.last)
            tokens = np.asarray(shard.tokens[bounds[first] : bounds[last]])
            yield tokens, bounds[first:last] - bounds[first]


def _sums(units: Units, ids: Ints, owner: Ints, count: int) -> Floats:
    """Return the sum of the units of each segment, [count, W]."""
    two, of_two = pairs_within(ids, owner, units.pairs, units.vocabulary)
    rows, owners = np.concatenate((ids, two)), np.concatenate((owner, of_two))
    ones = np.ones(len(rows), dtype=np.float32)
    return csr_matrix((ones, (owners, rows)), shape=(count, len(units.table))) @ units.table


def pairs_within(ids: Ints, owner: Ints, pairs: Ints, vocabulary: int) -> tuple[Ints, Ints]:
    """Return the rows of the pairs that do not reach from one owner to another, and the owners."""
    places, rows = pairs_at(ids, pairs, vocabulary)
    within = owner[places] == owner[places + 1]
    return rows[within], owner[places[within]]


def words_at(
    tokens: NDArray[np.uint16], starts: Ints, is_han: NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """Return the keys of the Chinese words of up to four characters, and where they begin.

    ``starts`` are the places of the ``tokens`` of a shard where segments begin.
    """
    ids, begins = (tokens & ID_BITS).astype(np.int64), (tokens & WORD_START) > 0
    begins[starts] = True
    starts = np.flatnonzero(begins)
    lengths = np.diff(np.append(starts, len(ids)))
    fits = (lengths <= MOST_CHARACTERS) & np.logical_and.reduceat(is_han[ids], starts)
    starts, lengths = starts[fits], lengths[fits]
    steps = np.arange(MOST_CHARACTERS)
    places = np.minimum(starts[:, None] + steps, len(ids) - 1)
    return word_keys(np.where(steps < lengths[:, None], ids[places], 0)), starts


def _gathered(texts: Floats, keys: Ints, owners: NDArray[np.int32], units: Units) -> Counted:
    found, inverse, times = np.unique(keys, return_inverse=True, return_counts=True)
    kept = np.flatnonzero(times >= _LEAST_IDIOM)
    row_of = np.full(len(found), -1)
    row_of[kept] = np.arange(len(kept))
    rows = row_of[inverse]
    held = rows >= 0
    ones = np.ones(int(held.sum()), dtype=np.float32)
    stands = csr_matrix((ones, (rows[held], owners[held])), shape=(len(kept), len(texts)))
    size = np.linalg.norm(texts, axis=1) + np.float32(1e-6)
    unit = texts / size[:, None]
    ids = _ids(found[kept])
    own = _own(ids, units)
    sums = (stands @ unit).astype(np.float64) - own * (stands @ (1 / size))[:, None]
    sample = unit[:: max(1, len(unit) // 30_000)]
    spread = np.cov(sample.T.astype(np.float64))
    return Counted(ids, times[kept].astype(np.float64), sums, unit.mean(axis=0), spread)


def _ids(keys: Ints) -> Ints:
    shifts = np.arange(MOST_CHARACTERS - 1, -1, -1) * KEY_BITS
    return keys[:, None] >> shifts & ((1 << KEY_BITS) - 1)


def _own(ids: Ints, units: Units) -> Floats:
    """Return the sum of a word's own units, [n, W]."""
    total = np.zeros((len(ids), units.table.shape[1]), dtype=np.float32)
    for place in range(MOST_CHARACTERS):
        there = np.flatnonzero(ids[:, place] > 0)
        total[there] += units.table[ids[there, place]]
        if place:
            keys = ids[there, place - 1] * units.vocabulary + ids[there, place]
            pairs, known = look_up(units.pairs, keys)
            total[there[known]] += units.table[units.vocabulary + pairs[known]]
    return total


def vectors(counted: Counted, vocabulary: int) -> tuple[Floats, Floats]:
    """Return the vectors of the words [n, W] and of the characters [V, W] in all their words."""
    characters = np.zeros((vocabulary, counted.sums.shape[1]))
    times = np.zeros(vocabulary)
    for column in counted.ids.T:
        there = column > 0
        np.add.at(characters, column[there], counted.sums[there])
        np.add.at(times, column[there], counted.times[there])
    values, turn = np.linalg.eigh(counted.spread)
    even = turn @ np.diag((values + values.mean() * _FLOOR) ** -_WHITENING) @ turn.T

    def weighed(sums: NDArray[np.float64], times: NDArray[np.float64]) -> Floats:
        means = (sums + _SHRINKAGE * counted.mean) / (times[:, None] + _SHRINKAGE)
        return ((means - counted.mean) @ even).astype(np.float32)

    return weighed(counted.sums, counted.times), weighed(characters, times)


def choose(counted: Counted, idioms: set[tuple[int, ...]], most: int) -> Ints:
    """Return the rows of the words that are kept: frequent ones, and all idioms."""
    lengths = (counted.ids > 0).sum(axis=1)
    least = np.array([0, *(_LEAST[k] for k in sorted(_LEAST))])[lengths]
    is_idiom = np.array([tuple(row) in idioms for row in counted.ids.tolist()])
    wanted = np.flatnonzero((counted.times >= least) | is_idiom)
    if len(wanted) > most:
        plain = wanted[~is_idiom[wanted]]
        room = max(0, most - int(is_idiom[wanted].sum()))
        plain = plain[np.argsort(-counted.times[plain], kind="stable")[:room]]
        wanted = np.union1d(plain, wanted[is_idiom[wanted]])
    return np.sort(wanted)


def write(path: Path, units: Units, counted: Counted, rows: Ints) -> None:
    """Write the file of :class:`assistant.engine.topics.Topics`."""
    words, characters = vectors(counted, units.vocabulary)
    sections: dict[str, NDArray[np.generic]] = {
        "pairs": units.pairs.astype(np.int32),
        "centre": counted.mean.astype(np.float32),
        "word_ids": counted.ids[rows].astype(np.int16).reshape(-1),
    }
    for name, scales, table in (
        ("units", "unit_scales", units.table),
        ("words", "word_scales", words[rows]),
        ("characters", "character_scales", characters),
    ):
        factors = np.maximum(np.abs(table).max(axis=1), 1e-12) / 127
        sections[name] = np.round(table / factors[:, None]).astype(np.int8).reshape(-1)
        sections[scales] = factors.astype(np.float32)
    write_sections(path, sections)


def main() -> None:
    """Parse the command line and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--idioms", type=Path, required=True, help="TAB separated, may be .xz")
    parser.add_argument("--most", type=int, default=80_000, help="words")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    idioms = set(map(tuple, idiom_ids(options.idioms, tokenizer).tolist()))
    train, _ = load_shards(options.shards)
    found = static_vectors(sample(train, options.seed), words_and_marks(tokenizer), options.seed)
    print(f"vectors of {len(found.pairs):,} pairs", flush=True)
    units = Units(found.table, found.pairs, tokenizer.get_vocab_size())
    counted = count(train, units, han_ids(tokenizer))
    rows = choose(counted, idioms, options.most)
    write(options.out, units, counted, rows)
    lengths = np.bincount((counted.ids[rows] > 0).sum(axis=1), minlength=5)[1:]
    print(json.dumps({"words": lengths.tolist(), "bytes": options.out.stat().st_size}))


if __name__ == "__main__":
    main()
