"""What a teacher chooses before an exercise is made. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.cloze.exercise import Band, Kind, Script, SourceInfo
from assistant.cloze.places import Spacing
from assistant.cloze.strategies import Strategy
from assistant.cloze.tokens import Part


@dataclass(frozen=True, slots=True)
class Options:
    """How to make an exercise.

    ``every`` is the n of every n-th word; ``parts`` belongs to the strategies by part of speech and
    by entropy, ``words`` and ``band`` to those of their names. ``spacing`` None: the strategy's
    usual one with ``count`` gaps (every fitting gap for None). ``choices`` counts the options of a
    gap, ``extra`` the bank words that fit nowhere. ``script`` None keeps the text's. ``level``
    names the word list.
    """

    strategy: Strategy
    kind: Kind = Kind.OPEN
    count: int | None = 10
    every: int = 7
    parts: tuple[Part, ...] = (Part.CONTENT,)
    words: tuple[str, ...] = ()
    band: Band = Band.MEDIUM
    spacing: Spacing | None = None
    choices: int = 4
    extra: int = 2
    seed: int = 0
    title: str = ""
    instructions: str = ""
    points: float = 1.0
    versions: tuple[str, ...] = ()
    verse: bool = False
    script: Script | None = None
    pinyin: bool = False
    pinyin_on_gaps: bool = False
    level: str = ""
    source: SourceInfo = field(default_factory=SourceInfo)

    def used_spacing(self) -> Spacing:
        """Return ``spacing``, or the usual one.

        A fixed ratio and the C-test set their own distances; who asks for given words or idioms
        wants all of them.
        """
        if self.spacing is not None:
            return self.spacing
        if self.strategy in (Strategy.NTH, Strategy.CTEST):
            return Spacing(self.count, min_distance=1, one_per_clause=False)
        if self.strategy in (Strategy.WORDLIST, Strategy.IDIOM):
            return Spacing(self.count, min_distance=2, one_per_clause=False, keep_ends=False)
        if self.strategy is Strategy.MANUAL:
            return Spacing(None, min_distance=0, one_per_clause=False, keep_ends=False)
        return Spacing(self.count)
