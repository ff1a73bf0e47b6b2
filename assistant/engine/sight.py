"""All text in sight of a blank: what is said once is likely to be said again. No Qt.

The encoder reads one window; a little more on either side is looked through for repeats.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from assistant.engine.memory_counts import Ints
from assistant.engine.tokenizer import Vocabulary

BLANK = -1
"""Stands among the ids for every blank that is asked about."""
_OPEN = "\0"


class Sight:
    """A window cut at its blanks, and the text beside it, which is encoded if it is asked for."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        before: str,
        pieces: Sequence[tuple[str, Sequence[int]]],
        after: str,
    ) -> None:
        """Take the ``pieces`` of the window, with their ids, one more than there are blanks."""
        self._vocabulary = vocabulary
        self._before, self._pieces, self._after = before, tuple(pieces), after

    def ids(self) -> Ints:
        """Return the ids of all tokens, BLANK between the pieces, [n]."""
        return self._ids

    @cached_property
    def _ids(self) -> Ints:
        ids = self._encoded(self._before)
        for _, of_piece in self._pieces:
            ids += (*of_piece, BLANK)
        return np.array(ids[:-1] + self._encoded(self._after), dtype=np.int64)

    def times(self, word: str) -> int:
        """Return how often ``word`` stands there."""
        return self._text.count(word)

    @cached_property
    def _text(self) -> str:
        return self._before + _OPEN.join(text for text, _ in self._pieces) + self._after

    def _encoded(self, text: str) -> list[int]:
        return list(self._vocabulary.encode(text)[0]) if text else []
