"""Choose among proposed distractors: what is also right goes, the kinds are mixed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.cloze.exercise import Distractor, DistractorKind
from assistant.cloze.judge import is_also_right
from assistant.cloze.places import Place
from assistant.cloze.proposals import Proposal, Step
from assistant.cloze.scorer import GapView
from assistant.cloze.tokens import is_listed
from assistant.text.characters import is_han

_KINDS = (DistractorKind.SOUND, DistractorKind.SHAPE, DistractorKind.MEANING)
_NEIGHBOURS = 2
"""Characters on each side that may join with a distractor into a word."""


def choose_distractors(
    text: str,
    place: Place,
    proposals: Sequence[Proposal],
    views: Sequence[GapView],
    accepted: Collection[str],
    count: int,
) -> tuple[Distractor, ...]:
    """Return at most ``count`` distractors for the gap at ``place``, of as many kinds as can be.

    Dropped are words in ``accepted``, words that one of ``views`` holds for about as good as the
    answer, and words that make a listed word with their neighbours. Words of a later step are
    taken only where those of the earlier ones are too few; of one kind the likelier ones first.
    """
    answer = text[place.start_char : place.end_char]
    good = [
        proposal
        for proposal in proposals
        if proposal.text not in accepted
        and proposal.text != answer
        and not any(
            is_also_right(view.confidence(proposal.text), view.confidence(answer)) for view in views
        )
        and not joins_neighbours(text, place, proposal.text)
    ]

    def likelihood(proposal: Proposal) -> float:
        known = (view.confidence(proposal.text) for view in views)
        return next((confidence for confidence in known if confidence is not None), 0.0)

    chosen: list[Distractor] = []
    for step in Step:
        # Once relaxed, a real word of another place is better than a misspelt one.
        rows = [
            sorted(
                (p for p in good if p.step is step and p.distractor.kind is kind),
                key=likelihood,
                reverse=True,
            )
            for kind in (_KINDS if step is Step.PROPER else _KINDS[::-1])
        ]
        while len(chosen) < count and any(rows):
            for row in rows:
                if row and len(chosen) < count:
                    chosen.append(row.pop(0).distractor)
    return tuple(chosen)


def joins_neighbours(text: str, place: Place, word: str) -> bool:
    """Return whether ``word`` at ``place`` makes a listed word with what stands beside it."""
    for size in range(1, _NEIGHBOURS + 1):
        left = text[max(0, place.start_char - size) : place.start_char]
        right = text[place.end_char : place.end_char + size]
        if len(left) == size and all(map(is_han, left)) and is_listed(left + word):
            return True
        if len(right) == size and all(map(is_han, right)) and is_listed(word + right):
            return True
    return False
