"""Texts with holes: a share of their tokens becomes [MASK], other ones each time they are read.

Imports nothing of ``assistant``. Labelled rows are few and read several times; without holes the
encoder gets to know them by heart (``build_tools/README.md``).
"""

from __future__ import annotations

import numpy as np
from tokenizers import Tokenizer

from build_tools.finetune.batches import Batch


class Masking:
    """Puts the holes into batches, the same for the same key."""

    def __init__(self, tokenizer: Tokenizer, share: float) -> None:
        """Hide each token of a text with the chance ``share``; never those of hypotheses."""
        names = "[CLS]", "[SEP]", "[MASK]"
        self._cls, self._sep, self._mask = (tokenizer.token_to_id(name) for name in names)
        self._share = share

    def apply(self, batch: Batch, key: tuple[int, int]) -> None:
        """Hide tokens of ``batch.ids``; ``key`` decides which."""
        draw = np.random.default_rng(key).random(batch.ids.shape)
        text = (batch.owners >= 0) & (batch.parts == 0)
        text &= (batch.ids != self._cls) & (batch.ids != self._sep)
        batch.ids[text & (draw < self._share)] = self._mask
