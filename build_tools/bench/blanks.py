"""Blanks of our own to compare what two graphs put there."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tokenizers import Tokenizer

from build_tools.bench.long_text import long_sentences

Blank = tuple[list[int], int, int]
"""A row of ids, the column of the mask in it, and the hidden id."""


def blanks(tokenizer: Path, count: int, seed: int = 5) -> list[Blank]:
    """Return ``count`` sentences with one hidden Chinese character each."""
    reader = Tokenizer.from_file(str(tokenizer))
    cls, sep, mask = (reader.token_to_id(token) for token in ("[CLS]", "[SEP]", "[MASK]"))
    random = Random(seed)
    found: list[Blank] = []
    for text in long_sentences(count, seed):
        encoded = reader.encode(text, add_special_tokens=False)
        places = [i for i, token in enumerate(encoded.tokens) if "\u4e00" <= token <= "\u9fff"]
        place = random.choice(places)
        ids = list(encoded.ids)
        hidden, ids[place] = ids[place], mask
        found.append(([cls, *ids, sep], place + 1, hidden))
    return found
