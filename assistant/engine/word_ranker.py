"""Rank all words of one length for a gap: how likely each is if it is one of the list. Pure numpy.

The search spells words character by character and never begins most of them. Here every word of
the memory's list is weighed whole: what the encoder sees in each place while all are open, how it
suits the text and what the gap asks for, whether the memory has seen it in this gap, how common it
is and how firmly its characters belong together. A conditional logit over the list (McFadden 1974)
with a few hidden units, fitted on held-out text by ``build_tools.memory.fit_ranker``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from assistant.engine.memory_counts import best_places
from assistant.engine.topics import Topics
from assistant.engine.triggers import CALLS, Around
from assistant.engine.word_table import Floats, Tokens, Word, Words, WordTable

RANKED = (2, 3, 4)
"""Characters of the words that are ranked; the search looks through all single ones itself."""
LOOKED_THROUGH = 2048
"""Words that are weighed by everything; of a longer list those that the cheap part finds best,"""
_WHOLE = 16_384
"""and a list of at most so many words whole."""
UNRANKED = -20.0
"""Stands for ln P of a word that was not looked at."""
_LEAST = 1e-4
"""Probability of the memory below which a word counts as not seen."""
STATIC, CLUES = 2, 7 + CALLS
"""What is known of a word itself (bond, frequency), and of it in this gap, beside its places."""
CHEAP = 2 + CALLS
"""Clues of those in this gap that the cheap part reads: what memory and surroundings say."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a gap of k places.

    ``views`` are ln P [V] of each place while all are open, ``row`` the text as token ids,
    ``asked`` what the gap asks for (``GapWords.asked``; None: not known), ``listed`` the memory's
    words of k characters in this gap with their probability, ``around`` what stands on either side.
    """

    views: Sequence[Floats]
    row: Sequence[int]
    asked: Floats | None
    listed: Mapping[Word, float]
    around: Around = field(default=Around())


@dataclass(frozen=True, slots=True)
class Ranking:
    """Words that were looked at: their ``places`` [n] in ``words``, rising, and ln P [n]."""

    words: Words
    places: Tokens
    log_probs: Floats

    def best(self, count: int) -> list[Word]:
        """Return the ``count`` likeliest words, best first."""
        order = np.negative(self.log_probs).argsort(kind="stable")[:count]
        rows: list[list[int]] = self.words.columns.take(self.places.take(order), 1).T.tolist()
        return [tuple(row) for row in rows]

    def log_prob(self, word: Word) -> float:
        """Return ln P of ``word``, ``UNRANKED`` if it was not looked at."""
        place = self.words.place(word)
        if place is None:
            return UNRANKED
        found = int(self.places.searchsorted(place))
        if found == len(self.places) or self.places.item(found) != place:
            return UNRANKED
        return self.log_probs.item(found)


class _Weights:
    """Weights for the words of one length k: F = k + STATIC + CLUES clues, H hidden units."""

    def __init__(self, settings: Mapping[str, Any], length: int) -> None:
        hidden = len(settings["bias"])
        features = length + STATIC + CLUES
        shapes = {
            "cheap": (length + STATIC + CHEAP,),
            "word": (features,),
            "inner": (features, hidden),
            "bias": (hidden,),
            "outer": (hidden,),
        }
        w: dict[str, Floats] = {name: np.array(settings[name], dtype=np.float32) for name in shapes}
        if any(
            w[name].shape != shape or not np.isfinite(w[name]).all()
            for name, shape in shapes.items()
        ):
            raise ValueError("word ranker")
        self.cheap, self.word, self.bias, self.outer = w["cheap"], w["word"], w["bias"], w["outer"]
        self.inner = np.ascontiguousarray(w["inner"].T)

    def merit(self, features: Floats) -> Floats:
        """Return the merit [n] of words by their ``features`` [F, n]."""
        hidden = self.inner @ features
        hidden += self.bias[:, None]
        np.maximum(hidden, np.float32(0), out=hidden)
        return np.asarray(self.word @ features + self.outer @ hidden, dtype=np.float32)


class WordRanker:
    """Ranks the words of a memory's list."""

    def __init__(
        self, settings: Mapping[str, Any], table: WordTable, topics: Topics | None
    ) -> None:
        """Take ``manifest.settings["word_ranker"]``: for each length its weights.

        ``cheap`` [k + STATIC + CHEAP] for the places, bond, frequency, the memory's word, whether
        it is one, and calls: what chooses the words that are looked at; ``word`` [F], ``inner``
        [F][H], ``bias`` [H], ``outer`` [H] weigh them. A length that is not named is not ranked.
        Raises KeyError, TypeError or ValueError when they do not fit.
        """
        self._table, self._topics = table, topics
        self._weights = {int(k): _Weights(given, int(k)) for k, given in settings.items()}
        self._static = {k: self._own(k, w) for k, w in self._weights.items()}
        self._rows: dict[int, Tokens] = {}

    def _own(self, length: int, weights: _Weights) -> Floats:
        words = self._table.words(length)
        bond, frequency = weights.cheap[length : length + STATIC]
        return np.asarray(bond * words.bonds + frequency * words.logs, dtype=np.float32)

    def knows(self, length: int) -> bool:
        """Return whether words of ``length`` are ranked at all."""
        return length in self._weights

    def rank(self, length: int, clues: Clues) -> Ranking:
        """Return the words of ``length`` and how likely each is. Raises KeyError."""
        words, weights = self._table.words(length), self._weights[length]
        seen = self._seen(words, clues)
        places = np.arange(len(words.keys))
        if len(places) > _WHOLE:
            places = best_places(self._cheap(length, clues, seen), LOOKED_THROUGH)
        merit = weights.merit(self.features(length, clues, places, seen))
        total = np.logaddexp.reduce(merit, initial=-np.inf)
        return Ranking(words, places, np.subtract(merit, total, dtype=np.float32))

    def _cheap(self, length: int, clues: Clues, seen: tuple[Tokens, Floats]) -> Floats:
        """Return about how likely all words of the list are, up to a factor."""
        words, weights = self._table.words(length), self._weights[length].cheap
        merit: Floats = self._static[length].copy()
        for place, view in enumerate(clues.views):
            column: Tokens = words.columns[place]
            merit += view.take(column) * weights[place]
        of_memory, of_being = weights[length + STATIC :][:2].tolist()
        found, memory = seen
        merit[found] += of_memory * memory + of_being
        calls = self._calls(length, clues)
        if calls is not None:
            merit += weights[-CALLS:] @ calls
        return merit

    def _calls(self, length: int, clues: Clues) -> Floats | None:
        """Return how loudly the surroundings call for all words of the list, [CALLS, W]."""
        return (
            self._topics.called_words(clues.around, self._in_topics(length))
            if self._topics
            else None
        )

    def _in_topics(self, length: int) -> Tokens:
        """Return where the words of the list are among those of the topics, [W]; −1: nowhere."""
        if length not in self._rows and self._topics is not None:
            self._rows[length] = self._topics.places(self._table.words(length).columns.T)
        return self._rows[length]

    def features(
        self,
        length: int,
        clues: Clues,
        places: Tokens,
        seen: tuple[Tokens, Floats] | None = None,
    ) -> Floats:
        """Return [F, n] of the words of ``length`` at ``places`` [n], rising.

        Their places, bond, frequency, the memory's probability and whether it has one; how they
        suit text and gap, whether that is known, how far it reaches, and calls. ``seen`` is what
        the memory has seen, by places of the list.
        """
        words = self._table.words(length)
        found, memory = self._seen(words, clues) if seen is None else seen
        features = np.zeros((length + STATIC + CLUES, len(places)), dtype=np.float32)
        columns = words.columns.take(places, 1)
        for target, column, view in zip(features, columns, clues.views, strict=False):
            view.take(column, None, target, "clip")
        own = features[length:]
        words.bonds.take(places, None, own[0], "clip")
        words.logs.take(places, None, own[1], "clip")
        if len(places):
            at = np.minimum(places.searchsorted(found), len(places) - 1)
            there = places.take(at) == found
            own[2, at[there]] = memory[there]
            own[3, at[there]] = 1
        if self._topics is not None:
            rows = self._in_topics(length).take(places)
            self._topics.suiting(clues.row, clues.asked, clues.around, rows, own[4:])
        return features

    def _seen(self, words: Words, clues: Clues) -> tuple[Tokens, Floats]:
        """Return the places of the memory's words in the list, and what is made of their P."""
        found = [(words.place(ids), p) for ids, p in clues.listed.items()]
        known = [(place, p) for place, p in found if place is not None]
        chances = np.array([p for _, p in known], dtype=np.float32)
        logs = np.log(np.maximum(chances, np.float32(_LEAST)) / np.float32(_LEAST))
        return np.array([place for place, _ in known], dtype=np.int64), logs
