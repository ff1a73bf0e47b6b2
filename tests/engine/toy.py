"""A toy fill package: a real tokenizer and manifest, and a session that is a table of numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from assistant.engine.cancel import Cancel
from assistant.engine.package import Package, load_package
from assistant.records import Task

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[SPAN]"]
LENGTHS = [f"[LEN{k}]" for k in range(1, 9)]
WORDS = [*"，。！", *"甲乙丙丁戊己庚辛", "x", "##y", "7", "12"]
TOKENS = [*SPECIAL, *LENGTHS, *WORDS]
PLAIN_TOKENS = [*SPECIAL[:5], *WORDS]


def write_package(
    folder: Path,
    *,
    tokens: list[str] = TOKENS,
    graph: bytes = b"no graph",
    **changes: Any,
) -> Path:
    """Write a package with ``tokens`` into ``folder`` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(
        models.WordPiece({token: i for i, token in enumerate(tokens)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens([token for token in tokens if token.startswith("[")])
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "model.onnx").write_bytes(graph)
    has_span = "[SPAN]" in tokens
    manifest: dict[str, Any] = {
        "format": 1,
        "task": "fill",
        "name": "toy",
        "version": "1",
        "licence": "MIT",
        "files": {
            name: {
                "bytes": (folder / name).stat().st_size,
                "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
            }
            for name in ("model.onnx", "tokenizer.json")
        },
        "model": "model.onnx",
        "tokenizer": "tokenizer.json",
        "memory": None,
        "inputs": ["input_ids", "attention_mask", "rows", "columns"],
        "outputs": ["log_probs"],
        "vocab_size": len(tokens),
        "max_length": 64,
        "context_chars": 40,
        "special_tokens": {
            "pad": "[PAD]",
            "unk": "[UNK]",
            "cls": "[CLS]",
            "sep": "[SEP]",
            "mask": "[MASK]",
            "span": "[SPAN]" if has_span else None,
            "lengths": LENGTHS if has_span else [],
        },
        "length_prior": [0.4, 0.3, 0.2, 0.1],
        **changes,
    }
    text = json.dumps(manifest, ensure_ascii=False)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return folder


def toy_package(folder: Path, **changes: Any) -> Package:
    """Write and load a toy package."""
    return load_package(write_package(folder, **changes), Task.FILL)


Scores = Callable[[tuple[int, ...], int], NDArray[np.float32]]


class ToySession:
    """Answers like an OnnxSession from ``scores(row without padding, column)``.

    The runs it served are kept in ``runs`` (rows of ids without padding).
    """

    def __init__(self, scores: Scores) -> None:
        self._scores = scores
        self.runs: list[list[tuple[int, ...]]] = []

    def run(
        self, feeds: Mapping[str, NDArray[np.generic]], cancel: Cancel | None = None
    ) -> list[NDArray[np.float32]]:
        """Return normalised log-probabilities, one row for each requested place."""
        if cancel is not None:
            cancel.check()
        rows = [
            tuple(int(i) for i in ids[: int(mask.sum())])
            for ids, mask in zip(feeds["input_ids"], feeds["attention_mask"], strict=True)
        ]
        self.runs.append(rows)
        places = zip(feeds["rows"], feeds["columns"], strict=True)
        scores = np.stack([self._scores(rows[int(r)], int(c)) for r, c in places])
        return [scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)]


def hashed_scores(seed: int, sharpness: float = 2.0, tokens: Sequence[str] = TOKENS) -> Scores:
    """Return scores that depend on the whole row and the column, the same for the same seed.

    Nearly all probability is with Chinese characters and the lengths.
    """
    likely = np.array([token in "甲乙丙丁戊己庚辛" or token in LENGTHS for token in tokens])

    def scores(row: tuple[int, ...], column: int) -> NDArray[np.float32]:
        generator = np.random.default_rng([seed, column, *row])
        noise = sharpness * generator.standard_normal(len(tokens))
        return np.where(likely, noise, noise - 30).astype(np.float32)

    return scores
