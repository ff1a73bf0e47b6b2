"""Our own sample texts for making exercises, each with the form set for it. Imports cloze/."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from assistant.cloze.exercise import Kind
from assistant.cloze.strategies import Strategy

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Example:
    """A text of ``resources/samples`` and how an exercise of it is made."""

    file: str
    strategy: Strategy
    kind: Kind
    verse: bool = False
    words: str = ""


EXAMPLES = (
    Example("出题-散文.txt", Strategy.POS, Kind.CHOICE),
    Example(
        "出题-古诗.txt", Strategy.WORDLIST, Kind.OPEN, verse=True,
        words="霜、乡、晓、啼、落、依、穷、楼、径、独",
    ),
    Example("出题-成语.txt", Strategy.IDIOM, Kind.BANK),
)  # fmt: skip


def example_word(example: Example) -> str:
    """Return what an example is called."""
    return {
        Strategy.POS: translate("Cloze", "散文：选择 A–D"),
        Strategy.WORDLIST: translate("Cloze", "古诗四首：填空"),
        Strategy.IDIOM: translate("Cloze", "成语：选词填空"),
    }[example.strategy]
