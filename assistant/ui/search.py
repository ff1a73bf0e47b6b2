"""Find text: plain or by regular expression, with full-width forms and case folded on request.

Folding keeps the length, so offsets found are offsets of the text. Pure: imports nothing of ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

_WIDTHS = {0x3000: 0x20} | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
MOST = 10_000
"""More matches than this are not listed."""
_REFERENCE = re.compile(r"\\(?:g<(\w+)>|([1-9]\d?)|.)")
"""A group, or another escape, in what is to be written."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. ``fold_width`` takes Ａ for A and ， for , (full- and half-width)."""

    text: str
    regex: bool = False
    fold_case: bool = True
    fold_width: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """Where something was found, in code points, and what takes its place."""

    start_char: int
    end_char: int


def find_all(query: Query, text: str, most: int | None = MOST) -> list[Match]:
    """Return the matches of ``query`` in ``text``, in order, without overlaps or empty ones.

    At most ``most`` of them; None: all. Raises re.error for a wrong regular expression.
    """
    if not query.text:
        return []
    found = _compiled(query).finditer(_folded(query, text))
    matches = (Match(one.start(), one.end()) for one in found if one.end() > one.start())
    return list(islice(matches, most))


def replacements(query: Query, text: str, matches: Sequence[Match], new: str) -> list[str]:
    r"""Return what to write for each of ``matches``: ``new``, its ``\1`` expanded for a regex.

    A group is what stands in the text, not what that was folded to. Raises re.error for a wrong
    replacement.
    """
    if not query.regex:
        return [new] * len(matches)
    pattern, folded = _compiled(query), _folded(query, text)
    found = (pattern.match(folded, match.start_char) for match in matches)
    return [new if one is None else _expanded(one, text, new) for one in found]


def _expanded(found: re.Match[str], text: str, new: str) -> str:
    def write(token: re.Match[str]) -> str:
        try:
            words = found.expand(token[0])
        except IndexError as error:  # a name that no group has
            raise re.error(str(error)) from error
        name = token[1] or token[2]
        if name is None:
            return words
        start, end = found.span(int(name) if name.isdigit() else name)
        return text[start:end]

    return _REFERENCE.sub(write, new)


def _compiled(query: Query) -> re.Pattern[str]:
    pattern = query.text if query.regex else re.escape(_folded(query, query.text))
    if query.regex and query.fold_width:
        pattern = query.text.translate(_WIDTHS)
    return re.compile(pattern, (re.IGNORECASE if query.fold_case else 0) | re.MULTILINE)


def _folded(query: Query, text: str) -> str:
    return text.translate(_WIDTHS) if query.fold_width else text
