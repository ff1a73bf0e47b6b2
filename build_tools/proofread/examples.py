"""Suspicious places of clean and of injected lines, with what was right: what the gate learns."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.cloze.lexicon import Lexicon
from assistant.cloze.sounds import Sounds
from assistant.engine.fill import Filler
from assistant.engine.package import Package
from assistant.engine.proofread import ProofSource, Suspicion
from build_tools.proofread.inject import Injected, inject

LINE_CHARS = 240
"""Longer lines are cut: one paragraph must not outweigh a hundred others."""


@dataclass(frozen=True, slots=True)
class Example:
    """A suspicious place; ``right`` is the position of the right one in its suggestions.

    −1: the written character is right. −2: it is wrong, and no suggestion is right.
    """

    suspicion: Suspicion
    right: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The examples of one line, its Chinese characters, and the kinds of its errors."""

    examples: tuple[Example, ...]
    characters: int
    errors: tuple[int, ...]


class Examples:
    """Makes examples of lines with the encoder and the memory of a package."""

    def __init__(self, package: Package, lexicon: Lexicon) -> None:
        """Load ``package``. Raises NoProofreadingError when it has no phrase memory."""
        characters = lexicon.characters
        self._source = ProofSource(
            Filler(package, threads=1), characters, Sounds(characters), lexicon.look_alikes
        )

    def clean(self, line: str) -> Counted:
        """Return the examples of a line without errors."""
        return self.of(Injected(line, (), (), ()))

    def injected(self, line: str, rng: random.Random, one_in: float) -> Counted:
        """Return the examples of ``line`` with errors."""
        return self.of(inject(line, self._source.memory, self._source.confusions, rng, one_in))

    def of(self, line: Injected) -> Counted:
        """Return the examples of a line whose errors are known."""
        right = dict(zip(line.places, line.right, strict=True))
        found = self._source.suspicions(line.text, 0, len(line.text))
        examples = tuple(Example(s, _position(s, right.get(s.start_char))) for s in found)
        characters = sum("\u4e00" <= c <= "\u9fff" for c in line.text)
        return Counted(examples, characters, line.kinds)


def _position(suspicion: Suspicion, right: str | None) -> int:
    if right is None:
        return -1
    return suspicion.suggestions.index(right) if right in suspicion.suggestions else -2


def read_lines(folder: Path, per_file: int, seed: int) -> Iterator[str]:
    """Yield up to ``per_file`` lines of every file in ``folder``, cut to LINE_CHARS, mixed."""
    rng = random.Random(seed)
    chosen: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if len(line) > 7]
        rng.shuffle(lines)
        chosen += [line[:LINE_CHARS] for line in lines[:per_file]]
    rng.shuffle(chosen)
    yield from chosen
