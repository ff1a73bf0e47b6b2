"""One text of up to a million characters: whether time is linear and memory flat."""

from __future__ import annotations

from build_tools.bench.child import run_child
from build_tools.bench.section import Ratio, Section, table
from build_tools.bench.settings import Settings

_SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)


def run(settings: Settings) -> list[Section]:
    """Judge texts of each size with the bundled package."""
    sizes = _SIZES[:2] if settings.quick else _SIZES
    found = run_child("long_child", str(settings.models / "understand"), *map(str, sizes))
    rows = [
        [f"{one['characters']:,}", f"{one['sentences']:,}", f"{one['seconds']:.2f}",
         f"{one['cpu_seconds']:.2f}", f"{one['cpu_seconds'] / one['characters'] * 1e6:.0f}",
         f"{one['resident_mb']:.0f}"]
        for one in found
    ]  # fmt: skip
    head = ["characters", "sentences", "seconds", "CPU seconds", "CPU µs a character", "memory MB"]
    first, last = found[0], found[-1]
    cost = [one["cpu_seconds"] / one["characters"] for one in (first, last)]
    ratios = [
        Ratio("long text: time a character, longest / 10,000", (cost[1] / cost[0],), 1.1, False),
        Ratio("long text: memory, longest / 10,000",
              (last["resident_mb"] / first["resident_mb"],), 1.5, False),
    ]  # fmt: skip
    body = [table(head, rows), "Every sentence and the text as a whole; nothing known before."]
    return [Section("A long text, our sentiment model", body, ratios)]
