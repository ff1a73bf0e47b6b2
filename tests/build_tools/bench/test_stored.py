"""The regression check compares ratios, never times."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from build_tools.bench.__main__ import main
from build_tools.bench.report import report
from build_tools.bench.section import Ratio, Section
from build_tools.bench.stored import read_stored, regressions, write_stored

CPU = "AVX, AVX2"


def run_of(*ratios: Ratio, quiet: bool = True, cpu: str = CPU) -> dict[str, Any]:
    section = Section("A title", ["A table."], list(ratios)).as_json()
    noise = {"load_before": 0.1, "others": 0.0 if quiet else 0.3, "steal": 0.0, "seconds": 1.0}
    part = {"sections": [section], "noise": noise}
    settings = {"repeats": 3, "rounds": 2}
    run = {
        "machine": {"processor": "Some CPU", "instructions": cpu, "bubai-fill": "1.2"},
        "settings": settings,
        "parts": {"fill": part},
    }
    return json.loads(json.dumps(run))


def stored(tmp_path: Path, *ratios: Ratio) -> dict[str, Any]:
    path = tmp_path / "stored.json"
    write_stored(run_of(*ratios), path)
    return read_stored(path)[CPU]


SPEED = Ratio("engine / torch", (6.7, 6.8, 7.0), 6.5)
SHARE = Ratio("share of Python", (0.10, 0.12, 0.11), 0.2, higher=False)
TIME = Ratio("start / 250 ms", (0.5,), 1.0, higher=False, tolerance=None)


@pytest.mark.parametrize("value", [6.8, 9.0, 6.0])
def test_a_ratio_within_the_tolerance_is_no_regression(tmp_path, value):
    assert regressions(run_of(Ratio("engine / torch", (value,))), stored(tmp_path, SPEED)) == []


def test_a_ratio_that_fell_is_told(tmp_path):
    (line,) = regressions(run_of(Ratio("engine / torch", (5.0, 5.1))), stored(tmp_path, SPEED))
    assert line.startswith("engine / torch: 5.05, was 6.8")


def test_where_lower_is_better_a_rise_is_told(tmp_path):
    kept = stored(tmp_path, SHARE)
    assert regressions(run_of(Ratio("share of Python", (0.3,), higher=False)), kept) != []
    assert regressions(run_of(Ratio("share of Python", (0.02,), higher=False)), kept) == []


def test_times_of_a_machine_are_never_compared(tmp_path):
    slower = Ratio("start / 250 ms", (40.0,), 1.0, higher=False, tolerance=None)
    assert regressions(run_of(slower), stored(tmp_path, TIME)) == []


def test_a_ratio_that_only_one_run_has_is_no_regression(tmp_path):
    assert regressions(run_of(Ratio("new", (0.1,))), stored(tmp_path, SPEED)) == []


def test_a_run_takes_the_place_of_its_own_kind_alone(tmp_path):
    path, other = tmp_path / "stored.json", "AVX, AVX2, AVX-512"
    write_stored(run_of(SPEED), path)
    write_stored(run_of(SHARE, cpu=other), path)
    write_stored(run_of(TIME), path)
    found = {kind: list(run["ratios"]) for kind, run in read_stored(path).items()}
    assert found == {"AVX, AVX2": [TIME.name], "AVX, AVX2, AVX-512": [SHARE.name]}
    assert read_stored(tmp_path / "none.json") == {}


@pytest.mark.parametrize(("value", "cpu", "code"), [(6.9, CPU, 0), (3.0, CPU, 1), (3.0, "NEON", 2)])
def test_check_exits_with_1_on_a_regression(tmp_path, monkeypatch, capsys, value, cpu, code):
    write_stored(run_of(SPEED), tmp_path / "stored.json")
    run = tmp_path / "run.json"
    run.write_text(json.dumps(run_of(Ratio("engine / torch", (value,)), cpu=cpu)), "utf-8")
    arguments = ["bench", "check", str(run), "--stored", str(tmp_path / "stored.json")]
    monkeypatch.setattr("sys.argv", arguments)
    assert main() == code
    said = capsys.readouterr().out
    assert ("engine / torch" in said) is (code == 1)
    assert ("NEON" in said) is (code == 2)


def test_the_report_says_which_goals_were_reached():
    text = report(run_of(SPEED, Ratio("slow", (1.0,), 2.0)))
    assert "| engine / torch | ≥ 6.5 | 6.8 (6.7–7) | reached |" in text
    assert "| slow | ≥ 2 | 1 | **not reached** |" in text
    assert "## A title\n\nA table." in text


def test_the_report_shows_what_other_processors_reached(tmp_path):
    path = tmp_path / "stored.json"
    write_stored(run_of(SPEED, cpu="AVX-512"), path)
    write_stored(run_of(Ratio("engine / torch", (1.0,), 6.5)), path)
    text = report(run_of(SPEED, SHARE), read_stored(path))
    assert "Column “AVX-512”: medians of another machine, Some CPU; bubai-fill 1.2." in text
    assert "| engine / torch | ≥ 6.5 | 6.8 (6.7–7) | reached | 6.8 |" in text
    assert "| share of Python | ≤ 0.2 | 0.11 (0.1–0.12) | reached |  |" in text


def test_the_report_warns_of_a_machine_that_was_busy():
    assert "was not quiet" not in report(run_of(SPEED))
    assert "was not quiet" in report(run_of(SPEED, quiet=False))
    assert "| fill | 0.1 | 30% | 0.0% |" in report(run_of(SPEED, quiet=False))
