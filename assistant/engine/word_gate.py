"""Weigh whole words: the search's probability against all else that is known of them. Pure numpy.

The characters of a word are already mixed one by one; what they cannot say is that the memory knows
the whole word in this gap, that it suits the text, or that the neighbours would make another word
of it. A small network over the candidates and "none of them", fitted on held-out text
(``build_tools.memory.fit_words``), gives the final, calibrated ln P.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engine.word_ranker import UNRANKED

Floats = NDArray[np.float32]

FEATURES = 35
REST_FEATURES = 9
_UNLISTED = 1e-4
_NOTHING = 1e-4
_LEAST = -30.0
_NEVER = -8.0
"""ln P of a length that nothing speaks for."""
_SIZES = (1, 2, 3, 4)
_NAMED = ("topic", "gap", "repeat", "ending", "beginning", "ranked", "called", "loudest")
_DOUBT = 2.0
"""How often the personal memories must have seen words in a gap to be trusted by half."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is known of one candidate.

    ``log_prob`` is the search's ln P, ``guessed`` if no row was spent on it; ``memory`` the
    memory's probability of the word in this gap (0: not listed there), ``frequency`` ln(1 + count)
    in the memory's word list (0: not a word of it), ``length`` in tokens, ``topic`` how well it
    suits the text, ``gap`` how well what the encoder thinks of the gap (0: not known), ``repeat``
    ln(1 + times it stands in the text); ``ending`` and ``beginning`` ln(1 + count) of the commonest
    longer word that it ends or begins together with its neighbours (0: none); ``ranked`` ln P among
    all words of its length; ``called`` and ``loudest`` how loudly the text calls for a single
    character, together and at most (0: not at all).
    """

    log_prob: float
    memory: float
    frequency: float
    length: int
    topic: float = 0.0
    gap: float = 0.0
    repeat: float = 0.0
    guessed: bool = False
    ending: float = 0.0
    beginning: float = 0.0
    ranked: float = UNRANKED
    called: float = 0.0
    loudest: float = 0.0


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates of a blank, and ln P of its lengths.

    The first ``basis`` of them (None: all) were found; others are asked about beside them.
    """

    opinions: Sequence[Opinion]
    lengths: Mapping[int, float]
    basis: int | None = None


def word_features(pool: Pool) -> Floats:
    """Return [N, 35]: opinions, many of them for each length apart, and the place in the pool.

    Nothing of a candidate depends on others but those that were found.
    """
    opinions = pool.opinions
    own = np.array([max(o.log_prob, _LEAST) for o in opinions])
    counted = np.array([o.memory for o in opinions])
    known = np.log(np.maximum(counted, _UNLISTED))
    frequency = np.array([o.frequency for o in opinions])
    size = np.array([o.length for o in opinions])
    guessed = np.array([o.guessed for o in opinions])
    topic, gap, repeat, ending, beginning, ranked, called, loudest = (
        np.array([getattr(o, name) for o in opinions]) for name in _NAMED
    )
    likely = np.array([pool.lengths.get(o.length, _NEVER) for o in opinions])
    found = own[: pool.basis]
    better = (found[:, None] > own).sum(axis=0)
    one, word = size == 1, frequency > 0
    columns = (
        *(own, known, counted > 0, frequency * 0.2, word, own * one, known * one),
        *(one, size == 2, size == 3, size > 3, word * (size > 2)),
        *(topic * one, topic * (size == 2), topic * (size == 3), topic * (size > 3)),
        *(gap * (size == 2), gap * (size == 3), gap * (size > 3)),
        *(repeat * (size == 2), repeat * (size == 3), repeat * (size > 3)),
        *(guessed, own * guessed, frequency * 0.2 * guessed, ending * 0.2, beginning * 0.2),
        *(ranked * (size == 2), ranked * (size == 3), ranked * (size > 3)),
        *(called * 0.3, loudest * 0.3),
        *(likely * 0.5, (own - found.max(initial=_LEAST)) * 0.3, better * 0.1),
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def rest_features(pool: Pool) -> Floats:
    """Return [9]: what all sides leave for words that are not candidates, the lengths, and 1."""
    found = pool.opinions[: pool.basis]
    scored = math.fsum(math.exp(o.log_prob) for o in found if not o.guessed)
    guessed = math.fsum(math.exp(o.log_prob) for o in found if o.guessed)
    left = np.array([1 - scored, 1 - math.fsum(o.memory for o in found), 1 - scored - guessed])
    left = np.log(np.maximum(left, _NOTHING))
    lengths = [pool.lengths.get(k, _NEVER) * 0.3 for k in _SIZES]
    best = max((max(o.log_prob, _LEAST) for o in found), default=_LEAST)
    return np.array([left[0], left[1], 1.0, *lengths, best * 0.3, left[2] - left[0]], np.float32)


class WordGate:
    """The fitted weights for the words of one kind of blank."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Take one entry of ``manifest.settings["word_gate"]``.

        For H hidden units: ``word`` [F], ``inner`` [F][H], ``inner_rest`` [R][H], ``bias`` [H],
        ``outer`` [H] score the words; ``rest`` [R], ``rest_inner`` [R][H], ``rest_bias`` [H],
        ``rest_outer`` [H] score "none of them". Raises KeyError, or ValueError when the shapes do
        not fit.
        """
        hidden = len(settings["bias"])
        shapes = {
            "word": (FEATURES,),
            "inner": (FEATURES, hidden),
            "inner_rest": (REST_FEATURES, hidden),
            "bias": (hidden,),
            "outer": (hidden,),
            "rest": (REST_FEATURES,),
            "rest_inner": (REST_FEATURES, hidden),
            "rest_bias": (hidden,),
            "rest_outer": (hidden,),
        }
        self._w = {name: np.array(settings[name], dtype=np.float32) for name in shapes}
        if any(self._w[name].shape != shape for name, shape in shapes.items()):
            raise ValueError("word gate")

    def mix(self, pool: Pool) -> list[float]:
        """Return the final ln P of the candidates.

        The first ``basis`` and "none of them" sum to 1; others take their share of "none of them",
        so that it does not matter who else is asked about.
        """
        w, words, blank = self._w, word_features(pool), rest_features(pool)
        inner = words @ w["inner"] + (blank @ w["inner_rest"] + w["bias"])
        scores = words @ w["word"] + np.maximum(inner, 0) @ w["outer"]
        rest = np.maximum(blank @ w["rest_inner"] + w["rest_bias"], 0) @ w["rest_outer"]
        rest += blank @ w["rest"]
        total = np.logaddexp.reduce(np.append(scores[: pool.basis], rest))
        return (scores - total).tolist()


def mix_own(
    log_probs: Sequence[float], counts: Sequence[int], basis: int | None, weight: float
) -> list[float]:
    """Return ln P of words after what personal memories have seen in this very gap is mixed in.

    ``counts`` says how often they saw each word there; one that is asked about beside the first
    ``basis`` counts as if it were one of them. ``weight`` 0 switches them off.
    """
    seen = sum(counts[:basis])
    mixed: list[float] = []
    for place, (log_prob, count) in enumerate(zip(log_probs, counts, strict=True)):
        total = seen + (count if basis is not None and place >= basis else 0)
        trust = weight * total / (weight * total + _DOUBT)
        share = trust * count / total if total else 0.0
        mixed.append(float(np.logaddexp(log_prob + math.log1p(-trust), _log(share))))
    return mixed


def _log(share: float) -> float:
    return math.log(share) if share > 0 else -math.inf


@dataclass(frozen=True, slots=True)
class WordGates:
    """Gates for words of unknown length, and for words of known length of 2–4 characters."""

    unknown: WordGate
    known: WordGate

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> WordGates:
        """Take ``manifest.settings["word_gate"]``. Raises ValueError or KeyError."""
        return cls(WordGate(settings["unknown"]), WordGate(settings["known"]))
