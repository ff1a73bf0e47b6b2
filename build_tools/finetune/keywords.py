"""Passages with a word that they are about: thousands of different labels, without a teacher.

Imports nothing of ``assistant``. The word is the noun of the passage with the highest tf-idf,
drawn among its best three. Labels of the zero-shot sets are never drawn.
"""

from __future__ import annotations

import lzma
import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import rjieba

from build_tools.finetune.records import Row

SOURCES = {
    "wiki_cmrc_drcd_ud": 30_000,
    "tech_lctt": 12_000,
    "medical_huatuo": 5_000,
    "laws_pd": 6_000,
    "howto_unlicense": 2_000,
    "dialog_crosswoz_kdconv": 3_000,
    "literature_pd": 4_000,
    "niutrans_modern": 3_000,
}
"""Openly licensed texts and how many passages of each are drawn at most."""
_SHORTEST, _LONGEST = 20, 80
_BEST = 3
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]?")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,5}")
_RAREST, _COMMONEST = 8, 0.01


def passages(folder: Path, seed: int) -> Iterator[str]:
    """Yield passages of 20–80 characters that end at a sentence's end, mixed per source."""
    for name, most in SOURCES.items():
        path = folder / f"{name}.txt.xz"
        if not path.is_file():
            continue
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            found = [piece for line in stream for piece in _pieces(line.strip())]
        random.Random(f"{seed}-{name}").shuffle(found)
        yield from found[:most]


def keyword_rows(texts: list[str], forbidden: Iterable[str], seed: int) -> Iterator[Row]:
    """Yield a row for each passage that has a telling noun."""
    nouns = [_nouns(text) for text in texts]
    frequency = Counter(word for found in nouns for word in set(found))
    most = max(_RAREST, int(_COMMONEST * len(texts)))
    never = set(forbidden)
    chance = random.Random(seed)
    for text, found in zip(texts, nouns, strict=True):
        weights = {
            word: times * math.log(len(texts) / frequency[word])
            for word, times in Counter(found).items()
            if _RAREST <= frequency[word] <= most and word not in never
        }
        best = sorted(weights, key=lambda word: -weights[word])[:_BEST]
        if best:
            yield Row("keywords", text, keyword=chance.choice(best))


def label_parts(labels: Iterable[str]) -> set[str]:
    """Return labels and their parts: none of them may become a keyword."""
    parts: set[str] = set()
    for label in labels:
        parts |= {label, *re.split("[/、与及和()（）]", label)}
    return parts - {""}


def _nouns(text: str) -> list[str]:
    return [
        word
        for word, tag in rjieba.tag(text, hmm=False)
        if tag.startswith("n") and _HAN.fullmatch(word)
    ]


def _pieces(line: str) -> Iterator[str]:
    piece = ""
    for sentence in _SENTENCE.findall(line):
        if len(piece) + len(sentence) > _LONGEST:
            if len(piece) >= _SHORTEST:
                yield piece
            piece = ""
        piece += sentence if len(sentence) <= _LONGEST else ""
    if len(piece) >= _SHORTEST:
        yield piece
