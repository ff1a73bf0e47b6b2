"""How well held-out questions are answered, by source.

Imports torch, nothing of ``assistant``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import torch
from torch import nn

from build_tools.finetune.batches import Batch, Stream, batches
from build_tools.finetune.model import Outputs, Understander, outputs
from build_tools.finetune.records import CALM, ENTAILMENT, NEGATIVE, NOT_ENTAILMENT, POSITIVE
from build_tools.precision import autocast


@torch.no_grad()
def measure(
    model: Understander, hidden: nn.Module | Any, stream: Stream, count: int
) -> dict[str, tuple[float, int]]:
    """Return the share of right answers and their number by source, over ``count`` batches."""
    right: dict[str, list[bool]] = defaultdict(list)
    model.eval()
    for batch in batches(stream, count):
        arrays = (batch.ids, batch.positions, batch.owners, batch.parts)
        with autocast("cpu"):
            states, near = hidden(*map(torch.from_numpy, arrays))
        spans, texts, pairs = map(torch.from_numpy, (batch.spans, batch.texts, batch.pairs))
        _count(outputs(model, states, near, spans, texts, pairs), batch, right)
    model.train()
    return {name: (float(np.mean(found)), len(found)) for name, found in sorted(right.items())}


def _count(found: Outputs, batch: Batch, right: dict[str, list[bool]]) -> None:
    logits = found.sentiment.numpy()
    for row, wanted, of_three in zip(logits, batch.sentiments, batch.of_three, strict=True):
        if of_three:
            right["polarity"].append(bool(row.argmax() == wanted))
        elif wanted in (NEGATIVE, POSITIVE):
            right["sentiment"].append(bool(row[:CALM].argmax() == wanted))
    scores = found.inference.numpy()
    listed = set(batch.lists[batch.lists >= 0].tolist())
    for row in batch.lists:
        places = row[row >= 0]
        best = int(scores[places, ENTAILMENT].argmax())
        right[f"{batch.pair_sources[places[0]]} of {len(places)}"].append(best == 0)
    for place, wanted in enumerate(batch.pairs[:, 3]):
        if place not in listed:
            entailed = int(scores[place].argmax())
            holds = entailed != ENTAILMENT if wanted == NOT_ENTAILMENT else entailed == wanted
            right[batch.pair_sources[place]].append(bool(holds))
