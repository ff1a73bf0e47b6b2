"""Fit the gate of proof-reading, and choose the threshold for a rate of false alarms.

Half of the lines are clean, half carry errors; the loss weighs errors down to the rate at which
people make them, so that the confidence is a probability there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from assistant.engine.proof_gate import FEATURES, OPTIONS, ProofGate
from build_tools.proofread.examples import Counted, Example

HIDDEN = 24
STEPS = 600
DECAY = 1e-4
RATE = 1 / 200
"""Errors per Chinese character in a draft: what the confidence is calibrated for."""
INJECTED_RATE = 1 / 40


@dataclass(frozen=True, slots=True)
class Report:
    """How a gate does at one threshold.

    ``recall`` counts errors that are shown, ``recall_by_kind`` those of them with the right
    character among the suggestions, ``corrected`` those where it comes first.
    """

    alarms_per_1000: float
    precision: float
    recall: float
    corrected: float
    recall_by_kind: tuple[float, ...]


def fit(clean: Sequence[Counted], injected: Sequence[Counted], seed: int = 0) -> dict[str, Any]:
    """Return the settings of a :class:`ProofGate`, its threshold still 0."""
    torch.manual_seed(seed)
    examples = [e for counted in (*clean, *injected) for e in counted.examples if e.right != -2]
    features, shown, target = _tensors(examples)
    # Errors are this much commoner here than in a draft, and every line is here twice.
    weight = torch.where(target == OPTIONS, 1.0, 2 * RATE / INJECTED_RATE)
    inner = torch.nn.Parameter(torch.randn(FEATURES, HIDDEN) * 0.1)
    bias = torch.nn.Parameter(torch.zeros(HIDDEN))
    outer = torch.nn.Parameter(torch.randn(HIDDEN) * 0.1)
    direct = torch.nn.Parameter(torch.zeros(FEATURES))
    optimiser = torch.optim.AdamW([inner, bias, outer, direct], lr=0.01, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 0.02, total_steps=STEPS)
    for _ in range(STEPS):
        scores = torch.relu(features @ inner + bias) @ outer + features @ direct
        scores = scores.masked_fill(~shown, -torch.inf)
        scores = torch.cat((scores, torch.zeros(len(scores), 1)), dim=1)
        loss = torch.nn.functional.cross_entropy(scores, target, reduction="none")
        loss = (loss * weight).sum() / weight.sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    parts = {"inner": inner, "bias": bias, "outer": outer, "direct": direct}
    return {
        **{name: _rounded(part) for name, part in parts.items()},
        "threshold": 0.0,
    }


def choose_threshold(settings: dict[str, Any], clean: Sequence[Counted], per_1000: float) -> float:
    """Return the lowest threshold with at most ``per_1000`` alarms per 1,000 characters."""
    gate = ProofGate(settings)
    alarms = np.sort([_decide(gate, e)[1] for c in clean for e in c.examples])[::-1]
    allowed = int(per_1000 * sum(c.characters for c in clean) / 1000)
    return float(np.ceil(alarms[allowed] * 1000 + 1e-9) / 1000) if allowed < len(alarms) else 0.0


def report(
    settings: dict[str, Any], clean: Sequence[Counted], injected: Sequence[Counted]
) -> Report:
    """Measure a gate at its threshold; precision is at the injected rate of errors."""
    gate = ProofGate(settings)
    alarms = sum(_decide(gate, e)[1] >= gate.threshold for c in clean for e in c.examples)
    shown = found = corrected = 0
    errors, hits = np.zeros(3), np.zeros(3)
    for counted in injected:
        errors += np.bincount(counted.errors, minlength=3)
        for example in counted.examples:
            choice, confidence = _decide(gate, example)
            if confidence >= gate.threshold:
                shown += 1
                found += example.right != -1
                corrected += example.right == choice
                if example.right >= 0:
                    hits[example.suspicion.kinds[example.right]] += 1
    total = max(1, errors.sum())
    return Report(
        1000 * float(alarms) / max(1, sum(c.characters for c in clean)),
        found / max(1, shown),
        float(found / total),
        float(corrected / total),
        tuple((hits / np.maximum(errors, 1)).tolist()),
    )


def _decide(gate: ProofGate, example: Example) -> tuple[int, float]:
    probabilities = gate.probabilities(example.suspicion.features)
    best = int(probabilities.argmax())
    return best, float(probabilities[best])


def _tensors(examples: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Return features [N, K, F], which options there are [N, K], and what is right [N]."""
    features = np.zeros((len(examples), OPTIONS, FEATURES), dtype=np.float32)
    shown = np.zeros((len(examples), OPTIONS), dtype=bool)
    target = np.full(len(examples), OPTIONS)
    for i, example in enumerate(examples):
        count = len(example.suspicion.suggestions)
        features[i, :count] = example.suspicion.features
        shown[i, :count] = True
        if example.right >= 0:
            target[i] = example.right
    return torch.from_numpy(features), torch.from_numpy(shown), torch.from_numpy(target)


def _rounded(part: Tensor) -> list[Any]:
    return np.round(part.detach().numpy().astype(float), 4).tolist()
