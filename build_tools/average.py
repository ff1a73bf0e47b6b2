"""Average checkpoints of one run: ``python -m build_tools.average OUT CHECKPOINT…``.

The mean of the weights lies lower in the same valley than each of them (Izmailov et al. 2018,
"Averaging Weights Leads to Wider Optima and Better Generalization"): for parts of one training, of
one shape and vocabulary, that began from one another. Two that began apart make nonsense, so
measure the result on held-out text. Configuration and tokenizer are those of the last one.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

WEIGHTS = "model.safetensors"


def average(folders: Sequence[Path], shares: Sequence[float]) -> dict[str, Tensor]:
    """Return the weighted mean of the checkpoints' weights, each in the type of the last one.

    ``shares`` are made to sum to 1. Raises ValueError where names or shapes differ, or without a
    share above 0.
    """
    total = sum(shares)
    if len(shares) != len(folders) or min(shares, default=0) < 0 or not total > 0:
        raise ValueError("a share above 0 for every checkpoint is needed")
    mean: dict[str, Tensor] = {}
    types: dict[str, torch.dtype] = {}
    for folder, share in zip(folders, shares, strict=True):
        weights = load_file(folder / WEIGHTS)
        shapes = {name: tensor.shape for name, tensor in weights.items()}
        if mean and shapes != {name: tensor.shape for name, tensor in mean.items()}:
            raise ValueError(f"{folder} holds weights of other names or shapes")
        types = {name: tensor.dtype for name, tensor in weights.items()}
        for name, tensor in weights.items():
            part = tensor.double() * (share / total)
            mean[name] = mean[name] + part if name in mean else part
    return {name: tensor.to(types[name]) for name, tensor in mean.items()}


def main() -> None:
    """Parse the command line and write the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder that does not exist yet")
    parser.add_argument("checkpoints", type=Path, nargs="+", help="folders, the last part last")
    parser.add_argument("--shares", type=float, nargs="+", help="one for each (default: equal)")
    options = parser.parse_args()
    shares = options.shares or [1.0] * len(options.checkpoints)
    try:
        weights = average(options.checkpoints, shares)
    except ValueError as error:
        parser.error(str(error))
    shutil.copytree(options.checkpoints[-1], options.out, ignore=shutil.ignore_patterns(WEIGHTS))
    save_file(weights, options.out / WEIGHTS, metadata={"format": "pt"})
    parts = [str(folder) for folder in options.checkpoints]
    text = json.dumps({"average_of": parts, "shares": shares}, indent=1)
    (options.out / "average.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
