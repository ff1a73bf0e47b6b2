"""Blanks to fit on: a hidden Chinese character or word with the text around it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import rjieba

from assistant.engine.memory_alphabet import BLANK, BORDER
from assistant.engine.memory_words import MAX_LENGTH
from assistant.text.characters import is_han


@dataclass(frozen=True, slots=True)
class Blank:
    """``answer`` stood between ``left`` and ``right``, borders of the text included."""

    left: str
    right: str
    answer: str


def han_words(line: str) -> Iterator[tuple[int, str]]:
    """Yield the Chinese words of ``line`` by jieba, each with where it begins."""
    place = 0
    for word in rjieba.cut(line, hmm=False):
        if all(map(is_han, word)):
            yield place, word
        place += len(word)


def character_blanks(lines: Iterable[str], seed: int, per_line: int = 1) -> list[Blank]:
    """Hide ``per_line`` random Chinese characters of every line, one at a time."""
    chance = random.Random(seed)
    blanks = []
    for line in lines:
        places = [place for place, char in enumerate(line) if is_han(char)]
        for place in chance.sample(places, min(per_line, len(places))):
            blanks.append(_hide(line, place, 1))
    return blanks


def word_blanks(lines: Iterable[str], seed: int, per_line: int = 1) -> list[Blank]:
    """Hide ``per_line`` random words of 1–4 Chinese characters of every line (words by jieba)."""
    chance = random.Random(seed)
    blanks = []
    for line in lines:
        words = [(place, len(word)) for place, word in han_words(line) if len(word) <= MAX_LENGTH]
        for place, length in chance.sample(words, min(per_line, len(words))):
            blanks.append(_hide(line, place, length))
    return blanks


def hide_neighbours(blanks: Sequence[Blank], seed: int, share: float = 0.3) -> list[Blank]:
    """Open further blanks beside a ``share``, as a beam over a longer word meets them."""
    chance = random.Random(seed)
    changed = []
    for blank in blanks:
        left, right = blank.left, blank.right
        draw = chance.random() / share
        if draw < 0.55:
            right = BLANK
        elif draw < 0.7:
            left = BLANK
        elif draw < 0.85:
            right = right[: chance.randint(1, 3)] + BLANK
        elif draw < 1:
            left = BLANK + left[-chance.randint(1, 3) :]
        changed.append(Blank(left, right, blank.answer))
    return changed


def _hide(line: str, place: int, length: int) -> Blank:
    end = place + length
    return Blank(BORDER + line[:place], line[end:].rstrip() + BORDER, line[place:end])
