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
_STEPS = np.concatenate((-np.arange(1, _REACH + 1), np.arange(1, _REACH + 1)))
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
        seen = ids.take(places[:, None] + _STEPS, mode="clip").reshape(-1, 2, _REACH)
        symbols = self.symbols.take(seen)
        # Nothing is known from an unknown symbol on, nor behind a border; both ends are borders.
        ended = np.equal(symbols, UNKNOWN)
        ended[..., 1:] |= self._is_border.take(seen[..., :-1])
        symbols[np.logical_or.accumulate(ended, axis=2)] = UNKNOWN
        again = np.equal(symbols[..., 1:], symbols[..., :-1])
        again &= self._collapsed.take(symbols[..., 1:])
        if again.any():
            symbols = _without(again, symbols)
        return symbols[:, 0, :NEIGHBOURS], symbols[:, 1, :NEIGHBOURS]


def _without(again: NDArray[np.bool_], symbols: Ints) -> Ints:
    """Return ``symbols`` [..., n] without those marked in ``again`` [..., n − 1], UNKNOWN last."""
    gone = np.zeros(symbols.shape, dtype=np.bool_)
    gone[..., 1:] = again
    order = np.argsort(gone, axis=-1, kind="stable")
    return np.take_along_axis(np.where(gone, UNKNOWN, symbols), order, axis=-1)


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
        rows, columns = np.equal(input_ids, self._mask).nonzero()
        number = np.arange(len(rows)) - rows.searchsorted(rows)
        blanks = int(number.max(initial=0)) + 1
        ids = np.zeros((len(input_ids), blanks, FED), dtype=np.int64)
        probabilities = np.zeros(ids.shape, dtype=np.float32)
        if self._symbols is None:
            return Feed(ids, probabilities)
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
