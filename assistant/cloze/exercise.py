"""A cloze exercise as data: what every gap maker returns and every export reads.

Pure, imports nothing of ours. A line feed ends a paragraph or a line of verse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How the student answers."""

    OPEN = "open"
    CHOICE = "choice"
    BANK = "bank"
    DROPDOWN = "dropdown"


class DistractorKind(Enum):
    """Why a wrong option tempts: 音近, 形近, 义近, same part of speech, or the teacher's own."""

    SOUND = "sound"
    SHAPE = "shape"
    MEANING = "meaning"
    MANUAL = "manual"


class Cause(Enum):
    """Where a wrong option comes from; in brackets what its ``clues`` hold.

    From OTHER_LENGTH on these are steps that are taken only where better ones lack.
    """

    SOUND = "sound"
    """A word that sounds alike (word, answer)."""
    SHAPE = "shape"
    """A word with a look-alike (character, character of the answer)."""
    RANK = "rank"
    """What the model finds likely, though less so (rank)."""
    SOUND_SLIP = "sound slip"
    """The answer misspelt by sound (right character, wrong one)."""
    SHAPE_SLIP = "shape slip"
    """The answer misspelt by shape (right character, wrong one)."""
    IDIOM = "idiom"
    """Another common idiom."""
    ELSEWHERE = "elsewhere"
    """The word of another gap."""
    OTHER_LENGTH = "other length"
    """A word of another length (rank)."""
    OTHER_PART = "other part"
    """A word of another part of speech (rank)."""
    COMMON = "common"
    """A common word of the answer's length and part of speech."""
    COMMON_ANY = "common any"
    """A common word of the answer's length."""


class Script(Enum):
    """Which characters the sheet is written in."""

    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"


class Band(Enum):
    """How easily the model finds the answer."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Certainty(Enum):
    """What the model can say about how many answers a gap has."""

    UNIQUE = "unique"
    """It finds the answer, and no other word about as good."""
    SEVERAL = "several"
    """It finds other words about as good: the alarm."""
    UNSURE = "unsure"
    """It hardly finds the answer itself, or cannot weigh words of its kind: a person must look."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An accepted answer; ``weight`` in (0, 1] is the share of the points it earns."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Distractor:
    """A wrong option and why it tempts: ``cause`` with its ``clues``, or ``reason`` in words.

    ``assistant.cloze.reasons`` tells the cause in the teacher's language.
    """

    text: str
    kind: DistractorKind
    reason: str = ""
    cause: Cause | None = None
    clues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """A word that the uniqueness alarm found about as good as the answer (not yet accepted)."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Difficulty:
    """How the model sees the gap: P(answer) and entropy in bits, all other gaps open."""

    confidence: float
    entropy: float
    band: Band


@dataclass(frozen=True, slots=True)
class Text:
    """Running text. ``pinyin`` is empty, or holds one syllable (or "") for every character."""

    text: str
    pinyin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A missing word.

    ``uid`` is unique in the exercise and stays when texts are corrected. ``answers`` are best
    first, the first one is the key (weight 1). ``key_index`` is where the key stands among the
    options of a choice or drop-down (see :meth:`options`). ``pinyin`` is the answer's own
    pronunciation, filled only when the teacher wishes to show it; ``level`` names list and level.
    ``difficulty`` and ``certainty`` are None where no model judged the gap.
    """

    uid: str
    answers: tuple[Answer, ...]
    distractors: tuple[Distractor, ...] = ()
    key_index: int = 0
    hint: str = ""
    pinyin: str = ""
    level: str = ""
    difficulty: Difficulty | None = None
    alternatives: tuple[Alternative, ...] = ()
    certainty: Certainty | None = None

    @property
    def answer(self) -> str:
        """The key: the word that was taken out."""
        return self.answers[0].text

    @property
    def options(self) -> tuple[str, ...]:
        """The options in printed order (A, B, C, D): the distractors with the key among them."""
        wrong = [distractor.text for distractor in self.distractors]
        return (*wrong[: self.key_index], self.answer, *wrong[self.key_index :])

    @property
    def key_letter(self) -> str:
        """The letter of the key, "A" for the first option."""
        return chr(ord("A") + self.key_index)


Segment = Text | Gap


@dataclass(frozen=True, slots=True)
class BankWord:
    """A word of the bank; ``gap`` is the uid of the gap it was taken from, None for an extra."""

    text: str
    gap: str | None = None


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """Where the passage is from, and with what the gaps were made (both may be unknown)."""

    title: str = ""
    author: str = ""
    note: str = ""
    strategy: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A whole sheet.

    ``uid`` stays for life (exports derive their identifiers from it and the gaps' uids).
    ``bank`` is in printed order. ``points`` is what each gap earns. ``versions`` names the papers
    the teacher wants, ``version`` the one this is (see ``assistant.cloze.versions``); both are
    empty where there is only one. ``verse`` asks for centred lines.
    """

    uid: str
    title: str
    kind: Kind
    segments: tuple[Segment, ...]
    instructions: str = ""
    bank: tuple[BankWord, ...] = ()
    points: float = 1.0
    seed: int = 0
    version: str = ""
    versions: tuple[str, ...] = ()
    script: Script = Script.SIMPLIFIED
    verse: bool = False
    source: SourceInfo = SourceInfo()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps in text order; gap number n is ``gaps[n - 1]``."""
        return tuple(segment for segment in self.segments if isinstance(segment, Gap))

    @property
    def text(self) -> str:
        """The passage with every gap filled by its key."""
        return "".join(
            segment.answer if isinstance(segment, Gap) else segment.text
            for segment in self.segments
        )

    def numbered(self) -> Iterator[tuple[int | None, Segment]]:
        """Iterate over the segments with the gaps' numbers from 1 (None for text)."""
        number = 0
        for segment in self.segments:
            if isinstance(segment, Gap):
                number += 1
                yield number, segment
            else:
                yield None, segment
