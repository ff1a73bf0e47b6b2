"""Collect both opinions, the encoder's and the memory's, on blanks of held-out text."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.engine.context import Context, Query
from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_feed import Feeder
from assistant.engine.mixer import Mixer
from assistant.engine.package import Package
from assistant.engine.predictor import Predictor
from assistant.engine.session import OnnxSession
from assistant.engine.tokenizer import Vocabulary
from assistant.records import Span
from assistant.text.characters import is_han
from build_tools.memory.blanks import word_blanks

_MARK = "\ufffc"
_BATCH = 16
_Asked = TypeVar("_Asked")


@dataclass(frozen=True, slots=True)
class Gap:
    """A hidden stretch ``text[start : start + length]``."""

    text: str
    start: int
    length: int


class Encoder:
    """The encoder of a fill package, asked about gaps."""

    def __init__(self, package: Package, memory: PhraseMemory | None = None) -> None:
        """Load the graph and the tokenizer of ``package``; a memory-fed graph reads ``memory``."""
        self.vocabulary = vocabulary = Vocabulary(package)
        session = OnnxSession(package.path(package.manifest.model))
        fed = "memory_ids" in session.inputs
        feeder = Feeder(memory, vocabulary.tokens, vocabulary.mask) if fed else None
        self.predictor = Predictor(session, vocabulary, Mixer(), feeder)
        self._budget = min(package.manifest.context_chars, package.manifest.max_length - 2)

    def context(self, gap: Gap, length: int | None) -> Context:
        """Return the window of ``gap``, whose length is known or not (None)."""
        text = gap.text[: gap.start] + _MARK + gap.text[gap.start + gap.length :]
        span = Span(gap.start, gap.start + 1, length)
        return Context(self.vocabulary, text, [span], self._budget)

    def query(self, gap: Gap, length: int | None) -> Query:
        """Return the query for the first character of ``gap``, or for its length (None)."""
        context = self.context(gap, length)
        return context.query(context.open_slots(), 0)

    def ask(
        self, gaps: Sequence[Gap], *, lengths: bool = False
    ) -> Iterator[tuple[Gap, Query, NDArray[np.float32]]]:
        """Yield ln P over the vocabulary for each gap (its first character, or its length)."""
        yield from self.read(
            (gap, self.query(gap, None if lengths else gap.length)) for gap in gaps
        )

    def read(
        self, asked: Iterable[tuple[_Asked, Query]]
    ) -> Iterator[tuple[_Asked, Query, NDArray[np.float32]]]:
        """Yield ln P over the vocabulary for each query, with whatever stands beside it."""
        rest = iter(asked)
        while batch := list(islice(rest, _BATCH)):
            found = self.predictor.encoder_log_probs([query for _, query in batch])
            for (beside, query), vector in zip(batch, found, strict=True):
                yield beside, query, vector


def word_gaps(lines: Sequence[str], seed: int) -> list[Gap]:
    """Hide one word of 1–4 Chinese characters of every line (words by jieba)."""
    return [
        Gap(blank.left[1:] + blank.answer + blank.right, len(blank.left) - 1, len(blank.answer))
        for blank in word_blanks(lines, seed)
    ]


def character_gaps(lines: Sequence[str], seed: int, single: float = 0.75) -> list[Gap]:
    """Hide one stretch of Chinese characters of every line: one character, or 2–4."""
    chance = random.Random(seed)
    gaps = []
    for line in lines:
        length = 1 if chance.random() < single else chance.randint(2, 4)
        places = [
            start
            for start in range(len(line) - length + 1)
            if all(map(is_han, line[start : start + length]))
        ]
        if places:
            gaps.append(Gap(line, chance.choice(places), length))
    return gaps
