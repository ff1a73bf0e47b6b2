"""The ratios that are kept with the source, and whether a later run still reaches them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from build_tools.bench.section import Ratio, Section

Stored = dict[str, Any]
"""``machine``, and ``ratios`` by name."""
_SMALL = 0.02
"""Ratios are not compared closer than this: shares near 0 would differ by chance."""


def ratios_of(run: Mapping[str, Any]) -> Iterator[Ratio]:
    """Yield the ratios of a run in the order of its report."""
    for part in run["parts"].values():
        for section in part["sections"]:
            yield from Section.from_json(section).ratios


def kind_of(machine: Mapping[str, str]) -> str:
    """Return which instructions a processor has: ratios are compared among those alike.

    What INT8 gains over FP32 depends on them more than on anything else.
    """
    return machine["instructions"]


def read_stored(source: Path) -> dict[str, Stored]:
    """Return the stored runs by the kind of their processor; none without the file."""
    if not source.is_file():
        return {}
    runs: list[Stored] = json.loads(source.read_text("utf-8"))["runs"]
    return {kind_of(run["machine"]): run for run in runs}


def write_stored(run: Mapping[str, Any], target: Path) -> None:
    """Write the ratios of ``run`` for later runs to be compared with.

    They take the place of those of a processor of the same kind; others stay.
    """
    kept = {
        one.name: {
            "least": min(one.values), "median": one.middle, "most": max(one.values),
            "higher_is_better": one.higher, "tolerance": one.tolerance, "target": one.target,
        }
        for one in ratios_of(run)
        if one.values
    }  # fmt: skip
    machine = run["machine"]
    runs = read_stored(target) | {kind_of(machine): {"machine": machine, "ratios": kept}}
    values = {"runs": [runs[kind] for kind in sorted(runs)]}
    target.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", "utf-8")


def regressions(run: Mapping[str, Any], stored: Stored) -> list[str]:
    """Return a sentence for each ratio of ``run`` that is worse than the stored one.

    Worse: its median is beyond the worst value seen before by more than the tolerance. Ratios that
    only one of the two has are no regression.
    """
    found: list[str] = []
    for one in ratios_of(run):
        before = stored["ratios"].get(one.name)
        if before is None or not one.values or before["tolerance"] is None:
            continue
        worst = before["least"] if one.higher else before["most"]
        room = max(before["tolerance"] * worst, _SMALL)
        limit = worst - room if one.higher else worst + room
        if one.middle < limit if one.higher else one.middle > limit:
            found.append(
                f"{one.name}: {one.middle:.3g}, was {before['median']:.3g}, limit {limit:.3g}"
            )
    return found
