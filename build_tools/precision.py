"""In which numbers to train: BF16 where the processor multiplies it itself, otherwise FP32.

Imports torch, nothing of ``assistant``. A processor without such instructions converts every
factor, which costs far more than FP32 does.
"""

from __future__ import annotations

import torch

_INSTRUCTIONS = "avx512_bf16", "amx_bf16", "avx10_2", "bf16"
"""Names in ``torch.cpu.get_capabilities`` of what multiplies BF16, on x86-64 and ARM."""


def has_bf16(device: str) -> bool:
    """Return whether ``device`` ("cpu" or "cuda") multiplies BF16 in hardware."""
    if device == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    capabilities = torch.cpu.get_capabilities()
    return any(bool(capabilities.get(name)) for name in _INSTRUCTIONS)


def autocast(device: str) -> torch.autocast:
    """Return the context in which to compute on ``device``."""
    return torch.autocast(device, dtype=torch.bfloat16, enabled=has_bf16(device))
