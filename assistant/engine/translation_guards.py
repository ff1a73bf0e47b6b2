"""When not to trust a translation: loops, lengths, what was lost. Pure."""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST_LOOP = 8
_TOKENS_PER_TOKEN = 3
_SPARE_TOKENS = 12


def most_tokens(source_tokens: int, limit: int) -> int:
    """Return how many tokens a translation of ``source_tokens`` may have, at most ``limit``."""
    return min(limit, _TOKENS_PER_TOKEN * source_tokens + _SPARE_TOKENS)


def loop_start(ids: Sequence[int]) -> int | None:
    """Return where ``ids`` begins to go round in circles, behind the first round; None if not.

    A loop is one token four times in a row, or up to eight tokens three times in a row; or four
    tokens that come three times anywhere.
    """
    for size in range(1, _LONGEST_LOOP + 1):
        rounds = 4 if size == 1 else 3
        for start in range(len(ids) - rounds * size + 1):
            first = ids[start : start + size]
            if all(
                ids[start + n * size : start + (n + 1) * size] == first for n in range(1, rounds)
            ):
                return start + size
    places: dict[tuple[int, ...], list[int]] = {}
    for start in range(len(ids) - 3):
        seen = places.setdefault(tuple(ids[start : start + 4]), [])
        if not seen or start - seen[-1] >= 4:
            seen.append(start)
        if len(seen) == 3:
            return seen[1]
    return None


def repeats(text: str) -> bool:
    """Return whether a source repeats itself (哈哈哈哈), so that its translation may too."""
    return loop_start([ord(character) for character in text]) is not None
