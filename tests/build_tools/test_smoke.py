"""The trial of the frozen app must notice an app that does not work."""

from __future__ import annotations

import json
import sys

import pytest

from build_tools.smoke import (
    TEXT,
    SmokeError,
    check_fill,
    check_portable,
    check_window,
    environment,
    run,
)


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


def app_that_keeps_its_data_in(folder, app):
    """Return a stand-in for the app, which only tells its folders."""
    program = app / "Bubai"
    told = f"data: {folder}/data\nconfig: {app}/bubai-data/config\nlogs: {app}/bubai-data/logs"
    program.write_text(f"#!/bin/sh\ncat <<END\n{told}\nEND\n", encoding="utf-8")
    program.chmod(0o755)
    return program


posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")


@posix
def test_an_app_that_keeps_everything_beside_it_is_portable(tmp_path):
    program = app_that_keeps_its_data_in(tmp_path / "bubai-data", tmp_path)
    check_portable(program, environment(tmp_path), tmp_path)
    assert not (tmp_path / "portable").exists()


@posix
def test_an_app_that_keeps_something_elsewhere_is_not_portable(tmp_path):
    program = app_that_keeps_its_data_in("/home/elsewhere", tmp_path)
    with pytest.raises(SmokeError, match="elsewhere"):
        check_portable(program, environment(tmp_path), tmp_path)
