"""Tell verse from prose: lines of clauses that are all as long. Pure; imports nothing of ours."""

from __future__ import annotations

import re

_MARK = re.compile(r"[，。！？；、,.!?;：:\s]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LENGTHS = (4, 5, 6, 7)
_MODERN = re.compile(r"[的了着们吗呢吧这那把很都]")


def is_verse(line: str) -> bool:
    """Return whether ``line`` reads like regular Chinese verse.

    At least two clauses of one length of 4–7 characters without the particles of modern prose,
    nothing else; a single clause does not say.
    """
    if _MODERN.search(line):
        return False
    clauses = [clause for clause in _MARK.split(line.strip()) if clause]
    length = len(clauses[0]) if len(clauses) > 1 else 0
    return length in _LENGTHS and all(
        len(clause) == length and _HAN.fullmatch(clause) for clause in clauses
    )
