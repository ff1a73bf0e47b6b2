"""Tokenised pairs on disk: two flat arrays of ids, their ends, and the source of each pair.

Imports numpy, nothing of ``assistant``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

_NAMES = ("source", "source_ends", "target", "target_ends", "origin")


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs: ids uint16 (with the final ``</s>``), ends int64, number of their source uint8."""

    source: NDArray[np.uint16]
    source_ends: NDArray[np.int64]
    target: NDArray[np.uint16]
    target_ends: NDArray[np.int64]
    origin: NDArray[np.uint8]
    weights: tuple[float, ...]

    def lengths(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the numbers of source and target tokens of each pair."""
        return np.diff(self.source_ends, prepend=0), np.diff(self.target_ends, prepend=0)

    def __len__(self) -> int:
        return len(self.origin)


def write_shards(
    folder: Path,
    tokenizer: Tokenizer,
    pairs: list[tuple[str, str, int]],
    sources: list[dict[str, Any]],
) -> None:
    """Tokenise (Chinese, English, number of the source) and write them below ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, name in enumerate(("source", "target")):
        encoded = tokenizer.encode_batch([pair[place] for pair in pairs])
        ids = [encoding.ids for encoding in encoded]
        flat = np.fromiter((i for row in ids for i in row), dtype=np.uint16)
        np.save(folder / f"{name}.npy", flat)
        np.save(folder / f"{name}_ends.npy", np.cumsum([len(row) for row in ids], dtype=np.int64))
    np.save(folder / "origin.npy", np.array([pair[2] for pair in pairs], dtype=np.uint8))
    digest = hashlib.sha256(tokenizer.to_str().encode()).hexdigest()
    listing = {"tokenizer_sha256": digest, "sources": sources}
    (folder / "shards.json").write_text(
        json.dumps(listing, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


def load_shards(folder: Path) -> Pairs:
    """Read what :func:`write_shards` wrote."""
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _NAMES}
    weights = tuple(float(source["weight"]) for source in read_listing(folder)["sources"])
    return Pairs(**arrays, weights=weights)


def read_listing(folder: Path) -> dict[str, Any]:
    """Return ``shards.json``: the tokenizer's digest and the sources with their counts."""
    return json.loads((folder / "shards.json").read_text("utf-8"))
