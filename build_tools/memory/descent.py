"""Fit a small network on rows that fit into memory: AdamW, shuffled batches, a falling rate."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn


def descend(
    net: nn.Module,
    count: int,
    loss_of: Callable[[Tensor], Tensor],
    *,
    batch: int,
    epochs: int,
    rate: float,
    decay: float,
    last: float = 0.01,
) -> None:
    """Make ``loss_of`` (row numbers [batch] of ``count``) small; changes ``net``.

    The rate falls in a line from ``rate`` to ``last`` of it; ``decay`` is AdamW's. Rows that do
    not fill a batch are left for the next epoch.
    """
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=decay)
    steps = max(1, epochs * (count // batch))
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, last, steps)
    for _ in range(epochs):
        order = torch.randperm(count)
        for start in range(0, count - batch + 1, batch):
            optimiser.zero_grad()
            loss_of(order[start : start + batch]).backward()
            optimiser.step()
            schedule.step()
