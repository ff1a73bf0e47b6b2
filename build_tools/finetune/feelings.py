"""Sentences of stories and talk that hold a word of feeling, and plain ones that hold none.

Imports ``assistant.text`` only. Reviews teach praise and blame of goods; of grief and joy in a
story they say little. So words of a list of our own label the sentences around them (distant
supervision: Go, Bhayani and Huang 2009); training takes the words out of some of those sentences,
so that the rest is learnt too. What is denied, or holds words of both kinds, is left out.
"""

from __future__ import annotations

import lzma
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from assistant.text.sentences import sentence_spans
from build_tools.finetune.feeling_words import words_of_feeling
from build_tools.finetune.records import CALM, FEELINGS, PLAIN, Row

_TALES = ("tatoeba_cmn", "literature_pd", "niutrans_modern", "dialog_smile")
_PLAIN = {
    "tatoeba_cmn": 4_000,
    "literature_pd": 12_000,
    "niutrans_modern": 6_000,
    "howto_unlicense": 2_000,
    "wiki_cmrc_drcd_ud": 8_000,
    "tech_lctt": 4_000,
    "laws_pd": 2_000,
    "dialog_crosswoz_kdconv": 2_000,
}
"""Sentences without a word of feeling that are drawn of each text at most."""
_PER_WORD = 350
_HEADINGS = 1_500
_DIGITS = "一二三四五六七八九十"
_SHORTEST, _LONGEST = 6, 60
_QUOTES = "“”‘’\"'「」『』 "


def feeling_rows(folder: Path, seed: int) -> Iterator[Row]:
    """Yield rows of FEELINGS, judged, and of PLAIN, CALM, from the texts in ``folder``.

    No word labels more than ``_PER_WORD`` sentences, so that rare ones are learnt beside common
    ones.
    """
    chance, used = random.Random(seed), Counter[str]()
    for name in dict.fromkeys((*_PLAIN, *_TALES)):
        found = list(dict.fromkeys(sentences(folder / f"{name}.txt.xz")))
        chance.shuffle(found)
        plain = (Row(PLAIN, text, CALM) for text in found if not words_of_feeling(text))
        yield from islice(plain, _PLAIN.get(name, 0))
        if name in _TALES:
            yield from _felt(found, used)


def heading_rows(nouns: Iterable[str], seed: int) -> Iterator[Row]:
    """Yield rows of PLAIN that look like the headings of a text, each made of one of ``nouns``."""
    chance = random.Random(seed)
    known = sorted({noun for noun in nouns if not words_of_feeling(noun)})
    for noun in chance.sample(known, min(_HEADINGS, len(known))):
        digit, number = chance.choice(_DIGITS), chance.randint(1, 20)
        before = (f"{digit}、", f"第{digit}章 ", f"第{digit}节 ", f"{number}. ", f"（{digit}）", "")
        yield Row(PLAIN, chance.choice(before) + noun, CALM)


def _felt(sentences: Iterable[str], used: Counter[str]) -> Iterator[Row]:
    for text in sentences:
        sides = words_of_feeling(text)
        if len(sides) != 1 or CALM in sides:
            continue
        [(side, words)] = sides.items()
        rarest = min(words, key=lambda word: used[word])
        if used[rarest] < _PER_WORD:
            used[rarest] += 1
            yield Row(FEELINGS, text, side)


def sentences(path: Path, longest: int = _LONGEST) -> Iterator[str]:
    """Yield the sentences of a compressed text that have at most ``longest`` characters."""
    if not path.is_file():
        return
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield from sentences_of(line, longest)


def sentences_of(text: str, longest: int) -> Iterator[str]:
    """Yield the sentences of ``text`` without quotation marks around them, none too short."""
    for start, end in sentence_spans(text):
        sentence = text[start:end].strip(_QUOTES)
        if _SHORTEST <= len(sentence) <= longest:
            yield sentence
