"""The uniqueness alarm and the difficulty of gaps, from the model's view of them. Pure.

The limits were chosen on development items judged by hand (``build_tools/alarm.py``).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.cloze.exercise import Alternative, Band, Certainty, Difficulty, Gap
from assistant.cloze.places import Place
from assistant.cloze.scorer import GapView
from assistant.cloze.stand_in import can_stand_in, is_closed_class

ALSO_RIGHT = 0.3
"""A word is as good as the answer when P(word) > 0.3 · P(answer)."""
_LEAST_CONFIDENCE = 0.02
"""What the model itself holds for unlikely is no alternative, however rare the answer is."""
_GRASPED = 0.005
"""Below this P(answer) the model does not understand the gap: its other words say nothing."""
_BLIND = 0.001
"""A P(answer) below this is taken for this, when other words are weighed against it."""
_SURE = 0.1
"""From this P(answer) on, finding no other word means something."""
_MAX_ALTERNATIVES = 5
_EASY = 0.6
_MEDIUM = 0.2


@dataclass(frozen=True, slots=True)
class SheetDifficulty:
    """A sheet at a glance: mean P(answer), gaps per band, gaps by certainty.

    ``several`` and ``unsure`` hold the numbers of those gaps, ``several`` the severest first.
    """

    confidence: float
    bands: Mapping[Band, int]
    several: tuple[int, ...]
    unsure: tuple[int, ...]


def is_also_right(word: float | None, answer: float | None) -> bool:
    """Return whether a word with that probability is about as good as the answer.

    Where the answer itself is next to impossible for the model, every word that fits at all would
    be; then only those that the model holds for possible are.
    """
    return word is not None and answer is not None and word > ALSO_RIGHT * max(answer, _BLIND)


def judge_gap(gap: Gap, view: GapView, text: str, place: Place, *, verse: bool = False) -> Gap:
    """Return ``gap``, which stands at ``place`` in ``text``, judged: all in simplified characters.

    Alternatives are words about as good as the answer that are not accepted, best first. They must
    be words of the answer's kind there (see ``can_stand_in``), but for ``verse``, which no
    dictionary cuts into words. Pronouns, particles, numbers and prepositions are never listed: the
    model takes any of them for any other, so such a gap is UNSURE.
    """
    found = difficulty(view, gap.answer)
    if found is None:
        return replace(gap, difficulty=None, alternatives=(), certainty=None)
    rivals = _rivals(gap, view, found.confidence)
    if not verse:
        rivals = [rival for rival in rivals if can_stand_in(text, place, rival.text)]
    listed = [rival for rival in rivals if verse or not is_closed_class(rival.text)]
    if listed:
        state = Certainty.SEVERAL
    elif rivals or found.confidence < _SURE:
        state = Certainty.UNSURE
    else:
        state = Certainty.UNIQUE
    best = sorted(listed, key=lambda rival: -rival.confidence)[:_MAX_ALTERNATIVES]
    return replace(gap, difficulty=found, alternatives=tuple(best), certainty=state)


def _rivals(gap: Gap, view: GapView, confidence: float) -> list[Alternative]:
    """Return the words about as good as the answer; none where the model does not understand."""
    if confidence < _GRASPED:
        return []
    accepted = {answer.text for answer in gap.answers}
    found = {candidate.text: candidate.confidence for candidate in view.candidates}
    found.update(view.scores)
    return [
        Alternative(word, p)
        for word, p in found.items()
        if word not in accepted and p >= _LEAST_CONFIDENCE and is_also_right(p, confidence)
    ]


def severity(gap: Gap) -> float:
    """Return how likely an answer is one of the alternatives rather than the key, 0–1."""
    others = sum(rival.confidence for rival in gap.alternatives)
    key = gap.difficulty.confidence if gap.difficulty is not None else 0.0
    return others / (others + key) if others else 0.0


def difficulty(view: GapView, answer: str) -> Difficulty | None:
    """Return how hard the gap is, None when the model cannot score the answer.

    No word beyond the listed candidates is likelier than the last of them, so the entropy is a
    lower bound, and a tight one where the rest is spread widely.
    """
    confidence = view.confidence(answer)
    if confidence is None:
        return None
    listed = [candidate.confidence for candidate in view.candidates]
    rest = max(0.0, 1 - sum(listed))
    entropy = -sum(p * math.log2(p) for p in listed if p > 0)
    if rest and listed and min(listed) > 0:
        entropy -= rest * math.log2(min(listed))
    return Difficulty(confidence, max(0.0, entropy), band_of(confidence))


def band_of(confidence: float) -> Band:
    """Return the band of P(answer): easy from 0.6, medium from 0.2, else hard."""
    if confidence >= _EASY:
        return Band.EASY
    return Band.MEDIUM if confidence >= _MEDIUM else Band.HARD


def sheet_difficulty(gaps: Sequence[Gap]) -> SheetDifficulty | None:
    """Return the difficulty of the whole sheet, None when no gap was judged."""
    judged = [gap.difficulty for gap in gaps if gap.difficulty is not None]
    if not judged:
        return None
    counts = Counter(one.band for one in judged)
    by_state: dict[Certainty, list[tuple[int, Gap]]] = {state: [] for state in Certainty}
    for number, gap in enumerate(gaps, start=1):
        state = Certainty.SEVERAL if gap.alternatives else gap.certainty
        if state is not None:
            by_state[state].append((number, gap))
    several = sorted(by_state[Certainty.SEVERAL], key=lambda pair: -severity(pair[1]))
    return SheetDifficulty(
        confidence=sum(one.confidence for one in judged) / len(judged),
        bands={band: counts[band] for band in Band},
        several=tuple(number for number, _ in several),
        unsure=tuple(number for number, _ in by_state[Certainty.UNSURE]),
    )
