"""Which words suit a gap itself: what the encoder thinks where a word is missing. Pure numpy.

The encoder writes a word character by character, and of most words it has seen too few to spell
them. But what it thinks of the gap, before it chooses characters, is much the same wherever a word
stood, and that can be counted: a word is the mean of the encoder's states in the gaps it was taken
from (context2vec, Melamud et al. 2016), the states whitened, so that the product of a word and a
gap is how much likelier it is here than elsewhere. The topics know what the whole text is about;
this knows what the sentence asks for. Made by ``build_tools.memory.gap_words``, part of the file
of the topics.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

LENGTHS = (2, 3, 4)
"""Characters of the words that are known; of one character alone the encoder says enough."""


class GapWords:
    """Vectors of words, and the maps from the encoder's states to them."""

    def __init__(self, sections: Mapping[str, NDArray[np.generic]]) -> None:
        """Take the sections of the topics' file for N words, vectors W wide, states H.

        ``gap_words`` int8 [N · W], ``gap_scales`` float32 [N], in the order of the topics' words;
        for each length k ``gap_map_k`` float16 [k · H · W] and ``gap_offset_k`` float32 [W].
        Raises KeyError or ValueError when they do not fit.
        """
        self.scales = np.asarray(sections["gap_scales"], dtype=np.float32)
        """[N]: what the rows of words are multiplied by."""
        rows = sections["gap_words"]
        if rows.dtype != np.int8:
            raise ValueError("gap_words")
        self._rows = np.asarray(rows, dtype=np.int8).reshape(len(self.scales), -1)
        width = self._rows.shape[1]
        self._offsets = {k: np.asarray(sections[f"gap_offset_{k}"], np.float32) for k in LENGTHS}
        self._maps = {
            k: np.asarray(sections[f"gap_map_{k}"], np.float32).reshape(-1, width) for k in LENGTHS
        }
        if any(one.shape != (width,) for one in self._offsets.values()):
            raise ValueError("gap_offset")
        self.state = len(self._maps[LENGTHS[0]]) // LENGTHS[0]
        if any(len(self._maps[k]) != k * self.state for k in LENGTHS):
            raise ValueError("gap_map")

    def __len__(self) -> int:
        """Return how many words have a vector."""
        return len(self._rows)

    def asked(self, states: Sequence[Floats]) -> Floats | None:
        """Return what a gap asks for, [W], of the states [H] of its places, all of them open.

        None where no words of that length are known, or the states are of another encoder.
        """
        if len(states) not in LENGTHS or any(len(state) != self.state for state in states):
            return None
        length = len(states)
        return np.concatenate(states) @ self._maps[length] - self._offsets[length]

    def suiting(self, asked: Floats, places: Ints) -> Floats:
        """Return how well the words at ``places`` [n] of the table suit a gap, [n]."""
        found: Floats = self._rows.take(places, 0) @ asked
        return found * self.scales.take(places)
