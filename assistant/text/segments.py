"""The sentences of a text that are to be translated, and the text around their translations.

Pure; imports only ``text``. Lines, blank lines, indents, list markers and whatever holds no
Chinese stay as they are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.text.characters import has_han
from assistant.text.protected import find_protected
from assistant.text.sentences import clause_borders, sentence_borders

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_NUMERALS = "一二三四五六七八九十"
_CHINESE_MARKER = re.compile(rf"(?:([{_NUMERALS}]{{1,3}})、|[(（]([{_NUMERALS}]{{1,3}})[)）])")
_WIDE_MARKER = re.compile(r"(\d{1,3})[、．]")
_MARKER = re.compile(
    r"(?:[>#]+\s*|[-*+–—]\s+(?:\[[ xX]\]\s+)?|[•·●○■◆▪▶※]\s*|[①-⑳]\s*"
    r"|\d{1,3}(?:\.(?!\d)|[)、．）])\s*|[(（]\d{1,3}[)）]\s*"
    rf"|{_CHINESE_MARKER.pattern}\s*)+"
)
_CELL = re.compile(r"\t+|\|+")
_TRAILING_OFF = re.compile(r"…+[”’」』）)】》\"']*$")
_SHORT = 6
"""A piece of so few characters that only trails off (我……) is read with what follows."""
_NARROW = str.maketrans("０１２３４５６７８９（）", "0123456789()")
_OPENING = "([{<“‘（《【「『"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: ``[start_char, end_char)`` in the text, no white space around."""

    start_char: int
    end_char: int


def find_sentences(text: str) -> tuple[Place, ...]:
    """Return the sentences of ``text`` with Chinese in them, in order.

    A sentence lies within one line (or one cell of a table); addresses and code are never split.
    """
    places: list[Place] = []
    for line in _LINE.finditer(text):
        if has_han(line[0]):
            places += _in_line(line[0], line.start())
    return tuple(places)


def pieces_of(sentence: str, size: Callable[[str], int], limit: int) -> list[str]:
    """Split ``sentence`` at clauses so that the ``size`` of every piece is at most ``limit``.

    Clauses that are too long themselves are split between characters, in halves.
    """
    if size(sentence) <= limit or len(sentence) < 2:
        return [sentence]
    protected = find_protected(sentence)
    borders = _outside(clause_borders(sentence), protected)
    if len(borders) <= 2:
        middle = len(sentence) // 2
        middle = next((start for start, end in protected if start < middle < end), middle)
        middle = middle or len(sentence) // 2
        halves = sentence[:middle], sentence[middle:]
        return [piece for half in halves for piece in pieces_of(half, size, limit)]
    pieces: list[str] = []
    begin = 0
    for before, end in itertools.pairwise(borders):
        if before > begin and size(sentence[begin:end]) > limit:
            pieces.append(sentence[begin:before])
            begin = before
    pieces.append(sentence[begin:])
    return [part for piece in pieces for part in pieces_of(piece, size, limit)]


def rebuild(text: str, places: Sequence[Place], targets: Sequence[str]) -> str:
    """Return ``text`` with the ``targets`` in the ``places``, everything else as it was.

    Between two sentences of a line stands a space; Chinese list markers become Western ones
    (一、 as 1.), so that the number of lines and what begins them stay.
    """
    parts: list[str] = []
    end = 0
    for place, target in zip(places, targets, strict=True):
        parts.append(_gap(text[end : place.start_char], is_first=end == 0))
        parts.append(target)
        end = place.end_char
    tail = text[end:]
    parts.append(_after(tail) if end else tail)
    return "".join(parts)


def _in_line(line: str, offset: int) -> list[Place]:
    protected = find_protected(line)
    borders = set(sentence_borders(line))
    is_table = line.lstrip().startswith("|")
    for match in _CELL.finditer(line):
        if is_table or "\t" in match[0]:
            borders |= {match.start(), match.end()}
    if marker := _MARKER.match(line, len(line) - len(line.lstrip())):
        # What ends inside the marker (1. …) is no sentence.
        borders = {b for b in borders if b == 0 or b >= marker.end()} | {marker.end()}
    ordered = _outside(sorted(borders), protected)
    spans = [(a, b) for a, b in itertools.pairwise(ordered) if line[a:b].strip()]
    places: list[Place] = []
    for start, end in _joined(line, spans, marker.end() if marker else 0):
        body = line[start:end]
        first = start + len(body) - len(body.lstrip())
        last = start + len(body.rstrip())
        if has_han(body) and (not marker or first >= marker.end()):
            places.append(Place(offset + first, offset + last))
    return places


def _joined(line: str, spans: list[tuple[int, int]], begin: int) -> list[tuple[int, int]]:
    """Join what only trails off with what follows it."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and joined[-1][0] >= begin:
            before = line[joined[-1][0] : joined[-1][1]]
            short = len(_TRAILING_OFF.sub("", before)) <= _SHORT
            if short and _TRAILING_OFF.search(before) and joined[-1][1] == start:
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined


def _outside(borders: Sequence[int], protected: Sequence[tuple[int, int]]) -> list[int]:
    return [b for b in borders if not any(start < b < end for start, end in protected)]


def _gap(between: str, *, is_first: bool) -> str:
    """Return what stands before a translation; ``between`` follows another one unless first."""
    breaks = list(_BREAK.finditer(between))
    if not breaks:
        return _head(between) if is_first else _inside(between)
    tail, middle = between[: breaks[0].start()], between[breaks[0].start() : breaks[-1].end()]
    tail = tail if is_first else _after(tail)
    return tail + middle + _head(between[breaks[-1].end() :])


def _head(text: str) -> str:
    """Return what begins a line, before a translation."""
    bare = text.lstrip()
    indent = text[: len(text) - len(bare)]
    marker = _MARKER.fullmatch(bare)
    if marker is None:
        return text if not bare or _joins(bare[-1]) else f"{text} "
    western = _WIDE_MARKER.sub(r"\1.", _CHINESE_MARKER.sub(_western, bare))
    western = western.translate(_NARROW)
    return indent + (western if western[-1:].isspace() else f"{western} ")


def _inside(text: str) -> str:
    """Return what stands between two translations of one line."""
    bare = text.strip()
    if not bare:
        return text if "\t" in text else " "
    if _CELL.fullmatch(bare) or "\t" in text:
        return text
    return f"{_after(text.rstrip())}{'' if _joins(bare[-1]) else ' '}"


def _after(text: str) -> str:
    """Return what follows a translation in its line."""
    return f" {text}" if text[:1].isalnum() or (text[:1] and text[0] in _OPENING) else text


def _joins(character: str) -> bool:
    """Whether a translation may follow without a space."""
    return character.isspace() or character in _OPENING or character in "|\"'"


def _western(match: re.Match[str]) -> str:
    number = _value(match[1] or match[2])
    return f"{number}." if match[1] else f"({number})"


def _value(numerals: str) -> int:
    """Return the value of a numeral below 100: 三, 十二, 二十, 三十一."""
    tens, ten, ones = numerals.rpartition("十")
    high = (_NUMERALS.index(tens[-1]) + 1 if tens else 1) * 10 if ten else 0
    return high + (_NUMERALS.index(ones[-1]) + 1 if ones else 0)
