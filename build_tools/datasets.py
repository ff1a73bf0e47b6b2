"""Development sets of the fill task, one loader each.

Measure on these, never train on them. Texts are read from where they lie and never copied.
Imports nothing of ``assistant``.
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import rjieba

_MASK = "[MASK]"
_CLOZE = "XXXXX"
_IDIOM = "#idiom#"
_LONGEST_WORD = 4
_CHARACTER_OF = 3
"""Of so many blanks of unknown length one hides a single character, wherever it stands."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Item:
    """One blank: ``answers``, all of one length, may stand between ``left`` and ``right``."""

    left: str
    right: str
    answers: tuple[str, ...]

    @property
    def length(self) -> int:
        """The number of characters of the answers."""
        return len(self.answers[0])


@dataclass(frozen=True, slots=True)
class Choice:
    """One blank with given choices, ``choices[answer]`` being the right one."""

    left: str
    right: str
    choices: tuple[str, ...]
    answer: int


def acceptance(path: Path) -> list[Item]:
    """Read the acceptance list: text with masks, a tab, answers joined by bars."""
    items = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text, answers = line.split("\t")
        start, end = text.index(_MASK), text.rindex(_MASK) + len(_MASK)
        items.append(Item(text[:start], text[end:], tuple(answers.split("|"))))
    return items


def cft_sentences(path: Path, shortest: int = 20, longest: int = 110) -> list[str]:
    """Return the story sentences of a CFT file within the bounds, in characters, as one text.

    The queries are left out: they are no prose.
    """
    sentences = ("".join(fields[1].split()) for fields in _fields(path) if len(fields) == 2)
    return [sentence for sentence in sentences if shortest <= len(sentence) <= longest]


def cft_characters(path: Path, seed: int = 0, limit: int | None = None) -> list[Item]:
    """Hide one random Chinese character of every story sentence of 20–110 characters."""
    chance = random.Random(seed)
    items = []
    for sentence in cft_sentences(path):
        if places := [i for i, character in enumerate(sentence) if is_chinese(character)]:
            items.append(_hide(sentence, chance.choice(places), 1))
    return _some(items, chance, limit)


def cft_words(path: Path, seed: int = 0, limit: int | None = None) -> list[Item]:
    """Hide one random word of 1–4 Chinese characters of every such sentence (words by jieba)."""
    chance = random.Random(seed)
    items = []
    for sentence in cft_sentences(path):
        words, place = [], 0
        for word in rjieba.cut(sentence, hmm=False):
            if len(word) <= _LONGEST_WORD and all(map(is_chinese, word)):
                words.append((place, len(word)))
            place += len(word)
        if words:
            items.append(_hide(sentence, *chance.choice(words)))
    return _some(items, chance, limit)


def cft_marked(path: Path, seed: int = 0, limit: int | None = None) -> list[Item]:
    """Return a mixture of whole words, two thirds, and characters, as people mark blanks.

    Who leaves the length open may have hidden a word, or one character of a word.
    """
    words = cft_words(path, seed, None if limit is None else limit - limit // _CHARACTER_OF)
    count = len(words) // (_CHARACTER_OF - 1) if limit is None else limit // _CHARACTER_OF
    return words + cft_characters(path, seed + 1, count)


def cft_cloze(path: Path, context_chars: int = 100) -> list[Item]:
    """Return the questions of a CFT file, with the end of their story before them."""
    items: list[Item] = []
    story: list[str] = []
    for fields in _fields(path):
        if fields[0].strip() == "1":
            story = []
        story.append("".join(fields[1].split()))
        if len(fields) == 3 and _CLOZE in story[-1]:
            items.append(_cloze("".join(story), fields[2].strip(), context_chars))
    return items


def cmrc_cloze(queries: Path, answers: Path, context_chars: int = 100) -> list[Item]:
    """Return the blanks of CMRC 2017 in their stories, with about ``context_chars`` around."""
    right = {fields[0].strip(): fields[1].strip() for fields in _fields(answers)}
    items: list[Item] = []
    story: list[str] = []
    for fields in _fields(queries):
        if fields[0].startswith("<qid_"):
            answer = right[fields[0].strip()]
            items.append(_cloze("".join(story), answer, context_chars))
            story = []
        else:
            story.append("".join(fields[1].split()))
    return items


def cloze_words(folder: Path, limit: int | None = None, seed: int = 0) -> list[Item]:
    """Return the word blanks of CFT and CMRC 2017 of 1–4 Chinese characters, mixed."""
    items = cft_cloze(folder / "cft.test.auto.xz")
    items += cmrc_cloze(
        folder / "cmrc2017.cloze.valid.doc_query.xz", folder / "cmrc2017.cloze.valid.answer.xz"
    )
    fitting = [
        item
        for item in items
        if item.length <= _LONGEST_WORD and all(map(is_chinese, item.answers[0]))
    ]
    return _some(fitting, random.Random(seed), limit)


def chid(path: Path) -> list[Choice]:
    """Read ChID as FewCLUE has it: one of seven idioms."""
    rows = map(json.loads, _lines(path))
    return [
        Choice(*row["content"].split(_IDIOM, 1), tuple(row["candidates"]), row["answer"])
        for row in rows
    ]


def ccpm(path: Path) -> list[Choice]:
    """Read CCPM: which of four classical lines says what ``left``, modern prose, says."""
    rows = map(json.loads, _lines(path))
    return [Choice(row["translation"], "", tuple(row["choices"]), row["answer"]) for row in rows]


def is_chinese(character: str) -> bool:
    """Tell whether ``character`` is of the block of common Chinese characters."""
    return "\u4e00" <= character <= "\u9fff"


def _hide(sentence: str, start: int, length: int) -> Item:
    end = start + length
    return Item(sentence[:start], sentence[end:], (sentence[start:end],))


def _cloze(story: str, answer: str, context_chars: int) -> Item:
    """Cut a window around the blank of ``story``, half on each side as far as there is text."""
    left, right = story.split(_CLOZE, 1)
    right = right.replace(_CLOZE, answer)
    after = min(len(right), max(context_chars // 2, context_chars - len(left)))
    before = min(len(left), context_chars - after)
    return Item(left[len(left) - before :], right[:after], (answer,))


def _some(items: list[_T], chance: random.Random, limit: int | None) -> list[_T]:
    """Return ``limit`` random items in their order, or all."""
    if limit is None or limit >= len(items):
        return items
    return [items[i] for i in sorted(chance.sample(range(len(items)), limit))]


def _fields(path: Path) -> Iterator[Sequence[str]]:
    for line in _lines(path):
        yield line.split("|||")


def _lines(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield line.rstrip("\n")
