"""A proof-reader that takes every 圆 for a 园 and every 己 for a 已, line by line."""

from __future__ import annotations

from assistant.engine.cancel import Cancel
from assistant.errors import BubaiError, EmptyTextError
from assistant.records import Mistake, MistakeKind, Proofreading

RIGHT = {"圆": "园", "己": "已"}


class ToyProofreader:
    """Counts what it read; ``error`` is raised instead when it is set."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.error: BubaiError | None = None

    def check(self, text: str, cancel: Cancel | None = None, progress=None) -> Proofreading:
        if self.error is not None:
            raise self.error
        if not text.strip():
            raise EmptyTextError
        self.read.append(text)
        found = tuple(
            Mistake(i, i + 1, char, (RIGHT[char], "元"), 0.9, MistakeKind.SAME_SOUND)
            for i, char in enumerate(text)
            if char in RIGHT
        )
        if progress:
            progress(len(text), found)
        return Proofreading(text, found, 1.0)
