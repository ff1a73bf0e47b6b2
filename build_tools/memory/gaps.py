"""Read what the encoder thinks of the gap in which a word stood, for every word: sums by word.

``python -m build_tools.memory.gaps --checkpoint … --shards … --memory … --topics … --out FILE``.
Words of the topics are masked whole, rare ones first, the states of their places added up word by
word. SIGTERM, Ctrl+C and ``--minutes`` finish a window of text and save; the same command goes on.
``--shard I/N`` reads a part of the text, on another core or machine:
``build_tools.memory.gap_words`` takes several files.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from assistant.engine.gap_words import LENGTHS
from assistant.engine.memory_file import read_sections
from assistant.engine.topics import MOST_CHARACTERS, word_keys
from assistant.engine.units import look_up
from build_tools.corpus.mix import ANTIQUE
from build_tools.corpus.shards import Shard, load_shards
from build_tools.corpus.tokenise import ID_BITS, WORD_START
from build_tools.memory_feed import attach
from build_tools.precision import autocast
from build_tools.pretrain.batches import Batch, pack
from build_tools.pretrain.feed import RowFeeder
from build_tools.pretrain.idioms import IdiomTable
from build_tools.pretrain.masking import IGNORED, Masked, SpecialIds
from build_tools.pretrain.model import PackedLoss, load_model, special_ids
from build_tools.stopping import Stopping

_ROWS, _TOKENS = 32, 128
_WINDOW = 1024
"""Segments that are masked and packed together."""
_PLENTY = 300
"""Gaps of one word, after which it is not read again."""
_APART = 4
"""Tokens that are seen between two words that are masked."""
_TOKENS_PER_WORD = 12
Ints = NDArray[np.int64]


class Words:
    """Words [n, 4] padded with 0, in the order of their keys; ``lengths`` [n] in characters."""

    def __init__(self, ids: Ints) -> None:
        self.ids, self.lengths = ids, (ids > 0).sum(axis=1)
        self._keys = word_keys(ids)

    def places(self, found: Ints) -> Ints:
        """Return the places of words ``found`` [k, 4] among these; −1 for others."""
        places, known = look_up(self._keys, word_keys(found))
        return np.where(known, places, -1)


class Sums:
    """Of each word how often it was read and the sum of its states; of each length their spread.

    A word of k characters has k states of H numbers, end to end. ``spread[k]`` is Σ x·xᵀ.
    """

    def __init__(self, words: Words, width: int) -> None:
        """``width``: H."""
        self.words, self.width = words, width
        self.times = np.zeros(len(words.ids), dtype=np.int64)
        self.rows = {k: np.flatnonzero(words.lengths == k) for k in LENGTHS}
        self.sums = {
            k: np.zeros((len(rows), k * width), np.float32) for k, rows in self.rows.items()
        }
        self.spread = {k: np.zeros((k * width, k * width), np.float64) for k in LENGTHS}

    def add(self, states: NDArray[np.float32], labels: Ints) -> None:
        """Add those ``states`` [n, H] that have ``labels`` [n]: words, each apart from the next."""
        open_ = labels != IGNORED
        begins = np.flatnonzero(open_ & ~np.append(False, open_[:-1]))
        ends = np.flatnonzero(open_ & ~np.append(open_[1:], False)) + 1
        for k in LENGTHS:
            first = begins[ends - begins == k]
            if not len(first):
                continue
            places = first[:, None] + np.arange(k)
            padded = np.zeros((len(first), MOST_CHARACTERS), dtype=np.int64)
            padded[:, :k] = labels[places]
            found = self.words.places(padded)
            known = found >= 0
            values = states[places[known]].reshape(-1, k * self.width)
            np.add.at(self.times, found[known], 1)
            np.add.at(self.sums[k], np.searchsorted(self.rows[k], found[known]), values)
            self.spread[k] += values.T @ values

    def save(self, path: Path, position: int) -> None:
        """Write all to ``path``; ``position`` is how many windows were read."""
        arrays = {f"sums{k}": self.sums[k] for k in LENGTHS}
        arrays |= {f"spread{k}": self.spread[k] for k in LENGTHS}
        part = path.with_suffix(".part.npz")
        np.savez(part, ids=self.words.ids, times=self.times, position=position, **arrays)
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> tuple[Sums, int]:
        """Return what :meth:`save` wrote, and the position."""
        stored = np.load(path)
        width = len(stored["spread2"]) // 2
        found = cls(Words(stored["ids"]), width)
        found.times = stored["times"]
        for k in LENGTHS:
            found.sums[k], found.spread[k] = stored[f"sums{k}"], stored[f"spread{k}"]
        return found, int(stored["position"])


def hidden(
    segments: Sequence[NDArray[np.uint16]],
    words: Words,
    times: Ints,
    special: SpecialIds,
    chance: np.random.Generator,
) -> Masked:
    """Mask some of ``words`` in ``segments``, those read seldom first; ``times`` is how often."""
    ids, labels, starts = [], [], [0]
    for segment in segments:
        tokens = (segment & ID_BITS).astype(np.int64)
        goals = np.full(len(tokens), IGNORED, dtype=np.int64)
        masked = tokens.copy()
        for first, last in _chosen(tokens, segment, words, times, chance):
            goals[first:last] = tokens[first:last]
            masked[first:last] = special.mask
        ids += [[special.cls], masked, [special.sep]]
        labels += [[IGNORED], goals, [IGNORED]]
        starts.append(starts[-1] + len(tokens) + 2)
    return Masked(np.concatenate(ids), np.concatenate(labels), np.array(starts))


def _chosen(
    tokens: Ints,
    segment: NDArray[np.uint16],
    words: Words,
    times: Ints,
    chance: np.random.Generator,
) -> list[tuple[int, int]]:
    starts = np.flatnonzero(segment & WORD_START)
    lengths = np.diff(np.append(starts, len(tokens)))
    fits = (lengths >= LENGTHS[0]) & (lengths <= LENGTHS[-1])
    starts, lengths = starts[fits], lengths[fits]
    steps = np.arange(MOST_CHARACTERS)
    inside = steps < lengths[:, None]
    places = np.minimum(starts[:, None] + steps, len(tokens) - 1)
    found = words.places(np.where(inside, tokens[places], 0))
    wanted = np.flatnonzero((found >= 0) & (times[found] < _PLENTY))
    order = wanted[np.lexsort((chance.random(len(wanted)), times[found[wanted]]))]
    taken: list[tuple[int, int]] = []
    for i in order.tolist():
        first, last = int(starts[i]), int(starts[i] + lengths[i])
        if all(last + _APART <= a or first >= b + _APART for a, b in taken):
            taken.append((first, last))
        if len(taken) > len(tokens) // _TOKENS_PER_WORD:
            break
    return taken


class Reader:
    """Runs the encoder over masked text."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Load the checkpoint and the package's memory."""
        self.tokenizer = Tokenizer.from_file(str(options.checkpoint / "tokenizer.json"))
        self.special = special_ids(self.tokenizer)
        self._feeder = RowFeeder(options.memory, self.tokenizer, dropout=0.0)
        model = load_model(options.checkpoint)
        attach(model)
        self._net = PackedLoss(model.eval())
        self.width = int(model.config.hidden_size)
        self._run = torch.compile(self._net.hidden) if options.compile else self._net.hidden

    def states(self, masked: Masked) -> Iterator[tuple[NDArray[np.float32], Ints]]:
        """Yield states and labels of full batches, flat; a rest of rows is left out."""
        rows = pack(masked, _TOKENS, self.special.pad)
        rows = replace(rows, fed=self._feeder.feed(rows.ids, rows.labels, None, counted=True))
        for first in range(0, len(rows) - _ROWS + 1, _ROWS):
            batch = Batch.of(rows.take(first, first + _ROWS))
            one = batch.rows
            inputs = (one.ids, one.positions, one.segments, *batch.fed)
            with torch.no_grad(), autocast("cpu"):
                found: Tensor = self._run(*map(torch.from_numpy, inputs))
            yield found.float().flatten(0, 1).numpy(), one.labels.reshape(-1)


def read(options: argparse.Namespace, shard: Shard) -> Sums:
    """Read until the time is over or a signal comes; save now and then and at the end."""
    reader = Reader(options)
    if options.out.is_file():
        sums, position = Sums.load(options.out)
    else:
        ids = read_sections(options.topics)["word_ids"].astype(np.int64)
        sums, position = Sums(Words(ids.reshape(-1, MOST_CHARACTERS)), reader.width), 0
    order = _order(shard, IdiomTable.read(options.idioms, reader.tokenizer, shard), options.seed)
    part, parts = map(int, options.shard.split("/"))
    order = order[part::parts]
    began = saved = time.monotonic()
    with Stopping() as stopping:
        while not stopping.asked and time.monotonic() - began < options.minutes * 60:
            window = order[position * _WINDOW : (position + 1) * _WINDOW]
            if not len(window):
                break
            chance = np.random.default_rng([options.seed, position])
            segments = [shard[int(place)] for place in window]
            masked = hidden(segments, sums.words, sums.times, reader.special, chance)
            for states, labels in reader.states(masked):
                sums.add(states, labels)
            position += 1
            if time.monotonic() - saved > options.save_minutes * 60:
                sums.save(options.out, position)
                saved = time.monotonic()
                print(f"{position} windows · {sums.times.sum():,} gaps", flush=True)
        sums.save(options.out, position)
    return sums


def _order(shard: Shard, idioms: IdiomTable, seed: int) -> Ints:
    """Return all modern segments, those with an idiom first: idioms are rare, and so are words."""
    chance = np.random.default_rng(seed)
    modern = [s for s in shard.sources if s.name not in ANTIQUE]
    others = np.concatenate([np.arange(s.first, s.last) for s in modern])
    others = np.setdiff1d(others, idioms.segments, assume_unique=True)
    return np.concatenate([chance.permutation(idioms.segments), chance.permutation(others)])


def main() -> None:
    """Parse the command line and read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--shards", type=Path, required=True)
    parser.add_argument("--memory", type=Path, required=True, help="phrases.bin")
    parser.add_argument("--topics", type=Path, required=True, help="topics.bin, of their words")
    parser.add_argument("--idioms", type=Path, required=True, help="TAB separated, may be .xz")
    parser.add_argument("--out", type=Path, required=True, help="sums, .npz")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--save-minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--shard", default="0/1", help="I/N: every N-th segment from the I-th on")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--no-compile", dest="compile", action="store_false")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    train, _ = load_shards(options.shards)
    sums = read(options, train)
    print(f"{sums.times.sum():,} gaps of {np.count_nonzero(sums.times):,} words")


if __name__ == "__main__":
    main()
