"""What a part says: tables, sentences, and ratios that a later run is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from build_tools.bench.contest import Contest, Repeat, pooled
from build_tools.bench.samples import median, p95


@dataclass(frozen=True, slots=True)
class Ratio:
    """One number without a unit, seen ``values`` times.

    ``target`` is the goal, None without one; ``higher`` says which way is better;
    ``tolerance`` is the part of the stored value that a later run may be worse by; None: it depends
    on the machine and is not compared.
    """

    name: str
    values: tuple[float, ...]
    target: float | None = None
    higher: bool = True
    tolerance: float | None = 0.15

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def is_reached(self) -> bool | None:
        """Whether the median reaches the target; None without one."""
        if self.target is None:
            return None
        return self.middle >= self.target if self.higher else self.middle <= self.target


@dataclass(slots=True)
class Section:
    """One chapter of the report. ``tables`` and ``text`` are Markdown, in their order."""

    title: str
    body: list[str] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Section:
        """Read what :meth:`as_json` returned."""
        ratios = [Ratio(**{**one, "values": tuple(one["values"])}) for one in values["ratios"]]
        return cls(values["title"], list(values["body"]), ratios)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def contest_table(contest: Contest, repeats: Sequence[Repeat]) -> str:
    """Return the table of a contest: wall (p95), processor time against the last, memory, load."""
    cases = [case.name for case in contest.cases if case.is_timed]
    base = contest.variants[-1].name
    head = ["", *(f"{case}, ms (p95)" for case in cases)]
    head += [f"CPU, of {contest.variants[-1].description}: {case}" for case in cases]
    head += ["memory MB (peak)", "load ms"]
    rows: list[list[str]] = []
    for variant in contest.variants:
        row = [variant.description]
        for case in cases:
            wall = pooled(repeats, variant.name, case, "wall")
            row.append(f"{median(wall):.1f} ({p95(wall):.1f})" if wall else "")
        for case in cases:
            row.append(span(speed_ups(repeats, base, variant.name, case), "×"))
        entries = [repeat[variant.name] for repeat in repeats]
        memory = (
            median([getattr(e, name) for e in entries]) for name in ("resident_mb", "peak_mb")
        )
        row.append("{:.0f} ({:.0f})".format(*memory))
        row.append(f"{median([entry.load_ms for entry in entries]):.0f}")
        rows.append(row)
    return table(head, rows)


def speed_ups(repeats: Sequence[Repeat], slow: str, fast: str, case: str) -> list[float]:
    """Return how many times faster ``fast`` was than ``slow``, by processor time, each repeat."""
    found: list[float] = []
    for repeat in repeats:
        one, other = repeat[slow].cases.get(case), repeat[fast].cases.get(case)
        if one is not None and other is not None:
            found.append(median(one.cpu) / median(other.cpu))
    return found


def faster(
    name: str, repeats: Sequence[Repeat], slow: str, fast: str, case: str,
    target: float | None = None,
) -> Ratio:  # fmt: skip
    """Return the ratio "``fast`` is so many times as fast as ``slow``"."""
    return Ratio(name, tuple(speed_ups(repeats, slow, fast, case)), target)


def span(values: Sequence[float], unit: str = "") -> str:
    """Return the median with the least and the greatest: ``6.8× (6.7–7.0)``; "" of nothing."""
    if not values:
        return ""
    if len(values) == 1:
        return f"{values[0]:.3g}{unit}"
    return f"{median(values):.3g}{unit} ({min(values):.3g}–{max(values):.3g})"
