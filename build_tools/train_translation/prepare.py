"""From parallel files to a vocabulary and shards.

Imports the corpus tools for the overlap with development sets. Nothing of ``assistant``.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from build_tools.corpus.overlap import DevelopmentShingles
from build_tools.corpus.sources import open_text
from build_tools.train_translation.clean import (
    PairFilter,
    clean_pairs,
    normalise_english,
    spoken,
)
from build_tools.train_translation.layout import training_tokenizer
from build_tools.train_translation.shards import write_shards
from build_tools.train_translation.sources import SOURCES, ParallelSource
from build_tools.train_translation.vocabulary import train_vocabulary

DEVELOPMENT = ("iwslt17_dev2010", "msctd_dev", "newsdev2017", "tico19")
_LONG_ENGLISH = 6


class DevelopmentPairs:
    """Recognises pairs that stand in a development set, by either language."""

    def __init__(self, folder: Path) -> None:
        """Read the translation development sets of ``folder``."""
        lines = [line for name in DEVELOPMENT for line in _lines(folder / f"{name}.tsv.xz")]
        self._chinese = DevelopmentShingles(line.split("\t")[0] for line in lines)
        english = (normalise_english(line.split("\t")[1]).lower() for line in lines)
        self._english = {text for text in english if len(text.split()) >= _LONG_ENGLISH}

    def holds(self, chinese: str, english: str) -> bool:
        """Tell whether 13 Chinese characters in a row or a whole English sentence are known."""
        return english.lower() in self._english or self._chinese.overlaps(chinese)


def _lines(path: Path) -> Iterator[str]:
    with open_text(path) as stream:
        for line in stream:
            yield line.rstrip("\n")


def read_pairs(
    data: Path, sources: tuple[ParallelSource, ...] = SOURCES
) -> tuple[list[tuple[str, str, int]], list[dict[str, Any]]]:
    """Return clean pairs with the number of their source, and what was kept of each source."""
    known, development = PairFilter(), DevelopmentPairs(data / "dev")
    pairs: list[tuple[str, str, int]] = []
    listing: list[dict[str, Any]] = []
    for number, source in enumerate(sources):
        begin, read, overlapping = len(pairs), 0, 0
        raw = list(source.pairs(data))
        read = len(raw)
        for chinese, english in clean_pairs(raw, known):
            if development.holds(chinese, english):
                overlapping += 1
            else:
                pairs.append((chinese, english, number))
        kept = len(pairs) - begin
        if source.spoken:
            bare = [(spoken(zh), en, number) for zh, en, _ in pairs[begin:]]
            pairs.extend(bare)
        # A source that is read in two spellings is read half as often in each.
        weight = source.weight / (2 if source.spoken else 1)
        listing.append(
            {
                "name": source.name,
                "licence": source.licence,
                "weight": weight,
                "pairs_read": read,
                "pairs_kept": kept,
                "in_development_sets": overlapping,
            }
        )
    return pairs, listing


def prepare(
    data: Path,
    out: Path,
    vocabulary_size: int,
    *,
    sources: tuple[ParallelSource, ...] = SOURCES,
    seed: int = 1,
    tokenizer_of: Path | None = None,
) -> Tokenizer:
    """Write ``tokenizer/`` and ``shards/`` below ``out``.

    ``tokenizer_of``: the folder of a model that is to be trained on, whose vocabulary is taken
    instead of training one of ``vocabulary_size``.
    """
    pairs, listing = read_pairs(data, sources)
    if tokenizer_of is not None:
        training_tokenizer(tokenizer_of, out / "tokenizer")
        tokenizer = Tokenizer.from_file(str(out / "tokenizer" / "tokenizer.json"))
        write_shards(out / "shards", tokenizer, pairs, listing)
        return tokenizer
    chance = random.Random(seed)
    weights = [min(1.0, source["weight"]) for source in listing]
    sample = [pair for pair in pairs if chance.random() < weights[pair[2]]]
    lines = [text for pair in sample for text in pair[:2]]
    chance.shuffle(lines)
    tokenizer = train_vocabulary(lines, out / "tokenizer", vocabulary_size)
    write_shards(out / "shards", tokenizer, pairs, listing)
    return tokenizer
