"""What the corpus is made of: files, their licences, their weights, and how to read them.

Imports nothing of ours. Paths are relative to the data folder given by the caller.
"""

from __future__ import annotations

import lzma
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO


def _plain(line: str) -> tuple[str, ...]:
    return (line,)


def _first_column(line: str) -> tuple[str, ...]:
    return (line.split("\t", 1)[0],)


def _poem(line: str) -> tuple[str, ...]:
    title, author, text = line.split("\t")[:3]
    return (f"《{title}》{author}：{text}",)


def _idiom(line: str) -> tuple[str, ...]:
    idiom, _derivation, explanation, example = (line.split("\t") + [""] * 4)[:4]
    return tuple(part for part in (f"{idiom}：{explanation}", example) if part)


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the corpus.

    ``repeat`` is how often pretraining reads it. ``importance`` says how much its n-grams count
    when a phrase memory is pruned: how often a 3-gram seen once in it occurs in the
    ``FIT_SOURCES`` too (0.08 = 1), measured. ``known_by_heart`` exempts reference works (school
    poems, idioms) from the overlap filter: development sets quote them, and knowing them is the
    point. ``held_out`` keeps the whole source from being counted; gates are fitted on it.
    """

    name: str
    file: str
    licence: str
    repeat: int = 1
    importance: float = 1.0
    known_by_heart: bool = False
    held_out: bool = False
    read: Callable[[str], tuple[str, ...]] = _plain
    header: bool = False

    def lines(self, data: Path) -> Iterator[str]:
        """Yield the raw passages of the file below ``data``."""
        with open_text(data / self.file) as stream:
            for number, line in enumerate(stream):
                if not (self.header and number == 0):
                    yield from self.read(line.rstrip("\n"))


def open_text(path: Path) -> IO[str]:
    """Open a UTF-8 text file, xz-compressed or not; broken bytes become U+FFFD."""
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8", errors="replace")
    return path.open("rt", encoding="utf-8", errors="replace")


def _open(name: str, licence: str, importance: float, repeat: int = 1) -> Source:
    return Source(name, f"open/{name}.txt.xz", licence, repeat, importance)


def _unlicensed(name: str, importance: float) -> Source:
    return Source(name, f"unlicensed/{name}.txt.xz", "none stated", importance=importance)


OPEN_SOURCES: tuple[Source, ...] = (
    Source(
        "poems_wellknown",
        "poems_wellknown.txt.xz",
        "public domain",
        repeat=8,
        known_by_heart=True,
        read=_poem,
    ),
    Source(
        "idioms",
        "idioms.tsv.xz",
        "Apache-2.0 / none stated (facts of the language)",
        repeat=3,
        importance=0.8,
        known_by_heart=True,
        read=_idiom,
        header=True,
    ),
    Source(
        "poetry_wellknown_extra",
        "open/poetry_wellknown_extra.txt.xz",
        "public domain",
        repeat=8,
        known_by_heart=True,
    ),
    _open("idioms_text", "Apache-2.0 / none stated (facts of the language)", 0.8, 2),
    _open("dialog_crosswoz_kdconv", "Apache-2.0", 1.6, 2),
    _open("dialog_smile", "CC0-1.0", 1.0),
    _open("howto_unlicense", "Unlicense", 1.3, 2),
    _open("laws_pd", "public domain", 0.4),
    _open("literature_pd", "public domain in the PRC", 0.5, 2),
    _open("medical_huatuo", "Apache-2.0", 1.0),
    _open("niutrans_classical", "MIT", 0.12),
    _open("niutrans_modern", "MIT", 0.15),
    _open("poetry_classical", "MIT", 0.06),
    _open("tatoeba_cmn", "CC BY 2.0 FR", 3.0, 3),
    _open("tech_lctt", "Apache-2.0", 0.9),
    _open("wiki_cmrc_drcd_ud", "CC BY-SA", 0.8),
)
"""Open licences and public domain: what ships is made of these."""

PARALLEL_SOURCES: tuple[Source, ...] = (
    Source("msctd_subtitles", "parallel/msctd_subtitles.tsv.xz", "MIT", 3, 2.0, read=_first_column),
    Source("3am_captions", "parallel/3am_captions.tsv.xz", "MIT", 2, 1.8, read=_first_column),
    Source(
        "bible_cuv",
        "parallel/bible_cuv-bbe.tsv.xz",
        "public domain",
        importance=0.5,
        read=_first_column,
    ),
)
"""Chinese sides of openly licensed parallel text: scarce everyday language."""

FIT_SOURCES: tuple[Source, ...] = (
    Source(
        "cognition_stories",
        "parallel/cognition_stories.tsv.xz",
        "none stated",
        held_out=True,
        read=_first_column,
    ),
    Source(
        "bmeld_friends",
        "parallel/bmeld_friends.tsv.xz",
        "none stated",
        held_out=True,
        read=_first_column,
    ),
    Source(
        "ted_liangyming",
        "parallel/ted_liangyming.tsv.xz",
        "CC BY-NC-ND",
        held_out=True,
        read=_first_column,
    ),
)
"""Text of a kind the counts have never seen: a few hundred numbers of the gate are fitted on it."""

UNLICENSED_SOURCES: tuple[Source, ...] = tuple(
    _unlicensed(name, importance)
    for name, importance in (
        ("blogs_cc_nc", 1.6),
        ("blogs_nolicence", 1.6),
        ("essays_literature_ner", 1.1),
        ("essays_ruanyf_weekly", 1.6),
        ("essays_tinysnow_thirdparty", 1.1),
        ("fewclue_misc", 1.0),
        ("instruct_alpaca_zh", 1.6),
        ("misc_webqa_sms_cec", 1.4),
        ("news_ner_msra_sxu", 0.85),
        ("news_xwlb", 0.6),
        ("reviews_sophonplus", 1.0),
        ("textbook_cntextbook", 2.4),
    )
)
"""Published without a stated licence; used only where a measurement shows more than 2 points."""


def folder_sources(folder: Path, licence: str = "unknown") -> tuple[Source, ...]:
    """Return every .txt and .txt.xz file of ``folder`` as a source, in order of name."""
    files = sorted([*folder.glob("*.txt"), *folder.glob("*.txt.xz")])
    return tuple(Source(file.name.split(".")[0], file.name, licence) for file in files)
