"""A tiny phrase memory with a network made by hand: the longer the n-gram, the more it counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assistant.engine.memory_counts import WINDOWS
from assistant.engine.memory_file import read_sections, write_sections
from assistant.engine.memory_scorer import BLANK_FEATURES
from tests.engine.memory_samples import write_memory


def network() -> dict[str, np.ndarray]:
    """Return the sections of a network that weighs every count by the length of its n-gram."""
    windows = len(WINDOWS)
    direct = np.zeros(2 * windows + 1, dtype=np.float32)
    direct[:windows] = [2.0 * (left + right) for left, right in WINDOWS]
    weights = {
        "candidate": np.zeros((len(direct), 1)),
        "blank": np.zeros((BLANK_FEATURES, 1)),
        "bias": np.zeros(1),
        "out": np.zeros(1),
        "direct": direct,
        "rest_blank": np.zeros((BLANK_FEATURES, 1)),
        "rest": np.zeros(1),
        "rest_bias": np.array([0, 1]),
    }
    return {f"scorer.{name}": weight.astype(np.float32) for name, weight in weights.items()}


def write_fitted_memory(folder: Path, texts: tuple[str, ...]) -> Path:
    """Write a memory of ``texts`` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    sections = read_sections(write_memory(folder, texts))
    path = folder / "fitted.bin"
    write_sections(path, {**sections, **network()})
    return path
