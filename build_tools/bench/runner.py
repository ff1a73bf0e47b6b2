"""Run parts one after another; what a part found is kept, so that a run can be gone on with."""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from build_tools.bench.machine import Listener, describe
from build_tools.bench.parts import PARTS
from build_tools.bench.settings import Settings

RUN_NAME = "run.json"
Run = dict[str, Any]
"""``machine``, ``settings``, and ``parts``: name → sections, noise, seconds, or an error."""


def run_parts(settings: Settings, names: Sequence[str], *, fresh: bool = False) -> Run:
    """Run the parts ``names`` that are not done yet with ``settings``; ``fresh``: all of them.

    A part that fails is noted and the others go on. Returns the run, which is written to
    ``RUN_NAME`` in the folder of the settings too.
    """
    settings.parts.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names, start=1):
        path = settings.parts / f"{name}.json"
        if not fresh and _is_done(path, settings):
            _say(f"[{number}/{len(names)}] {name}: done before")
            continue
        _say(f"[{number}/{len(names)}] {name} …")
        found = _measure(name, settings)
        _write(path, found)
        _say(f"    {found['seconds']:.0f} s {found.get('error', '')}")
    return gather(settings)


def gather(settings: Settings) -> Run:
    """Put together what the parts found with ``settings``."""
    parts: dict[str, Any] = {}
    for name in PARTS:
        path = settings.parts / f"{name}.json"
        if _has_settings(path, settings):
            parts[name] = json.loads(path.read_text("utf-8"))
    run = {"machine": describe(settings.models), "settings": settings.as_json(), "parts": parts}
    _write(settings.folder / RUN_NAME, run)
    return run


def _measure(name: str, settings: Settings) -> dict[str, Any]:
    # Making packages is no measurement, but it is our own work: the listener knows it as such.
    listener, begun = Listener(), time.perf_counter()
    found: dict[str, Any] = {"settings": settings.as_json()}
    try:
        found["sections"] = [section.as_json() for section in PARTS[name](settings)]
    except Exception as error:  # noqa: BLE001 - one part must not stop an unattended run
        said = f"{type(error).__name__}: {error}"
        found |= {"sections": [], "error": said, "traceback": traceback.format_exc()}
    found["noise"] = listener.noise().as_json()
    return found | {"seconds": time.perf_counter() - begun}


def _is_done(path: Path, settings: Settings) -> bool:
    return _has_settings(path, settings) and "error" not in json.loads(path.read_text("utf-8"))


def _has_settings(path: Path, settings: Settings) -> bool:
    if not path.is_file():
        return False
    return json.loads(path.read_text("utf-8"))["settings"] == settings.as_json()


def _write(path: Path, values: dict[str, Any]) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", "utf-8")
    part.replace(path)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
