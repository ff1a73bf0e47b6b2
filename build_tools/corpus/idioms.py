"""Idioms of four characters, as token ids. Imports nothing of ``assistant``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from build_tools.corpus.sources import open_text

LENGTH = 4


def idiom_ids(path: Path, tokenizer: Tokenizer) -> NDArray[np.int64]:
    """Return the idioms [n, 4] that ``tokenizer`` can write, sorted.

    They are the first column of ``path`` (TAB separated, may be .xz).
    """
    known = tokenizer.get_vocab()
    with open_text(path) as lines:
        words = {line.split("\t")[0].strip() for line in lines}
    ids = [[known.get(c) for c in word] for word in sorted(words) if len(word) == LENGTH]
    return np.array([row for row in ids if None not in row], dtype=np.int64).reshape(-1, LENGTH)
