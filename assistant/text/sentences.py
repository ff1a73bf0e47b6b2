"""Split a text into sentences and clauses. Pure; imports nothing of ours."""

from __future__ import annotations

import re
from itertools import pairwise

# A sentence ends after its closing marks and the quotes and brackets that close with it; a line
# break ends one too. An ASCII full stop only before white space or the end, so 3.14 stays whole.
_SENTENCE_END = re.compile(r"(?:[。！？!?；;…]+|\.(?=\s|$))[”’」』）)】》\"']*|[\r\n\u2028\u2029]+")
_CLAUSE_END = re.compile(r"[，,、：:。！？!?；;…\r\n]+[”’」』）)】》\"']*")


def sentence_borders(text: str) -> list[int]:
    """Return the offsets (code points) where sentences begin or end: 0, …, len(text)."""
    return _borders(_SENTENCE_END, text)


def clause_borders(text: str) -> list[int]:
    """Return the offsets (code points) where clauses begin or end: 0, …, len(text)."""
    return _borders(_CLAUSE_END, text)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every sentence in code points, without the white space around it."""
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(sentence_borders(text)):
        sentence = text[start:end]
        bare = sentence.strip()
        if bare:
            first = start + sentence.index(bare[0])
            spans.append((first, first + len(bare)))
    return spans


def _borders(pattern: re.Pattern[str], text: str) -> list[int]:
    inner = {match.end() for match in pattern.finditer(text)}
    return sorted({0, len(text)} | inner)
