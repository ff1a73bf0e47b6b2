"""``likeness``: static vectors of units and the labels that training knows, kept with the rows.

Imports nothing of ``assistant``. Needs no encoder: minutes over all rows. One keyword in ten is
never shown, so that ``fit`` has labels that nothing has seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from build_tools.finetune.known import Texts, learn_known
from build_tools.finetune.passages import character_ids, encoded, passages, words_and_marks
from build_tools.finetune.records import Row, read_rows
from build_tools.finetune.static_vectors import StaticVectors, static_vectors

NAME = "likeness.npz"
SHARES = {"tnews": 0.7, "thucnews": 0.1, "shopping": 0.1, "keywords": 0.1}
"""Which sources' topics become known labels, and their part of the batches; keywords are what a
person's own labels look like."""
_KEYWORDS = 4000
_LONGEST = 160


def is_unseen(word: str) -> bool:
    """Tell whether ``word`` is kept for fitting."""
    return sum(ord(character) * (place + 7) for place, character in enumerate(word)) % 10 == 0


def build_likeness(data: Path, prepared: Path, tokenizer_file: Path, seed: int) -> None:
    """Write ``likeness.npz`` into the folder of prepared rows."""
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    rows = read_rows(prepared / "train.jsonl")
    target = prepared / NAME
    texts = encoded(passages(data, rows, seed), character_ids(tokenizer))
    print(f"static vectors from {len(texts):,} passages", flush=True)
    vectors = static_vectors(texts, words_and_marks(tokenizer), seed)
    stored = {name: getattr(vectors, name) for name in StaticVectors.__slots__}
    sources = [_texts(rows, name, share, tokenizer) for name, share in SHARES.items()]
    labels = sorted({name for one in sources if len(one.names) < 100 for name in one.names})
    strangers = sorted(set(sources[-1].names) - set(labels))
    names = [*labels, *strangers]
    name_ids = dict(zip(names, _ids(tokenizer, names), strict=True))
    known = learn_known(sources, strangers, name_ids, vectors, labels, seed)
    np.savez(
        target,
        **stored,
        labels=np.array(known.labels),
        label_vectors=known.label_vectors,
        unit_vectors=known.unit_vectors,
    )


def _texts(rows: Iterable[Row], source: str, share: float, tokenizer: Tokenizer) -> Texts:
    is_keyword = source == "keywords"
    found = [
        (row.text, str(row.keyword if is_keyword else row.topic))
        for row in rows
        if row.source == source and (row.keyword if is_keyword else row.topic)
    ]
    if is_keyword:
        found = [one for one in found if not is_unseen(one[1])][:_KEYWORDS]
    names = sorted({name for _, name in found})
    place = {name: number for number, name in enumerate(names)}
    answers = np.array([place[name] for _, name in found], dtype=np.int64)
    return Texts(_ids(tokenizer, [text for text, _ in found]), answers, names, share)


def _ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[NDArray[np.int64]]:
    found = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [np.array(one.ids[:_LONGEST], dtype=np.int64) for one in found]
