"""Tokenised shards: ``python -m build_tools.corpus.shards --corpus work/corpus --out work/shards``.

Imports nothing of ``assistant``. A shard folder holds ``tokens.bin`` (uint16, little-endian: id in
15 bits, the highest bit set where a word begins), ``starts.bin`` (uint64: where each segment
begins, and the end), the same two below ``held_out/``, and ``shards.json`` (sources, licences,
weights, sizes). All is read through memory maps, so a corpus may be larger than memory.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from build_tools.corpus.mix import PRETRAIN_WEIGHTS, balanced
from build_tools.corpus.tokenise import ID_BITS, SegmentTokenizer

FORMAT = 1
MIN_TOKENS = 4
"""A shorter segment teaches nothing."""
MAX_UNKNOWN_SHARE = 0.1
_HELD_OUT = "held_out"


@dataclass(frozen=True, slots=True)
class ShardSource:
    """One source in a shard: segments ``first`` to ``last`` (exclusive), read ``weight`` times."""

    name: str
    licence: str
    weight: float
    first: int
    last: int
    tokens: int
    unknown: int
    dropped: int


class Shard:
    """A folder of tokenised segments, memory-mapped."""

    def __init__(self, folder: Path, sources: tuple[ShardSource, ...] = ()) -> None:
        """Map ``tokens.bin`` and ``starts.bin`` of ``folder``."""
        self.sources = sources
        self.tokens = np.memmap(folder / "tokens.bin", dtype="<u2", mode="r")
        self.starts = np.memmap(folder / "starts.bin", dtype="<u8", mode="r")

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: int) -> NDArray[np.uint16]:
        return self.tokens[int(self.starts[index]) : int(self.starts[index + 1])]


def load_shards(folder: Path) -> tuple[Shard, Shard]:
    """Return the training and the held-out shard of ``folder``.

    Raises ValueError when the folder is of another format.
    """
    listing = json.loads((folder / "shards.json").read_text("utf-8"))
    if listing["format"] != FORMAT:
        raise ValueError(f"{folder}: format {listing['format']}, not {FORMAT}; build it again")
    train = tuple(ShardSource(**source) for source in listing["train"])
    held_out = tuple(ShardSource(**source) for source in listing[_HELD_OUT])
    return Shard(folder, train), Shard(folder / _HELD_OUT, held_out)


class ShardWriter:
    """Writes one shard; the files are complete once ``close`` returns."""

    def __init__(self, folder: Path, tokenizer: SegmentTokenizer) -> None:
        """Open the two files in ``folder``, replacing what is there."""
        folder.mkdir(parents=True, exist_ok=True)
        self._tokenizer = tokenizer
        self._tokens = (folder / "tokens.bin").open("wb")
        self._starts = (folder / "starts.bin").open("wb")
        self._segments = 0
        self._written = 0

    def add(self, name: str, licence: str, weight: float, passages: Iterable[str]) -> ShardSource:
        """Append the passages of one source and return where they lie."""
        first, begun, unknown, dropped = self._segments, self._written, 0, 0
        for passage in passages:
            for segment in self._tokenizer.segments(passage.strip()):
                missing = int(((segment & ID_BITS) == self._tokenizer.unknown).sum())
                if len(segment) < MIN_TOKENS or missing > MAX_UNKNOWN_SHARE * len(segment):
                    dropped += 1
                    continue
                unknown += missing
                self._append(segment)
        tokens = self._written - begun
        return ShardSource(name, licence, weight, first, self._segments, tokens, unknown, dropped)

    def _append(self, segment: NDArray[np.uint16]) -> None:
        self._starts.write(self._written.to_bytes(8, "little"))
        self._tokens.write(segment.astype("<u2").tobytes())
        self._written += len(segment)
        self._segments += 1

    def close(self) -> None:
        """Write the end of the last segment and close the files."""
        self._starts.write(self._written.to_bytes(8, "little"))
        self._tokens.close()
        self._starts.close()


def write_shards(
    corpus: Path, tokenizer_json: Path, out: Path, weights: dict[str, float]
) -> tuple[Shard, Shard]:
    """Tokenise the corpus that ``build_tools.corpus`` wrote to ``corpus`` into ``out``.

    ``weights`` override how often a source is read. Raises FileNotFoundError when ``corpus`` has
    no ``sources.json``: it is not complete.
    """
    listing = json.loads((corpus / "sources.json").read_text("utf-8"))
    part = out.with_name(out.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    tokenizer = SegmentTokenizer(tokenizer_json)
    writers = {"train": ShardWriter(part, tokenizer)}
    writers[_HELD_OUT] = ShardWriter(part / _HELD_OUT, tokenizer)
    found: dict[str, list[ShardSource]] = {"train": [], _HELD_OUT: []}
    for source in listing:
        name, licence = source["name"], source["licence"]
        if not source["passages"]:
            continue  # a source held out as a whole belongs to the gate of the memory
        weight = weights.get(name, float(source["repeat"]))
        for kind, folder in (("train", corpus), (_HELD_OUT, corpus / _HELD_OUT)):
            with (folder / f"{name}.txt").open(encoding="utf-8") as stream:
                found[kind].append(writers[kind].add(name, licence, weight, stream))
        print(f"{name}: {found['train'][-1].tokens:,} tokens", flush=True)
    for writer in writers.values():
        writer.close()
    _write_listing(part, tokenizer_json, found)
    shutil.rmtree(out, ignore_errors=True)
    part.rename(out)
    return load_shards(out)


def _write_listing(folder: Path, tokenizer_json: Path, found: dict[str, list[ShardSource]]) -> None:
    tokens = {source.name: source.tokens for source in found["train"]}
    weights = balanced({source.name: source.weight for source in found["train"]}, tokens)
    listing = {
        "format": FORMAT,
        "tokenizer_sha256": hashlib.sha256(tokenizer_json.read_bytes()).hexdigest(),
        **{
            kind: [{**asdict(source), "weight": weights[source.name]} for source in sources]
            for kind, sources in found.items()
        },
    }
    text = json.dumps(listing, ensure_ascii=False, indent=1)
    (folder / "shards.json").write_text(text + "\n", "utf-8")


def mix_table(shard: Shard) -> str:
    """Return a table of the sources: tokens, weight, share of what is read, unknown tokens."""
    read = sum(source.tokens * source.weight for source in shard.sources)
    lines = [f"{'source':28} {'tokens':>12} {'weight':>7} {'share':>7} {'unknown':>8}"]
    for source in shard.sources:
        share = source.tokens * source.weight / read
        unknown = source.unknown / max(source.tokens, 1)
        lines.append(
            f"{source.name:28} {source.tokens:12,} {source.weight:7.2f} {share:7.2%} {unknown:8.3%}"
        )
    return "\n".join([*lines, f"one epoch reads {read:,.0f} tokens"])


def main() -> None:
    """Parse the command line and write the shards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("work/corpus"))
    parser.add_argument(
        "--tokenizer", type=Path, required=True, help="a checkpoint folder with tokenizer.json"
    )
    parser.add_argument("--out", type=Path, default=Path("work/shards"))
    parser.add_argument("--weights", type=Path, help="JSON {source: readings} over the built-in")
    options = parser.parse_args()
    given = json.loads(options.weights.read_text("utf-8")) if options.weights else {}
    train, held_out = write_shards(
        options.corpus,
        options.tokenizer / "tokenizer.json",
        options.out,
        {**PRETRAIN_WEIGHTS, **given},
    )
    print(mix_table(train))
    print(f"{len(train):,} segments, {len(held_out):,} held out")


if __name__ == "__main__":
    main()
