"""Contests: fresh processes, turns, samples; with a peer of our own instead of models."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from build_tools.bench import contest as module
from build_tools.bench.contest import Case, Contest, Entry, Variant, hold, pooled
from build_tools.bench.peers import MAKERS
from build_tools.bench.samples import Samples
from build_tools.bench.section import Ratio, contest_table, faster, span
from build_tools.bench.settings import Settings

# Answers like build_tools.bench.worker; its "options" say how many milliseconds it pretends.
PEER = """
import json, sys
given = json.loads(sys.stdin.readline())
def answer(ms, units=1):
    print(json.dumps({"ms": ms, "cpu_ms": ms, "inside_ms": ms / 2, "resident_mb": 10.0,
                      "peak_mb": 20.0, "extras": {"units": units}}), flush=True)
answer(1.0)
for line in sys.stdin:
    payload = json.loads(line)
    if payload == "fail":
        print("no such thing", file=sys.stderr)
        sys.exit(1)
    answer(given["ms"] * len(payload), units=len(payload))
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    script = tmp_path / "peer.py"
    script.write_text(PEER, encoding="utf-8")
    popen = module.subprocess.Popen

    def start(_command: list[str], **named: object) -> object:
        return popen([sys.executable, str(script)], **named)

    monkeypatch.setattr(module.subprocess, "Popen", start)
    return Settings(folder=tmp_path, repeats=2, rounds=3)


def variants(slow_cases: tuple[str, ...] | None = None) -> tuple[Variant, ...]:
    return (
        Variant("fast", "the fast one", "none", {"ms": 2.0}),
        Variant("slow", "the slow one", "none", {"ms": 8.0}, slow_cases),
    )


def test_every_repeat_has_all_rounds_and_warming_up_is_not_counted(settings):
    repeats = hold(Contest("x", variants(), (Case("two", ("a", "b")),)), settings)
    assert len(repeats) == 2
    assert len(pooled(repeats, "fast", "two", "wall")) == 2 * 3 * 2
    assert set(pooled(repeats, "slow", "two", "cpu")) == {8.0}


def test_times_are_those_of_one_unit(settings):
    repeats = hold(Contest("x", variants(), (Case("file", ("abcd",), 1, 0),)), settings)
    assert pooled(repeats, "fast", "file", "wall") == [2.0, 2.0]


def test_a_quick_run_asks_once_and_starts_no_process(settings, monkeypatch):
    monkeypatch.setitem(MAKERS, "none", lambda ms: lambda payload: {"units": len(payload)})
    monkeypatch.setattr(module.subprocess, "Popen", None)
    quick = Settings(folder=settings.folder, repeats=1, rounds=1, quick=True)
    repeats = hold(Contest("x", variants(), (Case("two", ("a", "b")),)), quick, rounds=9)
    assert len(pooled(repeats, "fast", "two", "wall")) == 1


def test_a_variant_sits_out_what_it_does_not_take_part_in(settings):
    cases = (Case("one", ("a",)), Case("other", ("a",)))
    contest = Contest("x", variants(("one",)), cases)
    repeats = hold(contest, settings)
    assert pooled(repeats, "slow", "other", "wall") == []
    row = contest_table(contest, repeats).splitlines()[-1]
    assert row.startswith("| the slow one | 8.0 (8.0) |  | 1× (1–1) |  | 10 (20) | 1 |")


def test_what_a_peer_said_before_it_died_is_told(settings):
    with pytest.raises(RuntimeError, match="no such thing"):
        hold(Contest("x", variants(), (Case("bad", ("fail",)),)), settings)


def entry(*cpu: float) -> Entry:
    return Entry(cases={"case": Samples(wall=list(cpu), cpu=list(cpu), inside=list(cpu))})


def test_a_ratio_has_one_value_a_repeat():
    repeats = [
        {"fast": entry(2, 2, 9), "slow": entry(8, 8, 1)},
        {"fast": entry(2), "slow": entry(10)},
    ]
    ratio = faster("name", repeats, "slow", "fast", "case", 4.6)
    assert ratio.values == (4.0, 5.0)
    assert ratio.middle == 4.5
    assert ratio.is_reached is False


def test_whether_a_goal_is_reached_depends_on_which_way_is_better():
    assert Ratio("", (0.9,), 1.0, higher=False).is_reached is True
    assert Ratio("", (0.9,), 1.0, higher=True).is_reached is False
    assert Ratio("", (0.9,)).is_reached is None


def test_spans_show_the_least_and_the_greatest():
    assert span([6.81, 6.7, 7.0], "×") == "6.81× (6.7–7)"
    assert span([2.0]) == "2"
    assert span([]) == ""
