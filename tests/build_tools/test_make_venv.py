"""What a machine without a fitting Python is told to install."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "build_tools" / "make_venv.sh"
OLD = "exit 1"
WITHOUT_VENV = 'case "$2" in *ensurepip*) exit 1 ;; esac'

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script of POSIX systems")


def told(folder: Path, pythons: dict[str, str]) -> str:
    """Return what the script says on a machine that has only ``pythons``, and no apt."""
    for name, script in pythons.items():
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
    env = {key: value for key, value in os.environ.items() if key != "BUBAI_PYTHON"}
    done = subprocess.run(
        ["/bin/sh", str(SCRIPT), str(folder / "venv")],
        env=env | {"PATH": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert not (folder / "venv").exists()
    return done.stderr


@pytest.mark.parametrize(
    ("pythons", "packages"),
    [
        ({}, "python3 python3-venv"),
        ({"python3": OLD}, "python3.11 python3.11-venv"),
        ({"python3": WITHOUT_VENV}, "python3-venv"),
        ({"python3": OLD, "python3.12": WITHOUT_VENV}, "python3.12-venv"),
    ],
)
def test_what_is_lacking_is_named(tmp_path: Path, pythons: dict[str, str], packages: str) -> None:
    lines = told(tmp_path, pythons).splitlines()
    assert lines[1].strip() == f"sudo apt-get install -y {packages}"


def test_a_python_that_fits_makes_the_environment(tmp_path: Path) -> None:
    folder = tmp_path / "venv"
    env = os.environ | {"BUBAI_PYTHON": sys.executable}
    subprocess.run(["/bin/sh", str(SCRIPT), str(folder)], env=env, check=True, capture_output=True)
    assert (folder / "bin" / "python").exists()
