"""Choose the alphabet of a phrase memory from a corpus.

Uses OpenCC at build time only: the folding table goes into the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from opencc import OpenCC

from assistant.engine.memory_alphabet import MAX_ALPHABET, Alphabet, build_alphabet

_HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
_CHUNK_CHARS = 1 << 22


def is_han(char: str) -> bool:
    """Return whether ``char`` is a Chinese character of the basic plane."""
    return any(first <= ord(char) < last for first, last in _HAN_BLOCKS)


def simplified_of_traditional() -> dict[str, str]:
    """Return the characters that OpenCC writes otherwise in simplified Chinese."""
    convert = OpenCC("t2s").convert
    pairs = {}
    for first, last in _HAN_BLOCKS:
        for code in range(first, last):
            target = convert(chr(code))
            if target != chr(code) and len(target) == 1 and is_han(target):
                pairs[chr(code)] = target
    return {origin: target for origin, target in pairs.items() if target not in pairs}


def count_characters(files: Iterable[Path]) -> Counter[str]:
    """Count the characters of text files."""
    counts = np.zeros(0x110000, dtype=np.int64)
    for path in files:
        with path.open(encoding="utf-8") as stream:
            while text := stream.read(_CHUNK_CHARS):
                codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
                counts += np.bincount(codes, minlength=len(counts))
    return Counter({chr(code): int(counts[code]) for code in np.flatnonzero(counts)})


def choose_alphabet(
    counts: Counter[str], *, at_least: int = 3, limit: int = MAX_ALPHABET
) -> Alphabet:
    """Take the commonest Chinese characters seen ``at_least`` times; ties by code point."""
    folded = simplified_of_traditional()
    merged: Counter[str] = Counter()
    for char, count in counts.items():
        if is_han(char):
            merged[folded.get(char, char)] += count
    ranked = sorted(merged.items(), key=lambda item: (-item[1], item[0]))
    return build_alphabet([char for char, count in ranked if count >= at_least], folded, limit)
