"""Which n-grams speak for a word: its own with its neighbours. Pure numpy, no Qt."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from assistant.engine.memory_alphabet import UNKNOWN
from assistant.engine.memory_counts import ORDERS, WINDOWS, CountStore, Pairs, Seen
from assistant.engine.memory_look import gram_key

_Side = tuple[int, int]
"""(symbols left, symbols right) of a word."""
Counted = tuple[_Side, int]
"""How often a word was counted with so many symbols on either side."""
_SIDES = {
    length: [
        (left, right)
        for count in range(1, ORDERS[-1] - length + 1)
        for right in range(count + 1)
        for left in (count - right,)
    ]
    for length in range(1, ORDERS[-1])
}
"""By the length of a word, the sides that leave room for it, the shortest first."""


def around(store: CountStore, pairs: Pairs, words: Sequence[Sequence[int]]) -> list[list[Counted]]:
    """Return the counted n-grams of each word (1–4 ids) with neighbours, longest first.

    As ((symbols left, symbols right), count). A longer one counts only where the shorter ones
    inside it do: so strangers that pass for counted die out. All that may be counted is asked
    for at once, in one call an order.
    """
    asked: dict[int, dict[int, None]] = {order: {} for order in ORDERS[1:]}
    keys: list[dict[_Side, int]] = []
    for word in words:
        keys.append(_keys(store, pairs, word))
        for (left, right), key in keys[-1].items():
            if left + len(word) + right > ORDERS[0]:
                asked[left + len(word) + right][key] = None
    logs = {
        order: dict(zip(found, _values(store, order, list(found)), strict=True))
        for order, found in asked.items()
    }
    return [_counted(pairs, word, own, logs) for word, own in zip(words, keys, strict=True)]


def of_characters(seen: Seen, words: Mapping[str, Sequence[int]]) -> dict[str, list[Counted]]:
    """Return what ``seen`` says of those ``words`` (ids) of one character that it looked up.

    As :func:`around`, but for nothing, and with fewer strangers: a look-up counts an n-gram only
    where its context was counted too.
    """
    found: dict[str, list[Counted]] = {}
    for word, ids in words.items():
        place = int(seen.ids.searchsorted(ids[0]))
        if len(ids) == 1 and place < len(seen.ids) and seen.ids.item(place) == ids[0]:
            windows = zip(reversed(WINDOWS), seen.logs[::-1, place].tolist(), strict=True)
            counts = [(side, round(math.expm1(log))) for side, log in windows if log > 0]
            found[word] = [(side, count) for side, count in counts if count]
    return found


def longest(counted: Iterable[Counted], limit: int) -> list[Counted]:
    """Return the first ``limit`` n-grams that no longer one contains with the same count."""
    kept: list[Counted] = []
    for (left, right), count in counted:
        if not any(left <= a and right <= b and count <= other for (a, b), other in kept):
            kept.append(((left, right), count))
            if len(kept) == limit:
                break
    return kept


def _values(store: CountStore, order: int, keys: list[int]) -> list[float]:
    return store.values(order, np.array(keys, dtype=np.uint64)).tolist() if keys else []


def _keys(store: CountStore, pairs: Pairs, word: Sequence[int]) -> dict[_Side, int]:
    """Return the keys of the n-grams whose symbols are known and whose borders were counted."""
    before, after = pairs.dense
    most_left = _known(pairs.left) if before.item(word[0]) else 0
    most_right = _known(pairs.right) if after.item(word[-1]) else 0
    size = store.alphabet.size
    return {
        (left, right): gram_key([*pairs.left[:left][::-1], *word, *pairs.right[:right]], size)
        for left, right in _SIDES[len(word)]
        if left <= most_left and right <= most_right
    }


def _known(symbols: list[int]) -> int:
    """Return how many symbols there are before the first unknown one."""
    return symbols.index(UNKNOWN) if UNKNOWN in symbols else len(symbols)


def _counted(
    pairs: Pairs,
    word: Sequence[int],
    keys: dict[_Side, int],
    logs: dict[int, dict[int, float]],
) -> list[Counted]:
    found: dict[_Side, float] = {(0, 0): 1.0}
    for (left, right), key in keys.items():
        if left and (left - 1, right) not in found:
            continue
        if right and (left, right - 1) not in found:
            continue
        order = left + len(word) + right
        if order == ORDERS[0]:
            log = pairs.dense[int(left == 0)].item(word[0])
        else:
            log = logs[order][key]
        if log > 0:
            found[left, right] = log
    del found[0, 0]
    counted = [(side, round(math.expm1(log))) for side, log in found.items()]
    return [(side, count) for side, count in reversed(counted) if count]
