"""The longest gap of the UI thread while one types into 300,000 characters."""

from __future__ import annotations

from build_tools.bench.child import run_child
from build_tools.bench.section import Ratio, Section, table
from build_tools.bench.settings import Settings


def run(settings: Settings) -> list[Section]:
    """Type with and without analysis."""
    given = ("--characters", "20000", "--seconds", "4") if settings.quick else ("--seconds", "20")
    found = run_child("ui_gap", "--json", *given, threads=1)
    head = ["", "longest gap, ms", "second", "third", "over 16 ms", "CPU time of the thread, ms"]
    rows = [
        [one["when"], *(f"{gap:.1f}" for gap in one["wall_ms"][:3]), str(one["late"]),
         f"{one['cpu_ms']:.1f}"]
        for one in found
    ]  # fmt: skip
    worst = max(one["wall_ms"][0] for one in found)
    body = [table(head, rows), "A gap is the time in which the UI thread answered nothing."]
    ratio = Ratio("longest gap of the UI thread / 16 ms", (worst / 16,), 1.0, False, None)
    return [Section("Typing into a long document", body, [ratio])]
