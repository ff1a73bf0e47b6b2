"""Does one graph say what another says? FP32 against torch, INT8 against FP32.

Rows are made with the package's own tokenizer, outside the engine's search.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertForMaskedLM, ModernBertForMaskedLM

from assistant.engine.memory_feed import Feeder
from assistant.engine.session import OnnxSession
from build_tools.datasets import Item

LogProbs = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Row:
    """Token ids of a text with one mask, and the place of the mask."""

    ids: tuple[int, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far predictions agree with the reference's at the same blanks.

    ``top1``: share of blanks with the same best token; ``top5``: mean share of common tokens
    among the best five; ``largest``: largest difference of ln P over the reference's best five.
    """

    top1: float
    top5: float
    largest: float
    count: int


def encode(tokenizer: Tokenizer, items: Iterable[Item]) -> list[Row]:
    """Return ``[CLS] left [MASK] right [SEP]`` of each item."""
    cls, sep, mask = (tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]", "[MASK]"))
    rows = []
    for item in items:
        left = tokenizer.encode(item.left, add_special_tokens=False).ids
        right = tokenizer.encode(item.right, add_special_tokens=False).ids
        rows.append(Row((cls, *left, mask, *right, sep), 1 + len(left)))
    return rows


def predict(model: Path, rows: Sequence[Row], feeder: Feeder | None = None) -> LogProbs:
    """Return the graph's ln P over the vocabulary at each row's mask, shape [rows, V].

    A memory-fed graph needs a ``feeder``.
    """
    session = OnnxSession(model)
    results = []
    for row in rows:
        input_ids = np.array([row.ids], dtype=np.int64)
        feeds: dict[str, NDArray[np.generic]] = {
            "input_ids": input_ids,
            "attention_mask": np.ones_like(input_ids),
            "rows": np.zeros(1, dtype=np.int64),
            "columns": np.array([row.column], dtype=np.int64),
        }
        if feeder is not None:
            feed = feeder.feed(input_ids)
            feeds |= {"memory_ids": feed.ids, "memory_probs": feed.probabilities}
        results.append(session.run(feeds)[0])
    return np.concatenate(results)


def predict_with_torch(
    model: BertForMaskedLM | ModernBertForMaskedLM,
    rows: Sequence[Row],
    feeder: Feeder | None = None,
) -> LogProbs:
    """Return the same of the checkpoint itself."""
    embed: Any = model.get_input_embeddings()
    reader: Any = getattr(model, "memory_feed", None)
    results = []
    with torch.no_grad():
        for row in rows:
            ids = torch.tensor([row.ids])
            embedded = embed(ids)
            if feeder is not None:
                feed = feeder.feed(ids.numpy())
                said = embed(torch.from_numpy(feed.ids)), torch.from_numpy(feed.probabilities)
                embedded[0, row.column] += reader(*said)[0, 0]
            logits = model(inputs_embeds=embedded).logits[0, row.column]
            results.append(logits.log_softmax(dim=-1).numpy())
    return np.stack(results)


def largest_difference(one: LogProbs, other: LogProbs) -> float:
    """Return the largest absolute difference of ln P over all tokens."""
    return float(np.abs(one - other).max())


def agreement(reference: LogProbs, other: LogProbs) -> Agreement:
    """Compare the predictions of ``other`` with those of ``reference``, both [rows, V]."""
    best, others = _best_five(reference), _best_five(other)
    common = [len(set(a) & set(b)) / 5 for a, b in zip(best, others, strict=True)]
    differences = np.abs(
        np.take_along_axis(reference, best, axis=1) - np.take_along_axis(other, best, axis=1)
    )
    return Agreement(
        top1=float((best[:, 0] == others[:, 0]).mean()),
        top5=float(np.mean(common)),
        largest=float(differences.max()),
        count=len(reference),
    )


def mean_log_prob(predictions: LogProbs, tokenizer: Tokenizer, items: Sequence[Item]) -> float:
    """Return the mean ln P of the first answer of each item, one token each.

    Answers that the vocabulary does not hold are left out.
    """
    ids = [tokenizer.token_to_id(item.answers[0]) for item in items]
    known = [(place, i) for place, i in enumerate(ids) if i is not None]
    return float(np.mean([predictions[place, i] for place, i in known]))


def share_right(
    predictions: LogProbs, tokenizer: Tokenizer, items: Sequence[Item], top: int
) -> float:
    """Return the share of items whose first answer is among the ``top`` best tokens."""
    best = np.argsort(-predictions, axis=1, kind="stable")[:, :top]
    answers = [tokenizer.token_to_id(item.answers[0]) for item in items]
    return sum(answer in row for answer, row in zip(answers, best, strict=True)) / len(items)


def _best_five(predictions: LogProbs) -> NDArray[np.int64]:
    return np.argsort(-predictions, axis=1, kind="stable")[:, :5]
