"""The ratios that are kept with the source, and whether a later run still reaches them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from build_tools.bench.section import Ratio, Section

_SMALL = 0.02
"""Ratios are not compared closer than this: shares near 0 would differ by chance."""


def ratios_of(run: Mapping[str, Any]) -> Iterator[Ratio]:
    """Yield the ratios of a run in the order of its report."""
    for part in run["parts"].values():
        for section in part["sections"]:
            yield from Section.from_json(section).ratios


def write_stored(run: Mapping[str, Any], target: Path) -> None:
    """Write the ratios of ``run`` for later runs to be compared with."""
    kept = {
        one.name: {
            "least": min(one.values), "median": one.middle, "most": max(one.values),
            "higher_is_better": one.higher, "tolerance": one.tolerance, "target": one.target,
        }
        for one in ratios_of(run)
        if one.values
    }  # fmt: skip
    values = {"machine": run["machine"], "ratios": kept}
    target.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", "utf-8")


def regressions(run: Mapping[str, Any], stored: Mapping[str, Any]) -> list[str]:
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
