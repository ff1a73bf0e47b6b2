"""The stream of passages itself: read, clean, drop, hold out.

Imports nothing of ``assistant``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from build_tools.corpus.clean import clean, pieces
from build_tools.corpus.overlap import DevelopmentShingles, Duplicates, passage_digest
from build_tools.corpus.sources import Source

HELD_OUT_PER_MILLE = 3
"""Share of the passages of every source that is never counted; gates are fitted on it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One cleaned passage. ``held_out`` passages must not be counted or trained on."""

    source: str
    text: str
    held_out: bool


@dataclass(slots=True)
class SourceReport:
    """What went in and what was dropped, per source; written beside the corpus."""

    name: str
    licence: str
    passages: int = 0
    chars: int = 0
    held_out: int = 0
    unclean: int = 0
    duplicate: int = 0
    overlap: int = 0


def passages(
    source: Source,
    data: Path,
    development: DevelopmentShingles,
    duplicates: Duplicates,
    report: SourceReport,
) -> Iterator[Passage]:
    """Yield the passages of one source in file order; ``report`` is filled on the way.

    Whether a passage is held out depends on its characters alone, so a rebuild, another order of
    sources or another shard holds out the same ones.
    """
    for text in _cleaned(source.lines(data), report):
        if not duplicates.add(text):
            report.duplicate += 1
        elif not source.known_by_heart and development.overlaps(text):
            report.overlap += 1
        else:
            held_out = source.held_out or (
                not source.known_by_heart and passage_digest(text) % 1000 < HELD_OUT_PER_MILLE
            )
            report.held_out += held_out
            report.passages += not held_out
            report.chars += 0 if held_out else len(text)
            yield Passage(source.name, text, held_out)


def _cleaned(lines: Iterable[str], report: SourceReport) -> Iterator[str]:
    for line in lines:
        text = clean(line)
        if text is None:
            report.unclean += 1
        else:
            yield from pieces(text)
