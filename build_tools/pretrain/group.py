"""The processes of one run: one, or those that ``torchrun`` started.

Imports torch, nothing of ``assistant``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import torch
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel


@dataclass(frozen=True, slots=True)
class Group:
    """This process's place among ``world`` processes, and its device."""

    rank: int
    world: int
    device: torch.device

    @classmethod
    def join(cls, device: str) -> Group:
        """Join the group that ``torchrun`` describes in the environment, if it does."""
        world = int(os.environ.get("WORLD_SIZE", "1"))
        place = torch.device(device)
        if place.type == "cuda":
            place = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
            torch.cuda.set_device(place)
        if world == 1:
            return cls(0, 1, place)
        distributed.init_process_group("nccl" if place.type == "cuda" else "gloo")
        return cls(distributed.get_rank(), world, place)

    @property
    def leads(self) -> bool:
        """Tell whether this process writes the files and makes the decisions."""
        return self.rank == 0

    def wrap(self, net: nn.Module) -> nn.Module:
        """Return ``net`` with its gradients averaged over the group."""
        if self.world == 1:
            return net
        devices = [self.device.index] if self.device.type == "cuda" else None
        return DistributedDataParallel(net, device_ids=devices)

    def agreed(self, values: list[float]) -> list[float]:
        """Return the leader's ``values`` in every process."""
        if self.world == 1:
            return values
        shared = torch.tensor(values, dtype=torch.float64, device=self.device)
        distributed.broadcast(shared, 0)
        return shared.tolist()

    def gathered(self, value: Any) -> list[Any]:
        """Return the ``value`` of every process, in order of rank."""
        if self.world == 1:
            return [value]
        found: list[Any] = [None] * self.world
        distributed.all_gather_object(found, value)
        return found

    def leave(self) -> None:
        """Leave the group."""
        if self.world > 1:
            distributed.destroy_process_group()
