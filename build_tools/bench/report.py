"""The report of a run in Markdown: BENCHMARKS.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from build_tools.bench.machine import was_quiet
from build_tools.bench.parts import PARTS
from build_tools.bench.section import Ratio, Section, span, table
from build_tools.bench.stored import Stored, kind_of, ratios_of

PLOT = "docs/benchmarks.png"
_OWN = "bubai-"
_INTRODUCTION = (
    "Written by `python -m build_tools.bench all --rounds {rounds}` (or `make bench`){missing}. "
    "All peers ran on the same "
    "weights and the same texts, taking turns in one run, each in a process of its own, with one "
    "thread unless said. Milliseconds are medians of the clock with the 95th percentile in "
    "brackets; “times as fast” compares medians of processor time within a run, with the least and "
    "the greatest of {repeats} repeats, each with fresh processes. Compare ratios across machines, "
    "never milliseconds. `python -m build_tools.bench check RUN.json` compares the ratios of "
    "another run with those in `docs/benchmarks.json` of a processor with the same instructions."
)


def report(run: Mapping[str, Any], stored: Mapping[str, Stored] | None = None) -> str:
    """Return the text of the report; ``stored`` are runs by the kind of their processor.

    What those of another kind reached stands beside what ``run`` did.
    """
    own = kind_of(run["machine"])
    others = [one for kind, one in (stored or {}).items() if kind != own]
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
        *(_other_machine(one) for one in others),
        goals(ratios, others),
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
    loud = {name: part for name, part in run["parts"].items() if not was_quiet(part)}
    if not loud:
        most = [
            max((part["noise"][name] for part in run["parts"].values()), default=0.0)
            for name in ("others", "steal")
        ]
        return (
            f"The machine was quiet: during a part, other programs took at most {most[0]:.1%} of "
            f"it, and its host (steal) {most[1]:.1%}."
        )
    rows = [
        [name, f"{part['noise']['load_before']:.1f}", f"{part['noise']['others']:.0%}",
         f"{part['noise']['steal']:.1%}"]
        for name, part in loud.items()
    ]  # fmt: skip
    return (
        "**The machine was not quiet.** Other programs took part of the processor, or the host did "
        "(steal). Times of the clock suffer most:\n\n"
        + table(("part", "load before", "other programs", "steal"), rows)
    )


def goals(ratios: Iterable[Ratio], others: Sequence[Stored] = ()) -> str:
    """Return the table of the ratios that have a target, with the medians of other machines."""
    rows = [
        [one.name, f"{'≥' if one.higher else '≤'} {one.target:.3g}", span(one.values),
         "reached" if one.is_reached else "**not reached**",
         *(_median(other, one.name) for other in others)]
        for one in ratios
        if one.target is not None and one.values
    ]  # fmt: skip
    beside = [kind_of(other["machine"]) for other in others]
    return table(("ratio", "goal", "median (least–greatest)", "", *beside), rows)


def _median(other: Stored, name: str) -> str:
    found = other["ratios"].get(name)
    return f"{found['median']:.3g}" if found else ""


def _other_machine(other: Stored) -> str:
    machine = other["machine"]
    models = ", ".join(f"{name} {said}" for name, said in machine.items() if _OWN in name)
    column = kind_of(machine)
    return f"Column “{column}”: medians of another machine, {machine['processor']}; {models}."


def _ratio_table(ratios: Iterable[Ratio]) -> str:
    rows = [[one.name, span(one.values)] for one in ratios if one.values]
    return table(("ratio", "median (least–greatest)"), rows)
