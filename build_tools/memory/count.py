"""Count a corpus into sorted runs on disk, and merge them, in bounded memory.

Recipe for a cluster: every worker runs ``count --shard I/N`` on the same corpus folder and the
same ``alphabet.npz``; the runs are plain .npy files (sorted uint64 keys, uint32 counts), so
``merge`` adds up those of all workers. On Spark the same is
``rdd.mapPartitions(keys_of_lines).map(lambda k: (k, 1)).reduceByKey(add).sortByKey()`` with
``ngram_keys`` inside ``keys_of_lines``; on Ray or Dask, one task per shard and one ``merge``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_alphabet import Alphabet
from assistant.engine.memory_counting import (
    Counts,
    Keys,
    count_keys,
    encode_passages,
    merge_counts,
    ngram_keys,
)
from assistant.engine.memory_counts import ORDERS

CHUNK_CHARS = 12_000_000
"""Characters counted into one run: about 0.6 GB of memory at the peak."""
MERGE_ENTRIES = 40_000_000
"""Entries merged at a time: about 2 GB of memory at the peak."""


def save_alphabet(alphabet: Alphabet, path: Path) -> None:
    """Write an alphabet for counting."""
    np.savez(path, fold=alphabet.fold, codes=alphabet.codes)


def load_alphabet(path: Path) -> Alphabet:
    """Read an alphabet written by :func:`save_alphabet`."""
    with np.load(path) as arrays:
        return Alphabet(arrays["fold"], arrays["codes"])


def count_source(
    alphabet: Alphabet,
    text: Path,
    runs: Path,
    *,
    shard: tuple[int, int] = (0, 1),
    chunk_chars: int = CHUNK_CHARS,
) -> int:
    """Count one text file (a passage a line) into ``runs``; return the number of chunks.

    Runs that are there already are left alone, so an interrupted count goes on. ``shard`` (i, n)
    counts every n-th passage from the i-th on.
    """
    runs.mkdir(parents=True, exist_ok=True)
    number = 0
    for passages in _chunks(text, shard, chunk_chars):
        stem = f"{text.stem}.{shard[0]}of{shard[1]}.{number:04d}"
        number += 1
        if all(_run_files(runs, order, stem)[1].exists() for order in ORDERS):
            continue
        ids = encode_passages(alphabet, passages)
        for order in ORDERS:
            keys, counts = count_keys(ngram_keys(ids, order, alphabet.size))
            _save_run(_run_files(runs, order, stem), keys, counts)
    return number


def merge_runs(
    runs: Path,
    out: Path,
    *,
    weights: Mapping[str, int] | None = None,
    entries: int = MERGE_ENTRIES,
) -> dict[int, int]:
    """Merge the runs into ``out``/order<n>.keys.u64 and .counts.u32; return the distinct n-grams.

    ``weights`` maps source names to the factor of their counts (a source that is not named is
    left out; without it every source counts once). Works through ranges
    of keys that hold about ``entries`` entries of all runs together.
    """
    out.mkdir(parents=True, exist_ok=True)
    return {order: _merge_order(runs, out, order, weights, entries) for order in ORDERS}


def load_counts(folder: Path, order: int) -> tuple[Keys, Counts]:
    """Map the merged keys and counts of one order."""
    keys, counts = _count_files(folder, order)
    if not keys.stat().st_size:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.uint32)
    return np.memmap(keys, dtype="<u8", mode="r"), np.memmap(counts, dtype="<u4", mode="r")


def _count_files(folder: Path, order: int) -> tuple[Path, Path]:
    return folder / f"order{order}.keys.u64", folder / f"order{order}.counts.u32"


def _chunks(text: Path, shard: tuple[int, int], limit: int) -> Iterator[list[str]]:
    held: list[str] = []
    size = 0
    with text.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream):
            if number % shard[1] != shard[0]:
                continue
            held.append(line)
            size += len(line)
            if size >= limit:
                yield held
                held, size = [], 0
    if held:
        yield held


def _run_files(runs: Path, order: int, stem: str) -> tuple[Path, Path]:
    return runs / f"{stem}.{order}.counts.npy", runs / f"{stem}.{order}.keys.npy"


def _save_run(files: tuple[Path, Path], keys: Keys, counts: Counts) -> None:
    for path, array in zip(files, (counts, keys), strict=True):
        temporary = path.with_suffix(".part.npy")
        np.save(temporary, array)
        temporary.replace(path)


def _merge_order(
    runs: Path, out: Path, order: int, weights: Mapping[str, int] | None, entries: int
) -> int:
    files = sorted(runs.glob(f"*.{order}.keys.npy"))
    mapped = [
        (
            np.load(path, mmap_mode="r"),
            np.load(path.with_name(path.name.replace(".keys.", ".counts.")), mmap_mode="r"),
            1 if weights is None else weights.get(path.name.split(".")[0], 0),
        )
        for path in files
    ]
    mapped = [run for run in mapped if run[2] > 0 and len(run[0])]
    bounds = _bounds([run[0] for run in mapped], entries)
    total = 0
    key_file, count_file = _count_files(out, order)
    with key_file.open("wb") as key_stream, count_file.open("wb") as count_stream:
        for first, last in pairwise(bounds):
            keys, counts = merge_counts([_between(run, first, last) for run in mapped])
            keys.astype("<u8", copy=False).tofile(key_stream)
            counts.astype("<u4", copy=False).tofile(count_stream)
            total += len(keys)
    return total


def _between(
    run: tuple[Keys, Counts, int], first: np.uint64, last: np.uint64
) -> tuple[Keys, Counts, int]:
    keys, counts, weight = run
    start, end = np.searchsorted(keys, np.array([first, last], dtype=np.uint64))
    return keys[start:end], counts[start:end], weight


def _bounds(keys: list[Keys], entries: int) -> NDArray[np.uint64]:
    """Return key bounds between which all runs together hold about ``entries`` entries."""
    total = sum(map(len, keys))
    if not total:
        return np.empty(0, dtype=np.uint64)
    step = max(1, total // 100_000)
    sample = np.sort(np.concatenate([np.asarray(run[::step]) for run in keys]))
    pieces = -(-total // entries)
    inner = sample[np.linspace(0, len(sample) - 1, pieces + 1).astype(np.int64)[1:-1]]
    ends = np.array([0, 0xFFFFFFFFFFFFFFFF], dtype=np.uint64)
    return np.unique(np.concatenate((inner, ends)))
