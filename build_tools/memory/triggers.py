"""Count what calls for what: ``python -m build_tools.memory.triggers --shards … --topics FILE``.

Reads the shards of pretraining, sentence by sentence, antique sources left out. A unit (a
character, or a word of two characters, wherever it stands) calls for a character or a word of the
topics' table if they share sentences much oftener than chance would have it (trigger pairs: Lau,
Rosenfeld and Roukos 1993). Only the pairs that tell most are kept; they become part of the topics'
file. Needs 4.6 GB of memory for shards of 97 million tokens.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from tokenizers import Tokenizer

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_file import read_sections, write_sections
from assistant.engine.topics import MOST_CHARACTERS, word_keys
from assistant.engine.triggers import GAP_BITS, LEVELS
from assistant.engine.units import look_up
from assistant.engine.word_table import WordTable
from build_tools.corpus.shards import Shard, load_shards
from build_tools.corpus.tokenise import ID_BITS, han_ids
from build_tools.memory.topics import pairs_within, parts, words_at

_BLOCK = 500
"""Targets of which the pairs are looked at together."""
_ENDS = "。！？；…!?;"
_LEAST = 3
"""Sentences that a pair must share,"""
_COMMON = 0.03
"""share of all sentences in which a unit says nothing any more,"""
_DOUBT = 1.0
"""and sentences with and without a pair that are added to those that were read."""
_STRENGTH = 0.7
"""Least strength of a pair in nats,"""
_NEW = 0.15
"""and by how much a word of two characters must call louder than either of them."""
_COVERED = 0.7
"""Share of a character's sentences with a target that may belong to a word that is kept."""
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Names:
    """Units and targets: V tokens each, then P pairs with sorted keys, or N words."""

    vocabulary: int
    pairs: Ints
    words: Ints

    def letters(self) -> tuple[Ints, Ints]:
        """Return the tokens of units [V + P, 2] and targets [V + N, 4]; −1 where there is none."""
        single = np.arange(self.vocabulary)
        units = np.full((self.vocabulary + len(self.pairs), 2), -1)
        units[: self.vocabulary, 0] = single
        units[self.vocabulary :] = np.stack(np.divmod(self.pairs, self.vocabulary), axis=1)
        targets = np.full((self.vocabulary + len(self.words), MOST_CHARACTERS), -1)
        targets[: self.vocabulary, 0] = single
        targets[self.vocabulary :] = np.where(self.words > 0, self.words, -1)
        return units, targets


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of ``units`` and ``targets`` [n], the sentences they ``share`` and those expected."""

    units: NDArray[np.integer[Any]]
    targets: NDArray[np.integer[Any]]
    shared: Floats
    expected: Floats

    def strength(self) -> Floats:
        """Return how much likelier a target is where the unit stands, in nats, cautiously."""
        ratio = (self.shared + _DOUBT) / (self.expected + _DOUBT)
        return np.log(ratio, dtype=np.float32)

    def at(self, rows: NDArray[Any]) -> Pairs:
        """Return some of them."""
        return Pairs(self.units[rows], self.targets[rows], self.shared[rows], self.expected[rows])


@dataclass(frozen=True, slots=True)
class Sentences:
    """Which units and which targets stand in each sentence: [units, S] and [targets, S]."""

    units: csr_array
    targets: csr_array
    count: int


def read(shard: Shard, names: Names, is_han: NDArray[np.bool_], ends: Ints) -> Sentences:
    """Read the shard, antique sources left out; ``ends`` are the ids that end a sentence."""
    units: list[tuple[Small, Small]] = []
    targets: list[tuple[Small, Small]] = []
    count = 0
    word_of = word_keys(names.words)
    for tokens, starts in parts(shard):
        ids = (tokens & ID_BITS).astype(np.int64)
        sentence = _sentences(ids, starts, ends) + count
        count = int(sentence[-1]) + 1
        single = np.flatnonzero(is_han[ids])
        two, of_two = pairs_within(ids, sentence, names.pairs, names.vocabulary)
        found = np.concatenate((ids[single], two))
        units.append(_once(found, np.concatenate((sentence[single], of_two))))
        keys, where = words_at(tokens, starts, is_han)
        rows, known = look_up(word_of, keys)
        known &= names.words[rows, 1] > 0
        rows, where = names.vocabulary + rows[known], where[known]
        found = np.concatenate((ids[single], rows))
        targets.append(_once(found, sentence[np.concatenate((single, where))]))
    sizes = names.vocabulary + len(names.pairs), names.vocabulary + len(names.words)
    of_units, of_targets = _incidence(units, sizes[0], count), _incidence(targets, sizes[1], count)
    return Sentences(of_units, of_targets, count)


def _sentences(ids: Ints, starts: Ints, ends: Ints) -> Ints:
    """Return the number of the sentence in which each token stands, from 0."""
    is_end = np.isin(ids, ends)
    new = np.zeros(len(ids), dtype=np.bool_)
    new[1:] = is_end[:-1] & ~is_end[1:]
    new[starts] = True
    return np.cumsum(new) - 1


def _once(rows: Ints, sentences: Ints) -> tuple[Small, Small]:
    """Return each pair of a row and a sentence once, in small numbers."""
    first, base = int(sentences.min(initial=0)), int(rows.max(initial=0)) + 1
    keys = np.unique((sentences - first) * base + rows)
    return (keys % base).astype(np.int32), (keys // base + first).astype(np.int32)


def _incidence(parts: list[tuple[Small, Small]], size: int, count: int) -> csr_array:
    rows = np.concatenate([rows for rows, _ in parts])
    sentences = np.concatenate([sentences for _, sentences in parts])
    ones = np.ones(len(rows), dtype=np.float32)
    return csr_array((ones, (rows, sentences)), shape=(size, count))


def pairs_of(sentences: Sentences, names: Names) -> Pairs:
    """Return all pairs that share enough sentences and none of their characters."""
    units, targets, count = sentences.units, sentences.targets, sentences.count
    times, of_target = (np.diff(one.indptr).astype(np.float64) for one in (units, targets))
    kept = np.flatnonzero((times >= _LEAST) & (times < _COMMON * count))
    by_sentence = csr_array(units.T)[:, kept]
    unit_letters, target_letters = names.letters()
    found: list[Pairs] = []
    for first in range(0, len(of_target), _BLOCK):
        shared = (targets[first : first + _BLOCK] @ by_sentence).tocoo()
        enough = shared.data >= _LEAST
        rows = shared.row[enough].astype(np.int64) + first
        columns = kept[shared.col[enough]]
        expected = of_target[rows] * times[columns] / count
        one = Pairs(columns, rows, shared.data[enough], expected.astype(np.float32))
        one = one.at(one.strength() >= _STRENGTH)
        mine, theirs = unit_letters[one.units], target_letters[one.targets]
        same = (mine[:, :, None] == theirs[:, None, :]) & (mine[:, :, None] >= 0)
        one = one.at(~same.any(axis=(1, 2)))
        found.append(
            Pairs(
                one.units.astype(np.int32), one.targets.astype(np.int32), one.shared, one.expected
            )
        )
    columns = zip(*((p.units, p.targets, p.shared, p.expected) for p in found), strict=True)
    return Pairs(*map(np.concatenate, columns))


def without_echoes(pairs: Pairs, names: Names) -> Pairs:
    """Drop what is said twice: by a word of two characters and by one of them."""
    strength = pairs.strength()
    size = names.vocabulary + len(names.words)
    keys = pairs.units.astype(np.int64) * size + pairs.targets
    order = np.argsort(keys)
    keys, sorted_strength = keys[order], strength[order]
    sorted_shared = pairs.shared[order]
    two = np.flatnonzero(pairs.units >= names.vocabulary)
    letters, _ = names.letters()
    loudest = np.zeros(len(two), dtype=np.float32)
    sides = []
    for side in letters[pairs.units[two]].T:
        places, known = look_up(keys, side * size + pairs.targets[two])
        loudest = np.maximum(loudest, np.where(known, sorted_strength[places], 0))
        sides.append((places, known))
    new = strength[two] >= loudest + _NEW
    kept = np.ones(len(keys), dtype=np.bool_)
    kept[two] = new
    for places, known in sides:
        most = known & new
        covered = pairs.shared[two[most]] >= _COVERED * sorted_shared[places[most]]
        kept[order[places[most][covered]]] = False
    return pairs.at(kept)


def telling(pairs: Pairs, most: int) -> Pairs:
    """Return the ``most`` pairs that tell most.

    By the likelihood that they add (half of G²), divided by the root of the sentences they share.
    """
    strength = pairs.strength()
    gain = pairs.shared * strength - (pairs.shared - pairs.expected)
    merit = gain / np.sqrt(pairs.shared)
    return pairs.at(np.argsort(-merit, kind="stable")[:most])


def sections(pairs: Pairs, names: Names) -> dict[str, NDArray[np.generic]]:
    """Return the sections of :class:`assistant.engine.triggers.Triggers`."""
    order = np.lexsort((pairs.targets, pairs.units))
    pairs = pairs.at(order)
    strength = pairs.strength()
    edges = np.quantile(strength, np.linspace(0, 1, LEVELS + 1)[1:-1])
    level = np.searchsorted(edges, strength)
    values = np.array(
        [strength[level == i].mean() if (level == i).any() else 0 for i in range(LEVELS)]
    )
    first = np.flatnonzero(np.diff(pairs.units, prepend=-1))
    gaps = np.diff(pairs.targets.astype(np.int64), prepend=0)
    gaps[first] = pairs.targets[first]
    return _packed(pairs, names, level, gaps, values)


def _packed(
    pairs: Pairs, names: Names, level: Ints, gaps: Ints, values: NDArray[np.float64]
) -> dict[str, NDArray[np.generic]]:
    """Return the rows of all units; a gap that is too long is gone in several steps."""
    longest = (1 << GAP_BITS) - 1
    steps = np.maximum(0, (gaps - 1) // longest)
    places = np.arange(len(gaps)) + np.cumsum(steps)
    packed = np.full(
        len(gaps) + int(steps.sum()), longest << 16 - GAP_BITS | LEVELS, dtype=np.uint16
    )
    packed[places] = (gaps - steps * longest) << 16 - GAP_BITS | level
    sizes = np.bincount(
        pairs.units, weights=1 + steps, minlength=names.vocabulary + len(names.pairs)
    )
    return {
        "trigger_units": names.pairs.astype(np.int32),
        "trigger_starts": np.concatenate(([0], np.cumsum(sizes))).astype(np.int32),
        "trigger_targets": packed,
        "trigger_values": np.append(values, 0.0).astype(np.float32),
    }


def main() -> None:
    """Parse the command line and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json")
    parser.add_argument("--memory", type=Path, required=True, help="phrases.bin")
    parser.add_argument("--topics", type=Path, required=True, help="topics.bin")
    parser.add_argument("--most", type=int, default=1_900_000, help="pairs that are kept")
    parser.add_argument("--out", type=Path, required=True, help="may be the file of the topics")
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    tokens = [tokenizer.id_to_token(i) or "" for i in range(tokenizer.get_vocab_size())]
    # In memory of our own: the file is mapped, and may be the one that is written.
    topics = {name: np.array(one) for name, one in read_sections(options.topics).items()}
    words = topics["word_ids"].astype(np.int64).reshape(-1, MOST_CHARACTERS)
    columns = WordTable(PhraseMemory.open(options.memory), tokens).words(2).columns
    names = Names(len(tokens), np.sort(columns[0] * len(tokens) + columns[1]), words)
    ends = np.array([i for i, token in enumerate(tokens) if token and token in _ENDS])
    train, _ = load_shards(options.shards)
    found = pairs_of(read(train, names, han_ids(tokenizer), ends), names)
    print(f"{len(found.units):,} pairs", flush=True)
    found = without_echoes(found, names)
    kept = telling(found, options.most)
    write_sections(options.out, topics | sections(kept, names))
    print(
        json.dumps(
            {
                "pairs": len(found.units),
                "kept": len(kept.units),
                "bytes": options.out.stat().st_size,
            }
        )
    )


if __name__ == "__main__":
    main()
