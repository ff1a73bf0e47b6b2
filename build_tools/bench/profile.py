"""What onnxruntime's own profile says: time by operator, and how many products were summed."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_INTEGER = {"DynamicQuantizeMatMul", "MatMulIntegerToFloat", "MatMulInteger"}
_CONTAINERS = {"Loop", "If", "Scan"}
"""Their time is that of the operators inside."""
_FLOAT = {"MatMul", "FusedMatMul", "Gemm", "FusedGemm"}


@dataclass(frozen=True, slots=True)
class Profile:
    """Milliseconds by operator, summed over all runs.

    ``integer`` and ``floating`` count multiplications of INT8 and of FP32 matrices, ``integer_ms``
    is the time of the former.
    """

    milliseconds: dict[str, float]
    integer: float
    floating: float
    integer_ms: float

    @property
    def total_ms(self) -> float:
        """Milliseconds of all operators."""
        return sum(self.milliseconds.values())


def read_profile(path: Path) -> Profile:
    """Read the JSON that ``end_profiling`` wrote."""
    return summarise(json.loads(path.read_text(encoding="utf-8")))


def summarise(events: Iterable[dict[str, Any]]) -> Profile:
    """Add up the events of operators."""
    times: Counter[str] = Counter()
    integer = floating = integer_ms = 0.0
    for event in events:
        given = event.get("args", {})
        name = given.get("op_name")
        if event.get("cat") != "Node" or not event["name"].endswith("_kernel_time"):
            continue
        if not name or name in _CONTAINERS:
            continue
        times[name] += event["dur"] / 1000
        if name in _INTEGER:
            integer += products(given)
            integer_ms += event["dur"] / 1000
        elif name in _FLOAT:
            floating += products(given)
    return Profile(dict(times.most_common()), integer, floating, integer_ms)


def products(given: dict[str, Any]) -> float:
    """Return the multiplications of one product of matrices: elements of the result times depth."""
    shapes = [next(iter(one.values())) for one in given.get("input_type_shape", [])]
    results = [next(iter(one.values())) for one in given.get("output_type_shape", [])]
    if not shapes or not results or not shapes[0]:
        return 0.0
    return float(math.prod(results[0])) * shapes[0][-1]
