"""Mix the encoder's opinion with the phrase memory's and with a person's own memories.

The only class of the memory that the search sees; without any memory it hands the encoder's
opinion through. Pure numpy; imports neither Qt nor onnxruntime. Not thread-safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engine.gate import FLOOR, Gate, LengthGate, gate_features, log_sum_exp
from assistant.engine.made_words import MadeWords
from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_counts import Ints, Seen, best_places
from assistant.engine.reranker import REACH, SCALE, Known, Place, Reranker, Said, features
from assistant.engine.topics import Topics
from assistant.records import Evidence

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Mapped:
    """A memory with the tokens [C] that it knows and their ids [C] in its alphabet.

    ``commonness`` [C] is their ln P, whatever stands beside them.
    """

    memory: PhraseMemory
    tokens: NDArray[np.int64]
    ids: NDArray[np.int64]
    commonness: Floats

    @classmethod
    def to(cls, memory: PhraseMemory, characters: Sequence[str]) -> _Mapped:
        mapped = memory.map_characters(characters)
        tokens = np.flatnonzero(mapped)
        ids = mapped[tokens]
        return cls(memory, tokens, ids, memory.commonness[ids])


@dataclass(frozen=True, slots=True)
class Gated:
    """A blank of one character after the gate: ln P of the C Chinese characters, from all sides.

    ``tokens`` [C] are their ids, ``mass`` is ln of what they have of the encoder's probability,
    ``blank`` what the gate saw, ``sides`` the neighbours that it stands between.
    """

    tokens: Ints
    opinions: Known
    seen: Seen
    mass: np.float32
    blank: Floats
    sides: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Best:
    """The K best of a gated blank: ``places`` among the C, ``tokens``, ln P.

    ``features`` [F, K] and ``blank`` [B] are what a reranker sees of them.
    """

    places: Ints
    tokens: Ints
    log_probs: Floats
    features: Floats
    blank: Floats


class Mixer:
    """Mixes opinions on one blank at a time."""

    def __init__(
        self,
        characters: Sequence[str] = (),
        memory: PhraseMemory | None = None,
        settings: Mapping[str, Any] | None = None,
        personal: Sequence[PhraseMemory] = (),
        *,
        fed: bool = False,
        topics: Topics | None = None,
    ) -> None:
        """Take the vocabulary, the memories and the fitted numbers.

        ``characters[i]`` is the token of id i of the encoder. ``settings`` is
        ``manifest.settings``: "gate", "length_gate", "reranker" and "word_reranker" are used. The
        opinion of a ``fed`` encoder holds the memory's already: it is mixed again only by a gate
        that was fitted for it.
        Raises ValueError or KeyError when they do not fit.
        """
        self._characters = tuple(characters)
        self._memory = _Mapped.to(memory, self._characters) if memory else None
        settings = settings or {}
        self._gate = None if fed and "gate" not in settings else Gate(settings.get("gate"))
        self._topics = topics if self._gate and self._gate.reads_topics else None
        self._said: Said | None = None
        self._words = MadeWords(memory.lexicon) if memory else None
        self._reranker = _reranker(settings, "reranker")
        self._word_reranker = _reranker(settings, "word_reranker") or self._reranker
        self._length_gate = LengthGate(settings.get("length_gate"))
        self.use_personal(personal)

    def use_personal(self, personal: Sequence[PhraseMemory], weight: float = 1.0) -> None:
        """Switch to these personal memories.

        ``weight`` 1 trusts a four-character match seen once by about two thirds; 0 switches
        them off.
        """
        self._personal = [_Mapped.to(memory, self._characters) for memory in personal]
        self.personal_weight = weight

    @property
    def personal(self) -> tuple[PhraseMemory, ...]:
        """The personal memories that are in use."""
        return tuple(mapped.memory for mapped in self._personal)

    def look_ahead(self, sides: Iterable[tuple[str, str]]) -> None:
        """Look up what :meth:`mix` will need for the blanks between ``sides``."""
        sides = list(sides)
        if self._memory is not None and self._gate is not None:
            self._memory.memory.look_ahead(sides)
        for mapped in self._personal:
            mapped.memory.look_ahead(sides)

    def mix(
        self, encoder_log_probs: Floats, left: str, right: str, place: Place | None = None
    ) -> Floats:
        r"""Return ln P [V] of a blank of one character between ``left`` and ``right``.

        ``left[-1]`` and ``right[0]`` touch the blank; "\n" is the border of the text, "\0"
        another open blank. Only the Chinese characters' shares of their own mass change. ``place``
        says what the text is about.
        """
        mixed = encoder_log_probs
        if self._memory is not None and self._gate is not None:
            mixed = self._mix_bundled(mixed, self.gated(mixed, left, right, place), place)
        for mapped in self._personal:
            mixed = self._mix_personal(mapped, mixed, left, right)
        return mixed

    def gated(
        self, encoder_log_probs: Floats, left: str, right: str, place: Place | None = None
    ) -> Gated:
        """Return what encoder, bundled memory and topics say of a blank (as in :meth:`mix`).

        Raises ValueError without a memory or a gate.
        """
        mapped, gate = self._memory, self._gate
        if mapped is None or gate is None:
            raise ValueError("nothing is mixed")
        known = encoder_log_probs.take(mapped.tokens)
        mass = log_sum_exp(known)
        known -= mass
        view = mapped.memory.view(left, right)
        memory = mapped.memory.spread(view).take(mapped.ids)
        memory += FLOOR
        np.log(memory, out=memory)
        blank = gate_features(view, known, memory)
        weights = gate.weights(blank)
        views = weighed = calls = None
        if self._topics and place:
            calls = self._topics.called(place.around, mapped.tokens)
            views = self._topics.views(place.row, place.column).take(mapped.tokens, axis=1)
            weighed = weights[2:] @ views
        mixed = gate.mix(weights, known, memory, weighed)
        opinions = Known(mixed, known, memory, mapped.commonness, views, calls)
        return Gated(mapped.tokens, opinions, view.seen, mass, blank, (left, right))

    def best(self, gated: Gated, place: Place | None = None) -> Best:
        """Return the best characters of a blank and what a reranker sees of them.

        Raises ValueError without a memory.
        """
        mapped, words, opinions = self._memory, self._words, gated.opinions
        if mapped is None or words is None:
            raise ValueError("nothing is known")
        best = best_places(opinions.mixed, REACH)
        if place is not None and place.text is not None:
            if self._said is None or self._said.text is not place.text:
                self._said = Said(place.text, mapped.tokens, mapped.commonness)
            more = self._said.places(place)
            more = more[(more[:, None] != best).all(axis=1)]
            kept = best_places(opinions.mixed.take(best), len(best) - len(more))
            best = np.concatenate((best.take(kept), more))
        tokens, ids = mapped.tokens.take(best), mapped.ids.take(best)
        alphabet, (left, right) = mapped.memory.alphabet, gated.sides
        near = alphabet.left_context(left), alphabet.right_context(right)
        through, beside = words.around(*near, ids)
        seen = features(opinions, gated.seen, best, ids, tokens, through, place)
        blank = np.concatenate((gated.blank, beside * SCALE))
        return Best(best, tokens, opinions.mixed.take(best), seen, blank)

    def _mix_bundled(self, log_probs: Floats, gated: Gated, place: Place | None) -> Floats:
        own = gated.opinions.mixed
        reranker = self._word_reranker if place and place.whole else self._reranker
        if reranker is not None:
            best = self.best(gated, place)
            own[best.places] = reranker.rerank(best.features, best.blank, best.log_probs)
        mixed = log_probs.copy()
        mixed[gated.tokens] = own + gated.mass
        return mixed

    def _mix_personal(self, mapped: _Mapped, log_probs: Floats, left: str, right: str) -> Floats:
        """Let the personal memory speak for what it has seen, the others for the rest."""
        view = mapped.memory.view(left, right)
        seen = 1 - view.unseen
        if seen <= 0 or self.personal_weight <= 0:
            return log_probs
        trust = self.personal_weight * seen / (self.personal_weight * seen + view.unseen)
        own = np.zeros(mapped.memory.alphabet.size, dtype=np.float32)
        own[view.seen.ids] = view.probabilities / np.float32(seen)
        known = log_probs[mapped.tokens]
        mass = log_sum_exp(known)
        shared = (1 - trust) * np.exp(known - mass) + trust * own[mapped.ids]
        mixed = log_probs.copy()
        mixed[mapped.tokens] = np.log(np.maximum(shared / shared.sum(), FLOOR)) + mass
        return mixed

    def length_log_probs(self, encoder_log_probs: Floats, left: str, right: str) -> Floats:
        """Return ln P [4] of the lengths 1–4, mixed with what the memory has seen there."""
        if self._memory is None:
            return encoder_log_probs
        lengths = self._memory.memory.lengths(left, right)
        return self._length_gate.mix(encoder_log_probs, np.log(lengths + FLOOR))

    def proposals(self, left: str, right: str, k: int | None) -> list[tuple[str, float]]:
        """Return up to ``k`` (None: all) words of 1–4 characters the memory proposes, with P."""
        return [] if self._memory is None else self._memory.memory.words(left, right, k)

    def joined(self, left: str, right: str, words: Sequence[str]) -> Floats:
        """Return [2, N]: ln(1 + count) of a longer word that each of ``words`` ends, or begins.

        Together with its neighbours; 0 for none, or without a memory.
        """
        if self._memory is None or self._words is None:
            return np.zeros((2, len(words)), dtype=np.float32)
        alphabet = self._memory.memory.alphabet
        near = alphabet.left_context(left), alphabet.right_context(right)
        return self._words.joined(*near, [alphabet.spell(word) for word in words])

    def evidence(self, left: str, right: str, words: Sequence[str]) -> list[tuple[Evidence, ...]]:
        """Return the n-grams that vote for each of ``words``, those of personal memories first."""
        memories = [*self._personal, *([self._memory] if self._memory else [])]
        found = [mapped.memory.evidence_of(left, right, words) for mapped in memories]
        return [
            tuple(evidence for of_words in found for evidence in of_words[place])
            for place in range(len(words))
        ]

    def personal_count(self, left: str, right: str, word: str) -> int:
        """Return how often the personal memories have seen ``word`` between these neighbours."""
        seen = (
            evidence.count
            for mapped in self._personal
            for evidence in mapped.memory.evidence(left, right, word)
            if evidence.left and evidence.right
        )
        return max(seen, default=0)


def _reranker(settings: Mapping[str, Any], name: str) -> Reranker | None:
    return Reranker(settings[name]) if name in settings else None
