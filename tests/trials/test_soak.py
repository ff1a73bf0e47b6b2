"""A short soak of the real window, and how its figures are judged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from build_tools.trials.soak import SoakReport

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.timeout(400)
def test_150_random_actions_leave_no_trouble():
    """In a process of its own: it takes over the file dialogs and Qt's messages."""
    command = [sys.executable, "-m", "build_tools.trials", "soak", "--actions", "150"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert "150 actions" in done.stdout, done.stdout + done.stderr
    assert ", 0 troubles" in done.stdout, done.stdout


@pytest.mark.parametrize(("last", "passed"), [(104.0, True), (106.0, False)])
def test_memory_may_grow_by_five_per_cent_after_the_first_fifth(last, passed):
    sizes = [50.0, 90.0, *[100.0] * 6, last, last]
    assert SoakReport(megabytes=sizes).passed is passed


def test_one_warning_fails_the_soak():
    assert not SoakReport(megabytes=[100.0] * 10, troubles=["Qt QtWarningMsg: …"]).passed
