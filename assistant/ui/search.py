"""Find text: plain or by regular expression, with full-width forms and case folded on request.

Folding keeps the length, so offsets found are offsets of the text. Pure: imports nothing of ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WIDTHS = {0x3000: 0x20} | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MOST = 10_000
"""More matches than this are not listed."""


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


def find_all(query: Query, text: str) -> list[Match]:
    """Return the matches of ``query`` in ``text``, in order, without overlaps or empty ones.

    Raises re.error for a wrong regular expression.
    """
    if not query.text:
        return []
    found = []
    for match in _compiled(query).finditer(_folded(query, text)):
        if match.end() > match.start():
            found.append(Match(match.start(), match.end()))
        if len(found) >= _MOST:
            break
    return found


def replacement(query: Query, text: str, match: Match, new: str) -> str:
    r"""Return what to write for ``match``: ``new``, its ``\1`` expanded for a regex.

    Raises re.error for a wrong replacement.
    """
    if not query.regex:
        return new
    found = _compiled(query).search(_folded(query, text), match.start_char)
    return found.expand(new) if found else new


def _compiled(query: Query) -> re.Pattern[str]:
    pattern = query.text if query.regex else re.escape(_folded(query, query.text))
    if query.regex and query.fold_width:
        pattern = query.text.translate(_WIDTHS)
    return re.compile(pattern, (re.IGNORECASE if query.fold_case else 0) | re.MULTILINE)


def _folded(query: Query, text: str) -> str:
    return text.translate(_WIDTHS) if query.fold_width else text
