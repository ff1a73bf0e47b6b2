"""Fill several spans of one context together. Neither Qt nor onnxruntime here.

A beam over spans: the span the model is surest of is filled first, its best words are put into
the text, and the next span is searched given them. P(all) is the product of the conditionals.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.engine.cancel import Cancel
from assistant.engine.candidates import Candidates
from assistant.engine.context import Slot
from assistant.engine.search import Word, filled
from assistant.records import JointFill

_STATES = 3
"""Fillings so far that are followed to the next span."""
_WORDS = 3
"""Words tried in the next span of each."""
_BEGINNINGS = 2
"""Beginnings followed when those words are searched: their best few are enough."""
_HOPELESS = math.log(50.0)
"""A filling this much less probable than the best one is not followed further."""


@dataclass(frozen=True, slots=True)
class _State:
    slots: tuple[Slot, ...]
    log_prob: float


def joint_fills(
    candidates: Candidates,
    slots: Sequence[Slot],
    marginals: Sequence[Sequence[Word]],
    count: int,
    cancel: Cancel | None = None,
) -> list[JointFill]:
    """Return up to ``count`` fillings of all ``slots``, best first.

    ``marginals[i]`` are the words of slot i given that the others are open (they order the spans
    and are the first step of the beam). Raises Cancelled.
    """
    if any(not words for words in marginals):
        return []
    order = sorted(range(len(slots)), key=lambda i: -marginals[i][0].log_prob)
    first, rest = order[0], order[1:]
    states = [_State(_fill(slots, first, word), word.log_prob) for word in marginals[first][:count]]
    for index in rest:
        followed = [s for s in states[:_STATES] if s.log_prob >= states[0].log_prob - _HOPELESS]
        states = sorted(
            (
                _State(_fill(state.slots, index, word), state.log_prob + word.log_prob)
                for state in followed
                for word in candidates.best(state.slots, index, _WORDS, cancel, _BEGINNINGS)
            ),
            key=lambda state: -state.log_prob,
        )[:count]
    return [
        JointFill(tuple(slot.text for slot in state.slots), math.exp(state.log_prob))
        for state in states
    ]


def combine(groups: Sequence[Sequence[JointFill]], count: int) -> tuple[JointFill, ...]:
    """Join the fillings of independent groups into fillings of the whole text, best first."""
    combined: list[JointFill] = [JointFill((), 1.0)]
    for group in groups:
        combined = sorted(
            (
                JointFill(a.fills + b.fills, a.confidence * b.confidence)
                for a, b in itertools.product(combined, group)
            ),
            key=lambda fill: -fill.confidence,
        )[:count]
    return tuple(combined)


def _fill(slots: Sequence[Slot], index: int, word: Word) -> tuple[Slot, ...]:
    return tuple(filled(word) if i == index else slot for i, slot in enumerate(slots))
