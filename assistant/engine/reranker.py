"""Rank the best characters of a blank anew by all that is known of each. Pure numpy, no Qt.

The gate weighs whole opinions: what it cannot say is that one candidate was seen in a long window
and another was not, that it makes a word with its neighbours, or that it stands elsewhere in the
text beside the same neighbour, as names do. A small network over candidates, fitted on held-out
text (``build_tools.memory.fit_reranker``), shares out anew the probability that the best have
together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.engine.gate import FEATURES as GATE_FEATURES
from assistant.engine.made_words import SIDES, SPANS
from assistant.engine.memory_counts import WINDOWS, Ints, Seen, best_places
from assistant.engine.topics import VIEWS
from assistant.engine.triggers import CALLS, Around
from assistant.engine.units import look_up

Floats = NDArray[np.float32]

REACH = 60
"""Characters that are ranked anew,"""
FROM_TEXT = 12
"""and how many of them the text may add, however unlikely they were."""
_OPINIONS = 4
_REPEATS = 9
_PARTS = (_OPINIONS, VIEWS, len(WINDOWS), len(SPANS), _REPEATS, CALLS)
FEATURES = sum(_PARTS)
"""Of one candidate: opinions, topics, counts, words it makes, repeats, what calls for it."""
BLANK_FEATURES = GATE_FEATURES + SIDES
"""Of a blank: what the gate sees, and the words on either side."""
SCALE = np.float32(0.2)
"""Logarithms times this are what the network sees."""
_TOPICS, _COUNTS, _WORDS, _SAID, _CALLED = np.cumsum(_PARTS)[:-1].tolist()
_NEAR = 3
_BESIDE = 100.0


class Text(Protocol):
    """All text that is visible around a blank."""

    def ids(self) -> Ints:
        """Return its token ids, something below 0 at every blank; it may be wider than the row."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """A ``column`` of a ``row`` of token ids, the text, and what stands ``around`` its span.

    ``whole``: a word of one character is asked for, not a character of any word.
    """

    row: Sequence[int]
    column: int
    text: Text | None = field(default=None, compare=False)
    around: Around = field(default=Around(), compare=False)
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the C characters of a blank.

    ln P by the gate's mixture, the encoder and the memory, [C] each; ``commonness`` [C] is ln P in
    all counted texts; ``topics`` [VIEWS, C] says how well they suit the text, ``calls`` [CALLS, C]
    how loudly it calls for them, None: not known.
    """

    mixed: Floats
    encoder: Floats
    memory: Floats
    commonness: Floats
    topics: Floats | None
    calls: Floats | None = None


class Said:
    """The characters of one text, among the C that are ranked."""

    def __init__(self, text: Text, tokens: Ints, commonness: Floats) -> None:
        """``tokens`` [C], rising, and ``commonness`` [C] are of all characters."""
        self.text = text
        ids = text.ids()
        own = np.flatnonzero(np.bincount(ids[ids >= 0]))
        places, known = look_up(tokens, own)
        self._tokens, self._places = own[known], places[known]
        self._rarity: Floats = -commonness.take(self._places)

    def places(self, place: Place) -> Ints:
        """Return where up to ``FROM_TEXT`` of them are among the C.

        Those that stand beside one of the neighbours of the blank, then the rarest: names are rare.
        """
        ids, row, column = self.text.ids(), place.row, place.column
        after = ids[1:][ids[:-1] == row[column - 1]]
        before = ids[:-1][ids[1:] == row[column + 1]]
        merit = self._rarity.copy()
        for token in {*after.tolist(), *before.tolist()}:
            merit[self._tokens == token] += _BESIDE
        return self._places.take(best_places(merit, FROM_TEXT))


def repeats(place: Place, tokens: Ints, commonness: Floats) -> Floats:
    """Return [9, K]: how ``tokens`` [K] stand elsewhere in the text.

    As ln(1 + times): anywhere; after the neighbour on the left, and after the two; before the
    one on the right, and before the two; how often they are expected in a text so long; how often
    the neighbours stand there, left and right. Then whether the tokens stand in the row a few
    places away.
    """
    found = np.zeros((_REPEATS, len(tokens)), dtype=np.float32)
    row, column = place.row, place.column
    near = np.array((*row[max(0, column - _NEAR) : column], *row[column + 1 :][:_NEAR]))
    found[8] = (near[:, None] == tokens).any(axis=0)
    ids = place.text.ids() if place.text else ()
    if len(ids) < 2:
        return found
    beside = np.zeros((5, len(ids)), dtype=np.float32)
    beside[0] = 1
    left, right = ids == row[column - 1], ids == row[column + 1]
    beside[1, 1:] = left[:-1]
    beside[3, :-1] = right[1:]
    if column > 1:
        beside[2, 2:] = left[1:-1] & (ids[:-2] == row[column - 2])
    if column + 2 < len(row):
        beside[4, :-2] = right[1:-1] & (ids[2:] == row[column + 2])
    found[:5] = beside @ (ids[:, None] == tokens).astype(np.float32)
    found[5] = len(ids) * np.exp(commonness)
    found[6], found[7] = left.sum(), right.sum()
    np.log1p(found[:8], out=found[:8])
    return found


class Reranker:
    """The fitted weights: one hidden layer over a candidate and its blank, and a direct way."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Take ``manifest.settings["reranker"]``.

        ``candidate`` [F][H], ``blank`` [B][H], ``bias`` [H], ``outer`` [H], ``direct`` [F].
        Raises KeyError, or ValueError when the shapes do not fit.
        """
        names = ("candidate", "blank", "bias", "outer", "direct")
        weights = {name: np.array(settings[name], dtype=np.float32) for name in names}
        hidden = len(weights["bias"])
        shapes = ((FEATURES, hidden), (BLANK_FEATURES, hidden), (hidden,), (hidden,), (FEATURES,))
        if any(weights[name].shape != shape for name, shape in zip(names, shapes, strict=True)):
            raise ValueError("reranker")
        self._candidate: Floats = np.ascontiguousarray(weights["candidate"].T)
        self._blank, self._bias = weights["blank"], weights["bias"]
        self._outer, self._direct = weights["outer"], weights["direct"]

    def rerank(self, features: Floats, blank: Floats, log_probs: Floats) -> Floats:
        """Return ln P [K] of candidates: what ``log_probs`` [K] give them, shared out anew.

        ``features`` [F, K] as :func:`features`, ``blank`` [B] what the gate sees and the words
        beside, times SCALE.
        """
        inner = self._candidate @ features
        inner += (blank @ self._blank + self._bias)[:, None]
        scores = self._outer @ np.maximum(inner, 0) + self._direct @ features
        return scores - np.logaddexp.reduce(scores) + np.logaddexp.reduce(log_probs)


def features(
    known: Known,
    seen: Seen,
    best: Ints,
    ids: Ints,
    tokens: Ints,
    words: Floats,
    place: Place | None,
) -> Floats:
    """Return what the network sees of the candidates at ``best`` [K] of C characters, [F, K].

    ``ids`` [K] are they in the memory, ``tokens`` [K] in the vocabulary; ``words`` [10, K] as
    :meth:`assistant.engine.made_words.MadeWords.around`.
    """
    found = np.zeros((FEATURES, len(best)), dtype=np.float32)
    for i, opinion in enumerate((known.mixed, known.encoder, known.memory, known.commonness)):
        opinion.take(best, out=found[i])
    if known.topics is not None:
        known.topics.take(best, axis=1, out=found[_TOPICS:_COUNTS])
    places, counted = look_up(seen.ids, ids)
    listed = np.flatnonzero(counted)
    found[_COUNTS:_WORDS, listed] = seen.logs.take(places.take(listed), axis=1)
    found[_WORDS:_SAID] = words
    if place is not None:
        found[_SAID:_CALLED] = repeats(place, tokens, found[3])
    if known.calls is not None:
        known.calls.take(best, axis=1, out=found[_CALLED:])
    found *= SCALE
    return found
