"""The trial of the frozen app must notice an app that does not work."""

from __future__ import annotations

import json
import sys

import pytest

from build_tools.smoke import TEXT, SmokeError, check_fill, check_window, environment, run


def fill(text, *candidates):
    return json.dumps({"text": text, "spans": [{"candidates": list(candidates)}]})


def test_the_first_candidate_is_told():
    assert check_fill(fill(TEXT, {"text": "花"}, {"text": "树"})) == "花"


@pytest.mark.parametrize("output", [fill(TEXT), fill("别的", {"text": "花"})])
def test_a_fill_that_is_none_is_an_error(output):
    with pytest.raises(SmokeError):
        check_fill(output)


def test_a_program_that_fails_is_an_error_with_its_words(tmp_path):
    command = [sys.executable, "-c", "import sys; print('broken'); sys.exit(3)"]
    with pytest.raises(SmokeError, match="ended with 3\nbroken"):
        run(command, environment(tmp_path), tmp_path)


def test_a_window_that_closes_by_itself_is_an_error(tmp_path):
    command = [sys.executable, "-c", "print('no platform plugin')"]
    with pytest.raises(SmokeError, match="no platform plugin"):
        check_window(command, environment(tmp_path), tmp_path)


def test_the_environment_knows_nothing_of_this_project(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/somewhere")
    env = environment(tmp_path)
    assert "PYTHONPATH" not in env
    assert "LD_LIBRARY_PATH" not in env
