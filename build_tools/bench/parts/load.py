"""50 mixed requests a second from eight threads: with micro-batches and without."""

from __future__ import annotations

from typing import Any

from build_tools.bench.child import run_child
from build_tools.bench.load.requests import SHARES
from build_tools.bench.section import Ratio, Section, table
from build_tools.bench.settings import Settings

_RATE, _SECONDS = 50, 60
_WAYS = {
    "one engine, a lock before each model": ("one",),
    "an engine a thread, one session a model": ("side",),
    "the same, micro-batches of what waits": ("batch",),
    "the same, waiting 2 ms for company": ("batch", "--wait-ms", "2"),
}
_HEAD = ("", "p50 ms", "p99 ms", "answered", "dropped", "CPU seconds", "memory MB")


def run(settings: Settings) -> list[Section]:
    """Answer the same requests in every way, one after another."""
    seconds = 4 if settings.quick else _SECONDS
    found: dict[str, Any] = {}
    for name, (way, *options) in _WAYS.items():
        found[name] = run_child(
            "load.child", way, str(settings.models), "--rate", str(_RATE),
            "--seconds", str(seconds), *options,
        )  # fmt: skip
    rows = [
        [name, f"{one['p50_ms']:.1f}", f"{one['p99_ms']:.1f}", str(one["answered"]),
         str(one["requests"] - one["answered"]),
         f"{one['cpu_seconds']:.1f}", f"{one['resident_mb']:.0f}"]
        for name, one in found.items()
    ]  # fmt: skip
    kinds = [
        [
            kind,
            *(
                f"{one['kinds'][kind][0]:.0f} / {one['kinds'][kind][1]:.0f}"
                for one in found.values()
            ),
        ]
        for kind in SHARES
        if all(kind in one["kinds"] for one in found.values())
    ]
    shares = ", ".join(f"{kind} {share:.0%}" for kind, share in SHARES.items())
    section = Section(f"{_RATE} requests a second for {seconds} s, eight threads")
    section.body = [
        f"{shares}; every text another one. A delay is counted from when the request was due.",
        table(_HEAD, rows),
        table(("p50 / p99, ms", *found), kinds),
    ]
    _one, side, batch, _waited = found.values()
    section.ratios = [
        Ratio("load: p99 side by side / 60 ms", (side["p99_ms"] / 60,), 1.0, False, None),
        Ratio("load: p99 with micro-batches / without", (batch["p99_ms"] / side["p99_ms"],),
              None, False, None),
        Ratio("load: CPU time with micro-batches / without",
              (batch["cpu_seconds"] / side["cpu_seconds"],), None, False, 0.25),
    ]  # fmt: skip
    return [section]
