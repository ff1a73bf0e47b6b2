"""When not to trust a translation: loops, lengths, what was lost. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

_LONGEST_ROUND = 8
_MOST_OF_ONE, _MOST_OF_MORE = 3, 2
"""How often one item ("very, very"), or several in a row, may be said in a row."""
_PHRASE = 4
_TOKENS_PER_TOKEN = 3
_SPARE_TOKENS = 12
_WORD = re.compile(r"\w+(?:['’]\w+)?")


def most_tokens(source_tokens: int, limit: int) -> int:
    """Return how many tokens a translation of ``source_tokens`` may have, at most ``limit``."""
    return min(limit, _TOKENS_PER_TOKEN * source_tokens + _SPARE_TOKENS)


@dataclass(frozen=True, slots=True)
class Said:
    """How often a source says the same: in a row (marks apart), and a phrase anywhere; 1: never.

    So often its translation may say the same.
    """

    in_a_row: int = 1
    anywhere: int = 1

    @property
    def is_plain(self) -> bool:
        """Whether the source asks for no more repetition than any sentence may hold (看看)."""
        return max(self.in_a_row, self.anywhere) <= _MOST_OF_MORE


def said_again(source: str) -> Said:
    """Return how often ``source`` repeats itself: 不，不，不 says the same three times in a row."""
    characters = [character for character in source if character.isalnum()]
    in_a_row = max((rounds for _, _, rounds in _rounds(characters)), default=1)
    return Said(in_a_row, max(map(len, _places(characters).values()), default=1))


def is_loop(ids: Sequence[int], text: str, said: Said) -> bool:
    """Tell whether a translation, as tokens and as words, goes round in circles.

    It says one thing more than three times in a row, several more than twice, or a phrase of four
    more than twice anywhere, and more often than its source does.
    """
    words = [match[0].lower() for match in _WORD.finditer(text)]
    return any(
        _surplus(items, said.in_a_row) is not None or _again(items, said.anywhere) is not None
        for items in (ids, words)
    )


def without_loops(text: str, said: Said) -> str:
    """Return ``text`` without the rounds that are too many; see :func:`is_loop`.

    What stands behind the rounds stays; at a phrase that comes too often the text is cut.
    """
    while True:
        words = list(_WORD.finditer(text))
        items = [word[0].lower() for word in words]
        if (surplus := _surplus(items, said.in_a_row)) is not None:
            first, end = surplus
            text = text[: words[first - 1].end()] + text[words[end - 1].end() :]
        elif (place := _again(items, said.anywhere)) is not None:
            text = text[: words[place - 1].end()]
        else:
            return text


def _surplus(items: Sequence[Hashable], allowed: int) -> tuple[int, int] | None:
    """Return the first stretch [start, end) of rounds that are too many."""
    for start, size, rounds in _rounds(items):
        most = max(allowed, _MOST_OF_ONE if size == 1 else _MOST_OF_MORE)
        if rounds > most:
            return start + most * size, start + rounds * size
    return None


def _rounds(items: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """Return (start, size, rounds) wherever 1 to 8 items come at least twice in a row."""
    if len(set(items)) == len(items):
        return []
    found: list[tuple[int, int, int]] = []
    for size in range(1, min(_LONGEST_ROUND, len(items) // 2) + 1):
        run = 0
        for place in range(len(items) - size + 1):
            if place + size < len(items) and items[place] == items[place + size]:
                run += 1
                continue
            if run >= size:
                found.append((place - run, size, run // size + 1))
            run = 0
    return found


def _again(items: Sequence[Hashable], allowed: int) -> int | None:
    """Return where a phrase begins anew that comes too often."""
    most = max(allowed, _MOST_OF_MORE)
    return next((at[1] for at in _places(items).values() if len(at) > most), None)


def _places(items: Sequence[Hashable]) -> dict[tuple[Hashable, ...], list[int]]:
    """Return where every phrase of four items stands, overlaps apart; {} if none comes thrice."""
    if not items or max(Counter(items).values()) <= _MOST_OF_MORE:
        return {}
    places: dict[tuple[Hashable, ...], list[int]] = {}
    for start in range(len(items) - _PHRASE + 1):
        seen = places.setdefault(tuple(items[start : start + _PHRASE]), [])
        if not seen or start - seen[-1] >= _PHRASE:
            seen.append(start)
    return places
