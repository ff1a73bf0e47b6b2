"""The report of a run in Markdown: BENCHMARKS.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from build_tools.bench.parts import PARTS
from build_tools.bench.section import Ratio, Section, span, table
from build_tools.bench.stored import ratios_of

PLOT = "docs/benchmarks.png"
_INTRODUCTION = (
    "Written by `python -m build_tools.bench all --rounds {rounds}` (or `make bench`){missing}. "
    "All peers ran on the same "
    "weights and the same texts, taking turns in one run, each in a process of its own, with one "
    "thread unless said. Milliseconds are medians of the clock with the 95th percentile in "
    "brackets; “times as fast” compares medians of processor time within a run, with the least and "
    "the greatest of {repeats} repeats, each with fresh processes. Compare ratios across machines, "
    "never milliseconds. `python -m build_tools.bench check RUN.json` compares the ratios of "
    "another run with `docs/benchmarks.json`."
)


def report(run: Mapping[str, Any]) -> str:
    """Return the text of the report."""
    ratios = list(ratios_of(run))
    missing = [name for name in PARTS if name not in run["parts"]]
    parts = [
        "# Benchmarks",
        _INTRODUCTION.format(
            repeats=run["settings"]["repeats"],
            rounds=run["settings"]["rounds"],
            missing=f", but for the parts not measured here: {', '.join(missing)}"
            if missing
            else "",
        ),
        table(("machine", ""), list(run["machine"].items())),
        noise(run),
        f"![Ratios, with the least and the greatest value]({PLOT})",
        "## Goals",
        goals(ratios),
    ]
    for name, part in run["parts"].items():
        if "error" in part:
            parts += [f"## {name}", f"This part failed: `{part['error']}`"]
        for values in part["sections"]:
            section = Section.from_json(values)
            parts += [f"## {section.title}", *section.body]
            if section.ratios:
                parts.append(_ratio_table(section.ratios))
    return "\n\n".join(parts) + "\n"


def noise(run: Mapping[str, Any]) -> str:
    """Return a sentence on what else the machine did, as a warning where that was much."""
    loud = {name: part for name, part in run["parts"].items() if not part["is_quiet"]}
    if not loud:
        most = max((part["noise"]["others"] for part in run["parts"].values()), default=0.0)
        return f"The machine was quiet: other programs took at most {most:.1%} of it during a part."
    rows = [
        [name, f"{part['noise']['load_before']:.1f}", f"{part['noise']['others']:.0%}",
         f"{part['noise']['steal']:.1%}"]
        for name, part in loud.items()
    ]  # fmt: skip
    return (
        "**The machine was not quiet: do not publish these figures.** Other programs took part of "
        "the processor, or the host did (steal):\n\n"
        + table(("part", "load before", "other programs", "steal"), rows)
    )


def goals(ratios: Iterable[Ratio]) -> str:
    """Return the table of the ratios that have a target."""
    rows = [
        [one.name, f"{'≥' if one.higher else '≤'} {one.target:.3g}", span(one.values),
         "reached" if one.is_reached else "**not reached**"]
        for one in ratios
        if one.target is not None and one.values
    ]  # fmt: skip
    return table(("ratio", "goal", "median (least–greatest)", ""), rows)


def _ratio_table(ratios: Iterable[Ratio]) -> str:
    rows = [[one.name, span(one.values)] for one in ratios if one.values]
    return table(("ratio", "median (least–greatest)"), rows)
