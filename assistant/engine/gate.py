"""Mix two opinions on a blank, the encoder's and the memory's. Pure numpy, no Qt.

Log-linear: ln p = a·ln encoder + b·ln memory + c·topics − ln Z, over the Chinese characters. The
weights are read off both opinions by a small network that was fitted on held-out text
(``build_tools.memory.fit_gate``); it sees how long the matched n-grams are, how often they were
seen, and how sure either side is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory import View
from assistant.engine.memory_scorer import BLANK_FEATURES, blank_features
from assistant.engine.memory_words import MAX_LENGTH
from assistant.engine.topics import VIEWS

Floats = NDArray[np.float32]

OPINION_FEATURES = 7
FEATURES = BLANK_FEATURES + OPINION_FEATURES
FLOOR = np.float32(1e-7)
"""Probability of a character that the memory cannot know."""
_SCALE = np.float32(0.2)


def gate_features(view: View, encoder: Floats, memory: Floats) -> Floats:
    """Return what the gate sees, [45].

    ``encoder`` and ``memory`` [C] are ln P over the same characters.
    """
    sure_encoder, sure_memory = int(encoder.argmax()), int(memory.argmax())
    opinions = np.array(
        [
            encoder[sure_encoder],
            memory[sure_memory],
            encoder[sure_memory],
            memory[sure_encoder],
            -(np.exp(encoder) @ encoder),
            -(np.exp(memory) @ memory),
            np.log(view.unseen + FLOOR),
        ],
        dtype=np.float32,
    )
    return np.concatenate((blank_features(view.seen), opinions * _SCALE))


def log_sum_exp(log_probs: Floats) -> np.float32:
    """Return ln Σ exp: numpy's logaddexp.reduce takes forty times as long for a vocabulary."""
    top = log_probs.max()
    return top + np.log(np.exp(log_probs - top).sum())


class Gate:
    """The fitted weights: one hidden layer, two outputs through softplus, and those of topics."""

    def __init__(self, settings: Mapping[str, Any] | None) -> None:
        """Take ``manifest.settings["gate"]``; without it a fixed mixture is used.

        It holds ``inner`` [F][H], ``bias`` [H], ``outer`` [H][2], ``outer_bias`` [2] and perhaps
        ``temperature``, by which all weights are divided. A gate that was fitted with topics has
        2 + ``topics.VIEWS`` outputs.
        Raises ValueError when the shapes do not fit.
        """
        if settings is None:
            settings = {
                "inner": np.zeros((FEATURES, 1)),
                "bias": [0.0],
                "outer": [[0.0, 0.0]],
                "outer_bias": [-0.7, 0.5],
            }
        self._inner = np.array(settings["inner"], dtype=np.float32)
        self._bias = np.array(settings["bias"], dtype=np.float32)
        self._outer = np.array(settings["outer"], dtype=np.float32)
        self._outer_bias = np.array(settings["outer_bias"], dtype=np.float32)
        self._temperature = np.float32(settings.get("temperature", 1.0))
        hidden = len(self._bias)
        if (
            self._inner.shape != (FEATURES, hidden)
            or self._outer.shape not in ((hidden, 2), (hidden, 2 + VIEWS))
            or self._outer_bias.shape != self._outer.shape[1:]
            or not self._temperature > 0
        ):
            raise ValueError("gate")

    @property
    def reads_topics(self) -> bool:
        """Tell whether the gate was fitted with topics."""
        return len(self._outer_bias) > 2

    def weights(self, features: Floats) -> Floats:
        """Return the weights of the encoder's and of the memory's opinion, and of topics."""
        hidden = np.maximum(features @ self._inner + self._bias, 0)
        weights = np.logaddexp(0, hidden @ self._outer + self._outer_bias)
        return np.asarray(weights / self._temperature, dtype=np.float32)

    @staticmethod
    def mix(
        weights: Floats, encoder: Floats, memory: Floats, topics: Floats | None = None
    ) -> Floats:
        """Return the mixed ln P, [C]; ``encoder`` and ``memory`` are ln P over the same C.

        ``topics`` [C] are :meth:`assistant.engine.topics.Topics.views`, weighed already.
        """
        mixed = weights[0] * encoder + weights[1] * memory
        if topics is not None:
            mixed += topics
        mixed -= mixed.max()
        mixed -= np.log(np.exp(mixed).sum())
        return mixed


class LengthGate:
    """Mix two opinions on how long a word is: ln p = a·ln encoder + b·ln memory + bias − ln Z."""

    def __init__(self, settings: Mapping[str, Any] | None) -> None:
        """Take ``manifest.settings["length_gate"]``: ``encoder``, ``memory``, ``bias`` [4].

        Without it both sides count alike. Raises ValueError when the shapes do not fit.
        """
        settings = settings or {"encoder": 0.6, "memory": 0.6, "bias": [0.0] * MAX_LENGTH}
        self._encoder = np.float32(settings["encoder"])
        self._memory = np.float32(settings["memory"])
        self._bias = np.array(settings["bias"], dtype=np.float32)
        if self._bias.shape != (MAX_LENGTH,):
            raise ValueError("length gate")

    def mix(self, encoder: Floats, memory: Floats) -> Floats:
        """Return the mixed ln P of the lengths 1–4, which sums to what ``encoder`` sums to."""
        mass = np.logaddexp.reduce(encoder)
        mixed = self._encoder * encoder + self._memory * memory + self._bias
        return mixed - np.logaddexp.reduce(mixed) + mass
