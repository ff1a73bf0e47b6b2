"""What a memory-fed encoder reads: the memory's best characters at every mask of a row.

Works on token ids, as training does, so that both see the same neighbours. Pure numpy; imports
neither Qt nor onnxruntime.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engine.lru import Lru
from assistant.engine.memory import PhraseMemory, View
from assistant.engine.memory_alphabet import BORDER, NEIGHBOURS, UNKNOWN, Alphabet
from assistant.engine.memory_table import Floats

Ints = NDArray[np.int64]

FED = 8
"""Characters that the memory names at a blank."""
_REACH = 8
"""Tokens looked at on either side: runs of one class shrink to one symbol."""
_CACHED = 256
_BORDERS = ("[CLS]", "[SEP]")


_Key = tuple[tuple[int, ...], tuple[int, ...]]
"""The symbols left and right of a place, four a side, nearest first."""
_NOTHING = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))


@dataclass(frozen=True, slots=True)
class Feed:
    """``ids`` int64 and ``probabilities`` float32 [B, blanks, 8], best first; 0 for nothing."""

    ids: Ints
    probabilities: Floats


class RowSymbols:
    """The tokens of a vocabulary as symbols of a memory's alphabet."""

    def __init__(self, alphabet: Alphabet, tokens: Sequence[str]) -> None:
        """``tokens[i]`` is the token of id i."""
        self._collapsed = alphabet.collapsed
        border = alphabet.encode(BORDER)[0]
        self.symbols = np.array(
            [border if token in _BORDERS else _symbol(alphabet, token) for token in tokens],
            dtype=np.int64,
        )
        """The symbol of each token, [V]."""
        self._is_border = np.array([token in _BORDERS for token in tokens])
        han = alphabet.han_ids()
        self.tokens = np.zeros(alphabet.size, dtype=np.int64)
        """The token of each Chinese character of the alphabet, [A], 0 where there is none."""
        for index, token in enumerate(tokens):
            if token in han:
                self.tokens[han[token]] = index

    def contexts(self, ids: Ints, places: Ints) -> tuple[Ints, Ints]:
        """Return the symbols left and right of ``places`` in flat ``ids``, each [P, 4].

        Nearest first; UNKNOWN from the first unknown symbol or border of a row on. Rows must begin
        and end with a border.
        """
        steps = np.arange(1, _REACH + 1)
        found: list[Ints] = []
        for signed in (-steps, steps):
            at = places[:, None] + signed
            inside = (at >= 0) & (at < len(ids))
            symbols = np.where(inside, self.symbols[ids[np.clip(at, 0, len(ids) - 1)]], UNKNOWN)
            found.append(self._nearest(symbols, self._ended(ids, at)))
        return found[0], found[1]

    def _ended(self, ids: Ints, at: Ints) -> NDArray[np.bool_]:
        """Return where a place lies behind the border of its row, [P, reach]."""
        border = self._is_border[ids[np.clip(at, 0, len(ids) - 1)]]
        passed = np.zeros(at.shape, dtype=np.bool_)
        passed[:, 1:] = np.logical_or.accumulate(border, axis=1)[:, :-1]
        return passed

    def _nearest(self, symbols: Ints, ended: NDArray[np.bool_]) -> Ints:
        symbols = np.where(ended, UNKNOWN, symbols)
        symbols[np.logical_or.accumulate(symbols == UNKNOWN, axis=1)] = UNKNOWN
        again = np.zeros(symbols.shape, dtype=np.bool_)
        again[:, 1:] = (symbols[:, 1:] == symbols[:, :-1]) & self._collapsed[symbols[:, 1:]]
        order = np.argsort(again, axis=1, kind="stable")
        kept = np.where(again, UNKNOWN, symbols)
        return np.take_along_axis(kept, order, axis=1)[:, :NEIGHBOURS]


class Feeder:
    """Feeds the masks of rows from a memory."""

    def __init__(self, memory: PhraseMemory | None, tokens: Sequence[str], mask: int) -> None:
        """Without a memory the feed is empty."""
        self._memory = memory
        self._mask = mask
        self._symbols = RowSymbols(memory.alphabet, tokens) if memory else None
        self._known: Lru[_Key, tuple[Ints, Floats]] = Lru(_CACHED)

    def feed(self, input_ids: Ints) -> Feed:
        """Return what the memory knows of every mask of ``input_ids`` [B, L], in order."""
        masks = input_ids == self._mask
        blanks = max(1, int(masks.sum(axis=1).max()))
        ids = np.zeros((len(input_ids), blanks, FED), dtype=np.int64)
        probabilities = np.zeros(ids.shape, dtype=np.float32)
        if self._symbols is None:
            return Feed(ids, probabilities)
        rows, columns = np.nonzero(masks)
        number = np.cumsum(masks, axis=1)[rows, columns] - 1
        places = rows * input_ids.shape[1] + columns
        sides = self._symbols.contexts(input_ids.ravel(), places)
        keys = [(tuple(a), tuple(b)) for a, b in zip(*(s.tolist() for s in sides), strict=True)]
        found = self._best(keys)
        for row, blank, key in zip(rows.tolist(), number.tolist(), keys, strict=True):
            best, chances = found[key]
            ids[row, blank, : len(best)] = best
            probabilities[row, blank, : len(best)] = chances
        return Feed(ids, probabilities)

    def _best(self, keys: Sequence[_Key]) -> dict[_Key, tuple[Ints, Floats]]:
        """Return the tokens and P of the memory's best characters between symbols.

        Nothing between two unknown ones, as in training.
        """
        assert self._memory is not None
        found = {key: self._known.get(key) for key in keys}
        new = [key for key, best in found.items() if best is None]
        for (left, right), view in zip(new, self._memory.views_of(new), strict=True):
            known = left[0] != UNKNOWN or right[0] != UNKNOWN
            best = self._tokens(view) if known else _NOTHING
            found[left, right] = best
            self._known.put((left, right), best)
        return {key: best for key, best in found.items() if best is not None}

    def _tokens(self, view: View) -> tuple[Ints, Floats]:
        assert self._symbols is not None
        best = np.argsort(-view.probabilities, kind="stable")[:FED]
        tokens = self._symbols.tokens[view.seen.ids[best]]
        return tokens, np.where(tokens > 0, view.probabilities[best], 0).astype(np.float32)


def _symbol(alphabet: Alphabet, token: str) -> int:
    """Return the symbol of a token that is no border; special tokens are open places."""
    if token.startswith("[") and token.endswith("]") and len(token) > 2:
        return UNKNOWN
    return alphabet.first_symbol(token.removeprefix("##"))
