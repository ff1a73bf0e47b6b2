"""``self-test``: are the bundled models whole, and do they run here? No Qt here."""

from __future__ import annotations

import argparse
import time
from typing import Any

from assistant.commands.common import report
from assistant.diagnostics import resident_bytes, versions
from assistant.engine.fill import Filler
from assistant.engine.package import load_package
from assistant.errors import BubaiError, ModelFormatError
from assistant.paths import Paths, find_paths
from assistant.records import FillRequest, Task
from assistant.text.masks import find_spans

_PROBE = "春眠不觉晓，处处闻[MASK]鸟。"


def add_parser(commands: Any) -> None:
    """Add the command to the sub-parsers ``commands``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "self-test", help="check the bundled models and run each once"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check and run every bundled model; print what was found; return the exit code."""
    paths = find_paths()
    for name, version in versions().items():
        print(f"{name}: {version}")
    for name in ("resources", "data", "config", "logs"):
        print(f"{name}: {getattr(paths, name)}")
    code = 0
    for task in Task:
        try:
            print(f"{task.value}: ok, {_check(paths, task)}")
        except BubaiError as error:
            code = report(error)
    print(f"memory: {resident_bytes() / 1e6:.0f} MB")
    print("self-test: " + ("ok" if code == 0 else "failed"))
    return code


def _check(paths: Paths, task: Task) -> str:
    started = time.perf_counter()
    package = load_package(paths.model_folder(task), task)
    verified = time.perf_counter()
    filler = Filler(package)
    result = filler.fill(FillRequest(_PROBE, find_spans(_PROBE)))
    if not result.spans[0].candidates:
        raise ModelFormatError(folder=package.folder.name, reason="no candidates")
    manifest = package.manifest
    return (
        f"{manifest.name} {manifest.version}, {len(manifest.files)} files "
        f"{filler.info.bytes_on_disk / 1e6:.1f} MB verified in "
        f"{(verified - started) * 1000:.0f} ms, loaded in {filler.info.load_ms:.0f} ms, "
        f"first inference {result.elapsed_ms:.0f} ms"
    )
