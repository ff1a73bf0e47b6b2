"""A run can be gone on with, and one part that fails does not stop the others."""

from __future__ import annotations

import json

import pytest

from build_tools.bench import runner
from build_tools.bench.section import Ratio, Section
from build_tools.bench.settings import Settings


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    asked: list[str] = []

    def good(settings: Settings) -> list[Section]:
        asked.append("good")
        return [Section("Good", ["text"], [Ratio("r", (1.0, 2.0))])]

    def bad(settings: Settings) -> list[Section]:
        asked.append("bad")
        raise ValueError("no weights")

    monkeypatch.setattr(runner, "PARTS", {"bad": bad, "good": good})
    return asked


def test_what_is_done_is_not_measured_again_what_failed_is(asked, tmp_path):
    settings = Settings(folder=tmp_path)
    runner.run_parts(settings, ["bad", "good"])
    run = runner.run_parts(settings, ["bad", "good"])
    assert asked == ["bad", "good", "bad"]
    assert run["parts"]["bad"]["error"] == "ValueError: no weights"
    assert Section.from_json(run["parts"]["good"]["sections"][0]).ratios[0].values == (1.0, 2.0)
    assert json.loads((tmp_path / runner.RUN_NAME).read_text("utf-8")) == run


def test_other_settings_and_fresh_measure_anew(asked, tmp_path):
    runner.run_parts(Settings(folder=tmp_path), ["good"])
    runner.run_parts(Settings(folder=tmp_path, rounds=9), ["good"])
    runner.run_parts(Settings(folder=tmp_path, rounds=9), ["good"], fresh=True)
    assert asked == ["good"] * 3


def test_settings_survive_json(tmp_path):
    settings = Settings(folder=tmp_path, repeats=5, quick=True)
    assert Settings.from_json(json.loads(json.dumps(settings.as_json()))) == settings
