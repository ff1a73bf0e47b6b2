"""Mix the encoder's opinion with the phrase memory's and with a person's own memories.

The only class of the memory that the search sees; without any memory it hands the encoder's
opinion through. Pure numpy; imports neither Qt nor onnxruntime. Not thread-safe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engine.gate import FLOOR, Gate, LengthGate, gate_features, log_sum_exp
from assistant.engine.memory import PhraseMemory
from assistant.engine.topics import Topics
from assistant.records import Evidence

Floats = NDArray[np.float32]
Place = tuple[Sequence[int], int]
"""A row of token ids, and a column of it."""


@dataclass(frozen=True, slots=True)
class _Mapped:
    """A memory with the tokens [C] that it knows and their ids [C] in its alphabet."""

    memory: PhraseMemory
    tokens: NDArray[np.int64]
    ids: NDArray[np.int64]

    @classmethod
    def to(cls, memory: PhraseMemory, characters: Sequence[str]) -> _Mapped:
        mapped = memory.map_characters(characters)
        tokens = np.flatnonzero(mapped)
        return cls(memory, tokens, mapped[tokens])


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
        ``manifest.settings``: "gate" and "length_gate" are used. The opinion of a ``fed`` encoder
        holds the memory's already: it is mixed again only by a gate that was fitted for it.
        Raises ValueError or KeyError when they do not fit.
        """
        self._characters = tuple(characters)
        self._memory = _Mapped.to(memory, self._characters) if memory else None
        settings = settings or {}
        self._gate = None if fed and "gate" not in settings else Gate(settings.get("gate"))
        self._topics = topics if self._gate and self._gate.reads_topics else None
        self._length_gate = LengthGate(settings.get("length_gate"))
        self.use_personal(personal)

    def use_personal(self, personal: Sequence[PhraseMemory], weight: float = 1.0) -> None:
        """Switch to these personal memories.

        ``weight`` 1 trusts a four-character match seen once by about two thirds; 0 switches
        them off.
        """
        self._personal = [_Mapped.to(memory, self._characters) for memory in personal]
        self._weight = weight

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
        is the row of token ids and the column of the blank: what the text is about.
        """
        mixed = encoder_log_probs
        if self._memory is not None and self._gate is not None:
            suits = partial(self._topics.weighed, *place) if self._topics and place else None
            mixed = self._mix_bundled(self._memory, self._gate, mixed, (left, right), suits)
        for mapped in self._personal:
            mixed = self._mix_personal(mapped, mixed, left, right)
        return mixed

    def _mix_bundled(
        self,
        mapped: _Mapped,
        gate: Gate,
        log_probs: Floats,
        sides: tuple[str, str],
        suits: Callable[[Floats], Floats] | None,
    ) -> Floats:
        known = log_probs.take(mapped.tokens)
        mass = log_sum_exp(known)
        known -= mass
        view = mapped.memory.view(*sides)
        memory = mapped.memory.spread(view).take(mapped.ids)
        memory += FLOOR
        np.log(memory, out=memory)
        weights = gate.weights(gate_features(view, known, memory))
        topics = suits(weights[2:]).take(mapped.tokens) if suits else None
        mixed = log_probs.copy()
        mixed[mapped.tokens] = gate.mix(weights, known, memory, topics) + mass
        return mixed

    def _mix_personal(self, mapped: _Mapped, log_probs: Floats, left: str, right: str) -> Floats:
        """Let the personal memory speak for what it has seen, the others for the rest."""
        view = mapped.memory.view(left, right)
        seen = 1 - view.unseen
        if seen <= 0 or self._weight <= 0:
            return log_probs
        trust = self._weight * seen / (self._weight * seen + view.unseen)
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
