"""A short run of the killing: nothing older than two seconds is lost, no file is torn."""

from __future__ import annotations

import sys

import pytest

from build_tools.trials.faults import Person, Report, State, run_faults

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills with signals")


@pytest.mark.timeout(400)
def test_the_killed_app_loses_nothing():
    report = run_faults(kills=2, seed=7, longest_s=2.5)
    assert report.kills == 2
    assert report.losses == []


def test_a_text_that_no_state_had_counts_as_lost(tmp_path):
    person = Person(tmp_path, seed=0, longest_s=1.0)
    person._known = [State(1.0, "春"), State(2.0, "春天"), State(9.0, "春天来")]
    person._killed_at = 10.0
    report = Report()
    start = {"at": 11.0, "start": True, "recovered": True, "text": "夏", "file": None}
    person._judge([start], report)
    assert report.losses


@pytest.mark.parametrize(("text", "lost"), [("春天来", False), ("春天", False), ("春", True)])
def test_only_work_of_the_last_two_seconds_may_go(tmp_path, text, lost):
    person = Person(tmp_path, seed=0, longest_s=1.0)
    person._known = [State(1.0, "春"), State(2.0, "春天"), State(9.0, "春天来")]
    person._killed_at = 10.0
    report = Report()
    start = {"at": 11.0, "start": True, "recovered": True, "text": text, "file": None}
    person._judge([start], report)
    assert bool(report.losses) is lost
