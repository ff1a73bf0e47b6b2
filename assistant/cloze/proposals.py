"""Wrong options that tempt, each with its cause; nothing is judged here. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

from assistant.cloze.exercise import Cause, Distractor, DistractorKind
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.scorer import GapView
from assistant.cloze.sounds import Sounds
from assistant.cloze.tokens import is_common, is_listed, part_of
from assistant.text.characters import is_han

_PER_KIND = 5
_FIRST_RANK = 5
_SHAPE_TRIED = 6
_IDIOM_TAG = "i"
_COMMON_TRIED = 16
"""Common words proposed for a gap: the model has to score each."""
_LONGEST_WORD = 4
"""What is longer in the dictionary is a line of verse or the name of a body: few words are."""


class Step(IntEnum):
    """How far the rules for good options are relaxed; a later step only where earlier ones lack."""

    PROPER = 0
    """Same length, and tempting: by sound, by shape, or same part of speech and rank 5–50."""
    ELSEWHERE = 1
    """Same length and part of speech: the model's first ranks, words of other gaps."""
    OTHER_LENGTH = 2
    OTHER_PART = 3
    COMMON = 4
    COMMON_ANY = 5
    SLIP = 6
    """A phrase with a wrong character; for idioms that is the classic trap and PROPER."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A possible distractor and the step at which it may be used."""

    distractor: Distractor
    step: Step = Step.PROPER

    @property
    def text(self) -> str:
        """The word."""
        return self.distractor.text

    @property
    def is_slip(self) -> bool:
        """Whether it is no word, but the answer misspelt."""
        return self.distractor.cause in (Cause.SOUND_SLIP, Cause.SHAPE_SLIP)


class Proposer:
    """Proposes distractors from sounds, shapes, the model's own candidates and common words."""

    def __init__(self, lexicon: Lexicon, sounds: Sounds) -> None:
        self._lexicon = lexicon
        self._sounds = sounds

    def propose(
        self, answer: str, view: GapView | None, others: Sequence[str]
    ) -> tuple[Proposal, ...]:
        """Return proposals for a gap with ``answer``, each word once.

        ``view`` has words of the answer's length only. ``others`` are the answers of the other
        gaps: those of its part of speech are used where nothing better is found. A word's are
        words, but for misspelt idioms.
        """
        found: dict[str, Proposal] = {}
        for proposal in (
            *islice(self._sound(answer), _PER_KIND),
            *islice(self._shape(answer), _PER_KIND),
            *islice(_meaning(answer, view), _PER_KIND * 3),
            *islice(self._idioms(answer), _PER_KIND),
            *islice(self._misspelt_idiom(answer), _PER_KIND),
            *_elsewhere(answer, others, Step.ELSEWHERE),
        ):
            if proposal.text != answer:
                found.setdefault(proposal.text, proposal)
        return _of_its_kind(answer, found.values())

    def propose_more(
        self, answer: str, free: GapView | None, used: frozenset[str], others: Sequence[str]
    ) -> tuple[Proposal, ...]:
        """Return further proposals, for a gap for which :meth:`propose` found too few.

        ``free`` has words of any length, None where the length is known to the student. Common
        words are taken from where the answer stands among them, those in ``used`` last. Answers of
        the ``others`` of another part of speech come with the last of them: by grammar alone a
        student can tell that they are wrong.
        """
        found: dict[str, Proposal] = {}
        for proposal in (
            *islice(_other_length(answer, free), _PER_KIND * 2),
            *self._common(answer, used),
            *_elsewhere(answer, others, Step.COMMON_ANY),
            *islice(self._misspelt_phrase(answer), _PER_KIND),
        ):
            found.setdefault(proposal.text, proposal)
        return _of_its_kind(answer, found.values())

    def _sound(self, answer: str) -> Iterator[Proposal]:
        for word in self._sounds.words(answer):
            yield _proposal(word, DistractorKind.SOUND, Cause.SOUND, (word, answer))

    def _shape(self, answer: str) -> Iterator[Proposal]:
        for old, new, word in self._reshaped(answer):
            if len(word) == 1 or is_common(word):
                yield _proposal(word, DistractorKind.SHAPE, Cause.SHAPE, (new, old))

    def _misspelt_idiom(self, answer: str) -> Iterator[Proposal]:
        """Yield the answer with one wrong character if it is an idiom: the classic trap."""
        if answer in self._lexicon.idioms:
            yield from self._misspelt(answer, Step.PROPER)

    def _misspelt_phrase(self, answer: str) -> Iterator[Proposal]:
        """Yield the answer with one wrong character if it is several words, or verse."""
        if len(answer) > 1 and not _is_word(answer):
            yield from self._misspelt(answer, Step.SLIP)

    def _misspelt(self, answer: str, step: Step) -> Iterator[Proposal]:
        for i, old in enumerate(answer):
            for new in self._sounds.same(old)[:2]:
                word = answer[:i] + new + answer[i + 1 :]
                yield _proposal(word, DistractorKind.SOUND, Cause.SOUND_SLIP, (old, new), step)
        for old, new, word in self._reshaped(answer, 1):
            yield _proposal(word, DistractorKind.SHAPE, Cause.SHAPE_SLIP, (old, new), step)

    def _reshaped(self, answer: str, tried: int = _SHAPE_TRIED) -> Iterator[tuple[str, str, str]]:
        """Yield (old character, look-alike, word with it)."""
        for i, old in enumerate(answer):
            for new in self._lexicon.look_alikes.get(old, "")[:tried]:
                yield old, new, answer[:i] + new + answer[i + 1 :]

    def _idioms(self, answer: str) -> Iterator[Proposal]:
        """Yield idioms about as common as the answer, if that is one."""
        if answer in self._lexicon.idioms:
            same, _ = self._near(answer, frozenset())
            for word in same:
                if self._lexicon.words[word] == _IDIOM_TAG:
                    yield _proposal(word, DistractorKind.MEANING, Cause.IDIOM, ())

    def _common(self, answer: str, used: frozenset[str]) -> Iterator[Proposal]:
        if not all(map(is_han, answer)):
            return
        same, rest = self._near(answer, used)
        meaning = DistractorKind.MEANING
        for word in same[:_COMMON_TRIED]:
            yield _proposal(word, meaning, Cause.COMMON, (), Step.COMMON)
        for word in rest[:_COMMON_TRIED]:
            yield _proposal(word, meaning, Cause.COMMON_ANY, (), Step.COMMON_ANY)

    def _near(self, answer: str, used: frozenset[str]) -> tuple[list[str], list[str]]:
        """Return common words of the answer's length, as common ones first, ``used`` ones last.

        Those of the answer's part of speech, and the others.
        """
        words = self._lexicon.words
        part = _IDIOM_TAG if answer in self._lexicon.idioms else words.get(answer)
        part = part or part_of(answer)
        ranked = list(words)
        place = self._lexicon.ranks.get(answer, len(ranked) // 3)
        near = sorted(
            (i for i, word in enumerate(ranked) if len(word) == len(answer) and word != answer),
            key=lambda i: (ranked[i] in used, abs(i - place)),
        )
        same = [ranked[i] for i in near if words[ranked[i]] == part]
        return same, [ranked[i] for i in near if words[ranked[i]] != part]


def _of_its_kind(answer: str, found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Return ``found``, of which for a word only words stay (们口 is none), and misspelt idioms."""
    if not _is_word(answer):
        return tuple(found)
    return tuple(p for p in found if p.is_slip or len(p.text) == 1 or is_listed(p.text))


def _is_word(answer: str) -> bool:
    return len(answer) <= _LONGEST_WORD and is_listed(answer)


def _meaning(answer: str, view: GapView | None) -> Iterator[Proposal]:
    """Yield the model's candidates of the answer's length.

    Those of rank 5–50 with the answer's part of speech are proper options.
    """
    if view is None:
        return
    part = part_of(answer)
    for rank, candidate in enumerate(view.candidates, start=1):
        word = candidate.text
        if len(word) != len(answer):
            continue
        cause, step = Cause.RANK, Step.PROPER
        if part_of(word) != part:
            cause, step = Cause.OTHER_PART, Step.OTHER_PART
        elif rank < _FIRST_RANK:
            step = Step.ELSEWHERE
        yield _proposal(word, DistractorKind.MEANING, cause, (str(rank),), step)


def _other_length(answer: str, free: GapView | None) -> Iterator[Proposal]:
    part = part_of(answer)
    for rank, candidate in enumerate(free.candidates if free else (), start=1):
        word = candidate.text
        if len(word) != len(answer) and part_of(word) == part and is_common(word):
            cause, step = Cause.OTHER_LENGTH, Step.OTHER_LENGTH
            yield _proposal(word, DistractorKind.MEANING, cause, (str(rank),), step)


def _elsewhere(answer: str, others: Sequence[str], step: Step) -> Iterator[Proposal]:
    """Yield words of ``others``: at ELSEWHERE those of the answer's part of speech, else the rest.

    Several words have no part of speech: they stand with each other.
    """
    part = part_of(answer)
    for word in sorted({word for word in others if len(word) == len(answer)} - {answer}):
        if (part_of(word) == part) is (step is Step.ELSEWHERE):
            yield _proposal(word, DistractorKind.MEANING, Cause.ELSEWHERE, (), step)


def _proposal(
    word: str, kind: DistractorKind, cause: Cause, clues: tuple[str, ...], step: Step = Step.PROPER
) -> Proposal:
    return Proposal(Distractor(word, kind, cause=cause, clues=clues), step)
