"""``self-test``: are the models whole, and do they run here? No Qt here."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from assistant.commands.common import report
from assistant.cpu import read_cpu
from assistant.diagnostics import resident_bytes, versions
from assistant.engine.package import load_package
from assistant.engine.store import ModelStore
from assistant.engine.trial import trial_of
from assistant.errors import BubaiError
from assistant.paths import find_paths
from assistant.records import Task


def add_parser(commands: Any) -> None:
    """Add the command to the sub-parsers ``commands``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "self-test", help="check the models that came with Bubai or are in use, and run each once"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check and run the models; print what was found; return the exit code."""
    paths = find_paths()
    for name, version in versions().items():
        print(f"{name}: {version}")
    cpu = read_cpu()
    print(f"processor: {cpu.name} {' '.join(cpu.shown_features)}".rstrip())
    if cpu.is_slow:
        print("processor: without AVX2, everything works but slower")
    for name in ("resources", "data", "config", "logs"):
        print(f"{name}: {getattr(paths, name)}")
    store = ModelStore(paths)
    code = 0
    for task in Task:
        # One that was chosen is tried too, once.
        for folder in dict.fromkeys((store.bundled(task), store.active(task))):
            if task is not Task.FILL and not folder.exists():
                print(f"{task.value}: none bundled")
                continue
            try:
                print(f"{task.value}: ok, {_check(folder, task)}")
            except BubaiError as error:
                code = report(error)
    print(f"memory: {resident_bytes() / 1e6:.0f} MB")
    print("self-test: " + ("ok" if code == 0 else "failed"))
    return code


def _check(folder: Path, task: Task) -> str:
    started = time.perf_counter()
    package = load_package(folder, task)
    verified = time.perf_counter()
    trial_of(task).self_test(package)
    tried = time.perf_counter()
    manifest = package.manifest
    size = sum(file.bytes for file in manifest.files)
    return (
        f"{manifest.name} {manifest.version}, {len(manifest.files)} files "
        f"{size / 1e6:.1f} MB verified in {(verified - started) * 1000:.0f} ms, "
        f"loaded and tried in {(tried - verified) * 1000:.0f} ms"
    )
