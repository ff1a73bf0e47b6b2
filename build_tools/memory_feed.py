"""The part of a memory-fed encoder that reads the memory: a small module beside its embeddings.

It is kept as ``memory_feed`` inside the masked language model, so checkpoints hold it and other
tools read the encoder without it. Imports torch, and of ``assistant`` only a number.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from torch import Tensor, nn

from assistant.engine.memory_feed import FED

NAME = "memory_feed"
_HIDDEN = 16


class MemoryFeed(nn.Module):
    """What is added to the embedding of a mask: gate · Σ p·E[c] + an opinion on the p alone.

    Gate and opinion come from the probabilities through one hidden layer that ends in zeros, so
    that an encoder trained without a memory starts unharmed. Without any p nothing is added.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner = nn.Linear(FED + 1, _HIDDEN)
        self.outer = nn.Linear(_HIDDEN, width + 1)
        nn.init.zeros_(self.outer.weight)
        nn.init.zeros_(self.outer.bias)

    def forward(self, embedded: Tensor, chances: Tensor) -> Tensor:
        """Return [..., H] of E[c] [..., 8, H] and p [..., 8]."""
        known = chances.sum(-1, keepdim=True)
        seen = self.outer(nn.functional.gelu(self.inner(torch.cat((chances, known), -1))))
        mixed = (chances[..., None] * embedded).sum(-2)
        return (seen[..., :1] * mixed + seen[..., 1:]) * (known > 0)


def attach(model: Any) -> MemoryFeed:
    """Give ``model`` a feed that has learnt nothing yet, unless it has one; return it."""
    if not hasattr(model, NAME):
        model.add_module(NAME, MemoryFeed(model.config.hidden_size))
    return getattr(model, NAME)


def restore(model: Any, folder: Path) -> None:
    """Give ``model`` the feed that is kept with the weights in ``folder``, if there is one."""
    files = sorted(folder.glob("*.safetensors")) if folder.is_dir() else []
    weights: dict[str, Tensor] = {}
    for path in files:
        with safe_open(path, framework="pt") as stored:
            for name in stored.keys():  # noqa: SIM118 - not a dictionary
                if name.startswith(f"{NAME}."):
                    weights[name.removeprefix(f"{NAME}.")] = stored.get_tensor(name).float()
    if weights:
        attach(model).load_state_dict(weights)
