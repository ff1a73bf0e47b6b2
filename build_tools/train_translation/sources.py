"""Which parallel files the translation model reads, their licences and their weights.

Imports nothing of ours but the reader of compressed text. Paths are relative to the data folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from build_tools.corpus.sources import open_text


@dataclass(frozen=True, slots=True)
class ParallelSource:
    """One file of ``zh TAB en`` lines.

    ``weight`` is how often an epoch reads a pair on average (0.3: three pairs in ten, other ones
    each epoch). ``spoken`` sources are also read without Chinese punctuation, as subtitles and
    talks are written: a space for each comma, nothing at the end.
    """

    name: str
    file: str
    licence: str
    weight: float = 1.0
    spoken: bool = False

    def pairs(self, data: Path) -> Iterator[tuple[str, str]]:
        """Yield (Chinese, English) as they stand in the file below ``data``."""
        with open_text(data / self.file) as stream:
            for line in stream:
                chinese, tab, english = line.rstrip("\n").partition("\t")
                if tab:
                    yield chinese, english


def _source(
    name: str, licence: str, weight: float = 1.0, *, spoken: bool = False
) -> ParallelSource:
    return ParallelSource(name, f"parallel/{name}.tsv.xz", licence, weight, spoken)


SOURCES: tuple[ParallelSource, ...] = (
    _source("msctd_subtitles", "MIT (label); English re-cased", 3.0),
    _source("ted_liangyming", "CC BY-NC-ND (TED); repository states none", 3.0, spoken=True),
    _source("tatoeba", "CC BY 2.0 FR", 2.0),
    _source("bmeld_friends", "none stated", 2.0),
    _source("cognition_stories", "none stated", 2.0),
    _source("3am_captions", "MIT", 1.0),
    _source("lctt_tech", "Apache-2.0", 0.25),
    _source("xquad_wiki", "CC BY-SA", 1.0),
    _source("translation2019zh_valid_SAMPLE", "none stated", 1.0),
    _source("docs-gnome", "CC BY / Apache-2.0", 0.3),
    _source("docs-python", "CC0 / PSF", 0.1),
    _source("docs-django", "BSD", 0.1),
    _source("docs-php", "CC BY 3.0", 0.1),
    _source("docs-react", "CC BY 4.0", 0.3),
    _source("docs-tldr", "CC BY 4.0", 0.2),
    _source("bible_cuv-bbe", "public domain", 0.2),
)
"""Left out: gold-miner_tech and docs-vue (non-commercial), the GPL game, the Quran (rare style)."""
