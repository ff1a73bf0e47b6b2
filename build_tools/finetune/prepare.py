"""``prepare``: gather, clean and part the rows, and make the neighbour vectors.

Imports nothing of ``assistant``. Rows that share 13 characters with a development set are left
out (as in ``build_tools.corpus``), duplicates too; one in forty, by digest, is held out.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import numpy as np

from build_tools.corpus.clean import han_only
from build_tools.corpus.overlap import DevelopmentShingles, passage_digest
from build_tools.finetune.feelings import feeling_rows, heading_rows
from build_tools.finetune.judged import judged_rows
from build_tools.finetune.keywords import keyword_rows, label_parts, passages
from build_tools.finetune.records import OF_THREE, Row, write_rows
from build_tools.finetune.sources import labelled_rows, unlabelled_texts
from build_tools.finetune.vectors import neighbour_vectors
from build_tools.finetune.written import written_rows
from build_tools.finetune.zero_shot import ZERO_SHOT, zero_shot_labels

HELD_OUT_ONE_IN = 40
_OF_THREE_HELD_OUT_ONE_IN = 8
"""There are few of them, and their held-out ones say what is neutral."""
_VECTOR_TEXTS = 120_000


def prepare(data: Path, tokenizer: Path, out: Path, seed: int) -> None:
    """Write ``train.jsonl``, ``held_out.jsonl``, ``vectors.npy`` and ``prepared.json``."""
    out.mkdir(parents=True, exist_ok=True)
    forbidden = label_parts(zero_shot_labels(data / "dev"))
    known = DevelopmentShingles.of_folder(data / "dev")
    texts = [text for text in passages(data / "open", seed) if not known.overlaps(text)]
    print(f"{len(texts):,} passages", flush=True)
    keywords = list(keyword_rows(texts, forbidden, seed))
    headings = heading_rows((row.keyword for row in keywords if row.keyword), seed)
    felt = feeling_rows(data / "open", seed)
    # What was judged for this stands before what stars say of the same text.
    rows = [*judged_rows(data), *labelled_rows(data), *keywords, *written_rows(), *felt, *headings]
    kept, dropped = _clean(rows, known)
    counts = {}
    for name, held_out in (("train", False), ("held_out", True)):
        part = [row for row in kept if _is_held_out(row) == held_out]
        write_rows(out / f"{name}.jsonl", part)
        counts[name] = dict(Counter(row.source for row in part))
    _write_vectors(kept, texts, data, tokenizer, out, seed)
    listing = {"seed": seed, "rows": counts, "dropped": dropped, "never_trained": ZERO_SHOT}
    text = json.dumps(listing, ensure_ascii=False, indent=1)
    (out / "prepared.json").write_text(text + "\n", "utf-8")
    print(text, flush=True)


def _clean(rows: list[Row], known: DevelopmentShingles) -> tuple[list[Row], dict[str, int]]:
    """Return the rows without overlaps and duplicates, and how many were dropped, by source."""
    seen: set[tuple[int, str | None, str | None]] = set()
    kept, dropped = [], Counter()
    for row in rows:
        kind = "sentiment" if row.sentiment is not None else row.source
        key = (passage_digest(row.text), row.hypothesis, kind)
        if known.overlaps(row.text) or (key in seen and len(han_only(row.text)) > 3):
            dropped[row.source] += 1
            continue
        seen.add(key)
        kept.append(row)
    return kept, dict(dropped)


def _is_held_out(row: Row) -> bool:
    one_in = _OF_THREE_HELD_OUT_ONE_IN if row.source in OF_THREE else HELD_OUT_ONE_IN
    return passage_digest(row.text) % one_in == 0


def _write_vectors(
    rows: list[Row], passage_texts: list[str], data: Path, tokenizer: Path, out: Path, seed: int
) -> None:
    texts = [*dict.fromkeys(row.text for row in rows), *passage_texts, *unlabelled_texts(data)]
    texts = list(dict.fromkeys(texts))
    random.Random(seed).shuffle(texts)
    print(f"neighbour vectors from {min(len(texts), _VECTOR_TEXTS):,} texts", flush=True)
    vectors = neighbour_vectors(texts[:_VECTOR_TEXTS], tokenizer, seed)
    np.save(out / "vectors.npy", vectors)
