"""Wrong options that tempt, each with its reason; nothing is judged here. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.cloze.exercise import Distractor, DistractorKind
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.scorer import GapView
from assistant.cloze.sounds import Sounds
from assistant.cloze.tokens import is_common, part_of

_PER_KIND = 5
_FIRST_RANK = 5
_SHAPE_TRIED = 6
_IDIOM_CHARS = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """A possible distractor; ``fallback`` marks one to be used only when better ones lack."""

    distractor: Distractor
    fallback: bool = False

    @property
    def text(self) -> str:
        """The word."""
        return self.distractor.text


class Proposer:
    """Proposes distractors from sounds, shapes and the model's own candidates."""

    def __init__(self, lexicon: Lexicon, sounds: Sounds) -> None:
        self._lexicon = lexicon
        self._sounds = sounds

    def propose(
        self, answer: str, view: GapView | None, others: Sequence[str]
    ) -> tuple[Proposal, ...]:
        """Return proposals for a gap with ``answer``, each word once.

        ``view`` has words of the answer's length only. ``others`` are the answers of the other
        gaps: used where nothing better is found.
        """
        found: dict[str, Proposal] = {}
        for proposal in (
            *islice(self._sound(answer), _PER_KIND),
            *islice(self._shape(answer), _PER_KIND),
            *islice(_meaning(answer, view), _PER_KIND * 3),
            *islice(self._misspelt(answer), _PER_KIND),
            *_elsewhere(answer, others),
        ):
            if proposal.text != answer:
                found.setdefault(proposal.text, proposal)
        return tuple(found.values())

    def _sound(self, answer: str) -> Iterator[Proposal]:
        for word in self._sounds.words(answer):
            yield _proposal(word, DistractorKind.SOUND, f"音近：{word}—{answer}")

    def _shape(self, answer: str) -> Iterator[Proposal]:
        for old, new, word in self._reshaped(answer):
            if len(word) == 1 or is_common(word):
                yield _proposal(word, DistractorKind.SHAPE, f"形近：{new}—{old}")

    def _misspelt(self, answer: str) -> Iterator[Proposal]:
        """Yield the answer with one wrong character: the classic trap for idioms."""
        if len(answer) < 2:
            return
        fallback = len(answer) != _IDIOM_CHARS
        for i, old in enumerate(answer):
            for new in self._sounds.same(old)[:2]:
                word = answer[:i] + new + answer[i + 1 :]
                reason = f"别字：“{old}”误作“{new}”（音近）"
                yield _proposal(word, DistractorKind.SOUND, reason, fallback=fallback)
        for old, new, word in self._reshaped(answer, 1):
            reason = f"别字：“{old}”误作“{new}”（形近）"
            yield _proposal(word, DistractorKind.SHAPE, reason, fallback=fallback)

    def _reshaped(self, answer: str, tried: int = _SHAPE_TRIED) -> Iterator[tuple[str, str, str]]:
        """Yield (old character, look-alike, word with it)."""
        for i, old in enumerate(answer):
            for new in self._lexicon.look_alikes.get(old, "")[:tried]:
                yield old, new, answer[:i] + new + answer[i + 1 :]


def _meaning(answer: str, view: GapView | None) -> Iterator[Proposal]:
    """Yield the model's candidates of rank 5–50 with the answer's length and part of speech.

    Those of other ranks or parts of speech are fallbacks.
    """
    if view is None:
        return
    part = part_of(answer)
    for rank, candidate in enumerate(view.candidates, start=1):
        word = candidate.text
        if len(word) != len(answer):
            continue
        reason = f"义近：放在此处，模型排第 {rank}"
        alike = part_of(word) == part and rank >= _FIRST_RANK
        yield _proposal(word, DistractorKind.MEANING, reason, fallback=not alike)


def _elsewhere(answer: str, others: Sequence[str]) -> Iterator[Proposal]:
    for word in sorted({word for word in others if len(word) == len(answer)}):
        yield _proposal(word, DistractorKind.MEANING, "文中别处的词", fallback=True)


def _proposal(word: str, kind: DistractorKind, reason: str, *, fallback: bool = False) -> Proposal:
    return Proposal(Distractor(word, kind, reason), fallback)
