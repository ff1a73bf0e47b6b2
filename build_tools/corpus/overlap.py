"""Keep development text and duplicates out of the corpus.

Imports nothing of ``assistant``. A passage overlaps a development set when both hold the same 13
Chinese characters in a row (GPT-3's 13-gram rule, by character), whatever stands between them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from build_tools.corpus.clean import han_only
from build_tools.corpus.sources import open_text

SHINGLE = 13
"""Characters of one shingle."""
_PRIME = np.uint64(0x100000001B3)


def shingles(text: str) -> NDArray[np.uint64]:
    """Return the 64-bit hashes of all runs of 13 Chinese characters of ``text``, in order."""
    codes = np.frombuffer(han_only(text).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = len(codes) - SHINGLE + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    hashes = np.full(count, 0xCBF29CE484222325, dtype=np.uint64)
    for offset in range(SHINGLE):
        hashes = (hashes ^ codes[offset : offset + count]) * _PRIME
        hashes ^= hashes >> np.uint64(29)
    return hashes


class DevelopmentShingles:
    """The shingles of all development sets."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Hash ``lines`` of development text."""
        found = [shingles(line) for line in lines]
        self._hashes = np.unique(np.concatenate([np.empty(0, dtype=np.uint64), *found]))

    @classmethod
    def of_folder(cls, folder: Path) -> DevelopmentShingles:
        """Read every file of ``folder`` (.xz or plain text), line by line."""

        def lines() -> Iterable[str]:
            for path in sorted(folder.iterdir()):
                if path.is_file():
                    with open_text(path) as stream:
                        yield from stream

        return cls(lines())

    def overlaps(self, text: str) -> bool:
        """Return whether ``text`` shares a shingle with a development set."""
        wanted = shingles(text)
        if not len(wanted) or not len(self._hashes):
            return False
        places = np.searchsorted(self._hashes, wanted)
        places[places == len(self._hashes)] = 0
        return bool((self._hashes[places] == wanted).any())


class Duplicates:
    """Remembers passages by a 64-bit digest of their Chinese characters (8 bytes of use each)."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def add(self, text: str) -> bool:
        """Return whether ``text`` is new, and remember it."""
        digest = passage_digest(text)
        if digest in self._seen:
            return False
        self._seen.add(digest)
        return True


def passage_digest(text: str) -> int:
    """Return a stable 64-bit digest of the Chinese characters of ``text``."""
    raw = hashlib.blake2b(han_only(text).encode(), digest_size=8).digest()
    return int.from_bytes(raw, "little")
