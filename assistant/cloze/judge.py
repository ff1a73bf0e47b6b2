"""The uniqueness alarm and the difficulty of gaps, from the model's view of them. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.cloze.exercise import Alternative, Band, Difficulty, Gap
from assistant.cloze.scorer import GapView

ALSO_RIGHT = 0.3
"""A word is as good as the answer when P(word) > 0.3 · P(answer)."""
_LEAST_CONFIDENCE = 0.01
"""What the model itself holds for unlikely is no alternative, however rare the answer is."""
_MAX_ALTERNATIVES = 8
_EASY = 0.6
_MEDIUM = 0.2


@dataclass(frozen=True, slots=True)
class SheetDifficulty:
    """A sheet at a glance: mean P(answer), gaps per band, gaps with unaccepted alternatives."""

    confidence: float
    bands: Mapping[Band, int]
    ambiguous: int


def is_also_right(word: float | None, answer: float | None) -> bool:
    """Return whether a word with that probability is about as good as the answer."""
    return word is not None and answer is not None and word > ALSO_RIGHT * answer


def alternatives(view: GapView, accepted: Collection[str], answer: str) -> tuple[Alternative, ...]:
    """Return the words about as good as ``answer`` that are not accepted, best first."""
    confidence = view.confidence(answer)
    found = {candidate.text: candidate.confidence for candidate in view.candidates}
    found.update(view.scores)
    rivals = [
        Alternative(word, p)
        for word, p in found.items()
        if word not in accepted and p >= _LEAST_CONFIDENCE and is_also_right(p, confidence)
    ]
    return tuple(sorted(rivals, key=lambda rival: -rival.confidence)[:_MAX_ALTERNATIVES])


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
    return SheetDifficulty(
        confidence=sum(one.confidence for one in judged) / len(judged),
        bands={band: counts[band] for band in Band},
        ambiguous=sum(bool(gap.alternatives) for gap in gaps),
    )
