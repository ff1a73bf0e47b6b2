"""``prepare``: gather, clean and part the rows, and make the neighbour vectors.

Imports nothing of ``assistant``. Rows that share 13 characters with a development set are left
out (as in ``build_tools.corpus``), whole texts that are measured and duplicates too.
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
from build_tools.finetune.judge import LINEAR
from build_tools.finetune.judged import judged_rows
from build_tools.finetune.keywords import keyword_rows, label_parts, passages
from build_tools.finetune.records import Row, write_rows
from build_tools.finetune.sources import labelled_rows, unlabelled_texts
from build_tools.finetune.split import is_held_out
from build_tools.finetune.vectors import neighbour_vectors
from build_tools.finetune.written import written_rows
from build_tools.finetune.zero_shot import ZERO_SHOT, zero_shot_labels
from build_tools.polarity_sets import polarity_sets
from build_tools.understand_sets import JUDGED_SETS, judged

_VECTOR_TEXTS = 120_000
_SAYS_NOTHING = 3
"""Chinese characters of a text that many others repeat."""


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
    kept, dropped = _clean(rows, known, _measured(data / "dev"))
    (out / LINEAR).unlink(missing_ok=True)  # fitted to other rows
    counts = {}
    for name, held_out in (("train", False), ("held_out", True)):
        part = [row for row in kept if is_held_out(row) == held_out]
        write_rows(out / f"{name}.jsonl", part)
        counts[name] = dict(Counter(row.source for row in part))
    _write_vectors(kept, texts, data, tokenizer, out, seed)
    listing = {"seed": seed, "rows": counts, "dropped": dropped, "never_trained": ZERO_SHOT}
    text = json.dumps(listing, ensure_ascii=False, indent=1)
    (out / "prepared.json").write_text(text + "\n", "utf-8")
    print(text, flush=True)


def _measured(dev: Path) -> set[int]:
    """Return the digests of judged texts that are measured, those too short to share 13 characters.

    Without texts of three characters and fewer: of what says as little, any text is a copy.
    """
    texts = [item.text for items in polarity_sets(dev).values() for item in items]
    texts += [item.text for name in JUDGED_SETS for item in judged(dev / f"{name}_dev.tsv.xz")]
    return {passage_digest(text) for text in texts if len(han_only(text)) > _SAYS_NOTHING}


def _clean(
    rows: list[Row], known: DevelopmentShingles, measured: set[int]
) -> tuple[list[Row], dict[str, int]]:
    """Return the rows without overlaps and duplicates, and how many were dropped, by source."""
    seen: set[tuple[int, str | None, str | None]] = set()
    kept, dropped = [], Counter()
    for row in rows:
        kind = "sentiment" if row.sentiment is not None else row.source
        key = (passage_digest(row.text), row.hypothesis, kind)
        is_known = key[0] in measured or known.overlaps(row.text)
        if is_known or (key in seen and len(han_only(row.text)) > _SAYS_NOTHING):
            dropped[row.source] += 1
            continue
        seen.add(key)
        kept.append(row)
    return kept, dict(dropped)


def _write_vectors(
    rows: list[Row], passage_texts: list[str], data: Path, tokenizer: Path, out: Path, seed: int
) -> None:
    texts = [*dict.fromkeys(row.text for row in rows), *passage_texts, *unlabelled_texts(data)]
    texts = list(dict.fromkeys(texts))
    random.Random(seed).shuffle(texts)
    print(f"neighbour vectors from {min(len(texts), _VECTOR_TEXTS):,} texts", flush=True)
    vectors = neighbour_vectors(texts[:_VECTOR_TEXTS], tokenizer, seed)
    np.save(out / "vectors.npy", vectors)
