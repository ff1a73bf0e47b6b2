"""What the phrase memory knows of every mask of packed rows, for memory-fed training."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_feed import FED, RowSymbols
from build_tools.memory.feed import BatchFeed

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fed:
    """Token ids int16 and P float16 of every place of packed rows, [rows, tokens, 8]."""

    ids: NDArray[np.int16]
    chances: NDArray[np.float16]

    def take(self, rows: slice | Ints) -> Fed:
        """Return some of the rows."""
        return Fed(self.ids[rows], self.chances[rows])

    @classmethod
    def joined(cls, parts: list[Fed]) -> Fed:
        """Return the rows of ``parts``, one after the other."""
        return cls(
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.chances for part in parts]),
        )


class RowFeeder:
    """Looks the masks of rows up."""

    def __init__(self, memory: Path, tokenizer: Tokenizer, *, dropout: float) -> None:
        """Open ``memory``; a share ``dropout`` of the masks gets nothing.

        So the encoder learns to do without it, too.
        """
        opened = PhraseMemory.open(memory)
        tokens = [tokenizer.id_to_token(index) or "" for index in range(tokenizer.get_vocab_size())]
        self._feed = BatchFeed(opened)
        self._symbols = RowSymbols(opened.alphabet, tokens)
        self._mask = tokens.index("[MASK]")
        self._dropout = dropout

    def feed(
        self, ids: Ints, labels: Ints, rng: np.random.Generator | None, *, counted: bool
    ) -> Fed:
        """Return what is fed to ``ids`` [rows, tokens].

        Text that the memory has ``counted`` is looked up leave-one-out, its own occurrence taken
        off. Without ``rng`` every mask is fed.
        """
        fed = np.zeros((ids.size, FED), dtype=np.int16)
        chances = np.zeros((ids.size, FED), dtype=np.float16)
        flat = ids.reshape(-1)
        places = np.flatnonzero(flat == self._mask)
        if rng is not None:
            places = places[rng.random(len(places)) >= self._dropout]
        left, right = self._symbols.contexts(flat, places)
        answers = self._symbols.symbols[labels.reshape(-1)[places]] if counted else None
        symbols, best = self._feed.best(left, right, answers)
        fed[places] = self._symbols.tokens[symbols.astype(np.int64)]
        chances[places] = np.where(fed[places] > 0, best, 0)
        shape = (*ids.shape, FED)
        return Fed(fed.reshape(shape), chances.reshape(shape))
