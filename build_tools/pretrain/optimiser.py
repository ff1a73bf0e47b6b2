"""Muon for the hidden matrices, AdamW for everything else, as one optimiser.

Imports torch, nothing of ``assistant``. Muon: Jordan et al. 2024; its update is scaled to AdamW's
(Liu et al. 2025, ``match_rms_adamw``), so one learning rate serves both.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from build_tools.precision import has_bf16


class _StayInFp32(TorchFunctionMode):
    """What asks for BF16 gets a copy in FP32: ``torch.optim.Muon`` knows no other precision."""

    def __torch_function__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        if func is torch.Tensor.bfloat16:
            return args[0].to(torch.float32, copy=True)
        return func(*args, **(kwargs or {}))


def in_best_precision(device: str) -> AbstractContextManager[object]:
    """Return the context for Muon's steps: it multiplies BF16 even where that is emulated."""
    return nullcontext() if has_bf16(device) else _StayInFp32()


class MuonAdamW:
    """Steps both optimisers with one learning rate."""

    def __init__(
        self, model: nn.Module, *, learning_rate: float, weight_decay: float, muon_steps: int
    ) -> None:
        """Divide the parameters of ``model``: matrices inside its layers, and the rest."""
        named = dict(model.named_parameters())
        matrices = [p for name, p in named.items() if ".layers." in name and p.ndim == 2]
        self.parameters = list(named.values())
        held = {id(p) for p in matrices}
        rest = [p for p in self.parameters if id(p) not in held]
        device = self._device = self.parameters[0].device.type
        self._muon = torch.optim.Muon(
            matrices,
            lr=learning_rate,
            weight_decay=weight_decay,
            ns_steps=muon_steps,
            adjust_lr_fn="match_rms_adamw",
        )
        self._adamw = torch.optim.AdamW(
            [
                {"params": [p for p in rest if p.ndim == 2], "weight_decay": weight_decay},
                {"params": [p for p in rest if p.ndim != 2], "weight_decay": 0.0},
            ],
            lr=learning_rate,
            betas=(0.9, 0.98),
            fused=device in ("cpu", "cuda"),
        )

    def step(self, learning_rate: float, clip: float) -> torch.Tensor:
        """Clip, step, clear the gradients; return the norm that the gradients had."""
        norm = nn.utils.clip_grad_norm_(self.parameters, clip)
        for optimiser in (self._muon, self._adamw):
            for group in optimiser.param_groups:
                group["lr"] = learning_rate
            with in_best_precision(self._device):
                optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        return norm

    def state_dict(self) -> dict[str, Any]:
        """Return the state of both."""
        return {"muon": self._muon.state_dict(), "adamw": self._adamw.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take the state of both back."""
        self._muon.load_state_dict(state["muon"])
        self._adamw.load_state_dict(state["adamw"])
