"""The texts that static vectors are counted over: openly licensed ones and the training rows.

Imports nothing of ``assistant``. Only characters that are tokens of their own count.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from build_tools.finetune.records import Row
from build_tools.finetune.sources import unlabelled_texts
from build_tools.finetune.units import VOCABULARY

SHARES = {
    "dialog_crosswoz_kdconv": 1.0,
    "dialog_smile": 1.0,
    "howto_unlicense": 1.0,
    "idioms_text": 1.0,
    "laws_pd": 1.0,
    "literature_pd": 0.6,
    "medical_huatuo": 1.0,
    "niutrans_modern": 0.35,
    "tatoeba_cmn": 1.0,
    "tech_lctt": 1.0,
    "wiki_cmrc_drcd_ud": 1.0,
}
"""Openly licensed texts in modern Chinese, and the share of their lines that is read."""
_WHOLE, _PIECE, _SHORTEST = 120, 90, 20


def passages(data: Path, rows: list[Row], seed: int) -> list[str]:
    """Return passages of at most 120 characters, shuffled."""
    chance = random.Random(seed)
    found = [piece for line in _open_lines(data / "open", chance) for piece in _pieces(line)]
    texts = (
        text for row in rows if row.source != "keywords" for text in (row.text, row.hypothesis)
    )
    for text in dict.fromkeys((*texts, *unlabelled_texts(data))):
        found += _pieces(text) if text else ()
    chance.shuffle(found)
    return found


def character_ids(tokenizer: Tokenizer) -> NDArray[np.int64]:
    """Return the id of every character that is a token of its own, by code point; 0 for others."""
    table = np.zeros(0x110000, dtype=np.int64)
    for token, number in tokenizer.get_vocab().items():
        if len(token) == 1 and number < VOCABULARY and not (token.isascii() and token.isalnum()):
            table[ord(token)] = number
    return table


def words_and_marks(tokenizer: Tokenizer) -> NDArray[np.bool_]:
    """Return which ids [8192] are characters or words, not marks and not special."""
    is_word = np.zeros(VOCABULARY, dtype=bool)
    special = {int(number) for number in tokenizer.get_added_tokens_decoder()}
    for token, number in tokenizer.get_vocab().items():
        is_word[number] = number not in special and token.removeprefix("##").isalnum()
    return is_word


def encoded(texts: list[str], ids: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return the ids of the characters of each text."""
    return [ids[np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)] for text in texts if text]


def _open_lines(folder: Path, chance: random.Random) -> Iterator[str]:
    for name, share in SHARES.items():
        path = folder / f"{name}.txt.xz"
        if not path.is_file():
            continue
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            yield from (line.strip() for line in stream if chance.random() < share)


def _pieces(line: str) -> list[str]:
    if len(line) <= _WHOLE:
        return [line] if line else []
    starts = range(0, len(line), _PIECE)
    return [line[start : start + _PIECE] for start in starts if len(line) - start >= _SHORTEST]
