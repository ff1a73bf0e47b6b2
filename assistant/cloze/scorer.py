"""The model as the cloze workshop sees it: words and their probabilities at the gaps. Pure.

All gaps of a sheet are judged together, each with all others open, because a student sees them so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from assistant.cloze.places import Place
from assistant.records import MAX_WORD_CHARS, Candidate, FillRequest, FillResult, Span

if TYPE_CHECKING:  # its module imports onnxruntime
    from assistant.engine.cancel import Cancel

LOOKED_AT = 50
"""Candidates asked for at every gap."""


class Scorer(Protocol):
    """What fills blanks; ``assistant.engine.fill.Filler`` is one."""

    def fill(self, request: FillRequest, cancel: Cancel | None = None) -> FillResult:
        """Answer ``request``; raise Cancelled."""
        ...


@dataclass(frozen=True, slots=True)
class GapView:
    """What the model thinks of one gap: its candidates, best first, and words asked about."""

    candidates: tuple[Candidate, ...]
    scores: Mapping[str, float]

    def confidence(self, word: str) -> float | None:
        """Return P(word) at the gap, None when the model cannot say."""
        if word in self.scores:
            return self.scores[word]
        listed = (c.confidence for c in self.candidates if c.text == word)
        return next(listed, None)


def view_gaps(
    scorer: Scorer,
    text: str,
    places: Sequence[Place],
    words: Sequence[Sequence[str]],
    *,
    fixed_length: bool = False,
    top: int = LOOKED_AT,
    cancel: Cancel | None = None,
) -> tuple[GapView, ...]:
    """Return the model's view of ``places`` in ``text``, all of them open at once.

    ``words[i]`` are scored at place i; a word that cannot stand there has no score. With
    ``fixed_length`` only words as long as the one that stands there compete. Raises Cancelled.
    """
    if not places:
        return ()
    spans = tuple(_span(place, fixed_length=fixed_length) for place in places)
    asked = tuple(
        tuple(dict.fromkeys(word for word in row if 0 < len(word) <= MAX_WORD_CHARS))
        for row in words
    )
    request = FillRequest(text, spans, top, joint=False, span_words=asked)
    result = scorer.fill(request, cancel)
    return tuple(
        GapView(fill.candidates, {word.text: word.confidence for word in fill.scored})
        for fill in result.spans
    )


def merged(view: GapView, more: GapView) -> GapView:
    """Return ``view`` with the scores of ``more`` added."""
    return replace(view, scores={**view.scores, **more.scores})


def _span(place: Place, *, fixed_length: bool) -> Span:
    length = place.end_char - place.start_char
    known = fixed_length and length <= MAX_WORD_CHARS
    return Span(place.start_char, place.end_char, length if known else None)
