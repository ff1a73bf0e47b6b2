"""Held-out accuracy: hidden characters, and the length of the word behind a ``[SPAN]``.

Imports torch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from build_tools.corpus.shards import Shard
from build_tools.precision import autocast
from build_tools.pretrain.batches import Batch, epoch_order, pack
from build_tools.pretrain.feed import RowFeeder
from build_tools.pretrain.masking import IGNORED, Masker, MaskRules, SpecialIds
from build_tools.pretrain.model import PackedLoss

_BATCH_ROWS = 32


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Mean loss, and top-1 accuracies with the number of items behind them.

    ``isolated`` counts only the hidden characters whose two neighbours stand in the text: the
    easier case, and the one that published single-character figures are about.
    """

    loss: float
    characters: float
    isolated: float
    length: float
    character_count: int
    length_count: int


class HeldOutSet:
    """The same masked held-out rows at every evaluation; everything hidden is masked."""

    def __init__(
        self,
        shard: Shard,
        rules: MaskRules,
        special: SpecialIds,
        is_han: NDArray[np.bool_],
        *,
        rows: int,
        tokens: int,
        feeder: RowFeeder | None = None,
    ) -> None:
        """Mask and pack about ``rows`` rows of ``shard``, by the weights of its sources.

        ``feeder`` feeds all masks; its memory has not counted this text.
        """
        wanted = epoch_order(shard, seed=0, epoch=0)
        lengths = np.diff(shard.starts.astype(np.int64))[wanted] + 2
        wanted = wanted[: int(np.searchsorted(np.cumsum(lengths), rows * tokens)) + 1]
        masker = Masker(replace(rules, masked=1.0, random=0.0), special, is_han)
        segments = [shard[int(index)] for index in wanted]
        packed = pack(masker.apply(segments, np.random.default_rng(0)), tokens, special.pad)
        if feeder:
            fed = feeder.feed(packed.ids, packed.labels, None, counted=False)
            packed = replace(packed, fed=fed)
        self._batches = [
            Batch.of(packed.take(first, first + _BATCH_ROWS))
            for first in range(0, len(packed), _BATCH_ROWS)
        ]
        self._lengths = torch.tensor(special.lengths)
        self._hidden = np.array([special.mask, special.span])

    @torch.no_grad()
    def measure(self, net: PackedLoss) -> HeldOut:
        """Return the accuracy of ``net`` on the set; gradients and mode stay as they are."""
        device = next(net.parameters()).device
        loss, right, of_length, isolated = [], [], [], []
        for batch in self._batches:
            inputs = (*batch.inputs, *batch.fed)
            with autocast(device.type):
                logits = net.logits(*(torch.from_numpy(part).to(device) for part in inputs))
            targets = torch.from_numpy(batch.targets)
            held = targets != IGNORED
            logits, targets = logits.float().cpu()[held], targets[held]
            loss.append(functional.cross_entropy(logits, targets, reduction="none"))
            right.append(logits.argmax(-1) == targets)
            of_length.append(torch.isin(targets, self._lengths))
            isolated.append(torch.from_numpy(self._alone(batch))[held])
        hits, lengths = torch.cat(right).double(), torch.cat(of_length)
        return HeldOut(
            loss=float(torch.cat(loss).mean()),
            characters=float(hits[~lengths].mean()),
            isolated=float(hits[~lengths & torch.cat(isolated)].mean()),
            length=float(hits[lengths].mean()) if lengths.any() else float("nan"),
            character_count=int((~lengths).sum()),
            length_count=int(lengths.sum()),
        )

    def _alone(self, batch: Batch) -> NDArray[np.bool_]:
        hidden = np.isin(batch.rows.ids.reshape(-1), self._hidden)
        # [CLS] and [SEP] frame every segment, so a neighbour is always of the same row.
        left, right = batch.where - 1, np.minimum(batch.where + 1, len(hidden) - 1)
        return ~hidden[left] & ~hidden[right]
