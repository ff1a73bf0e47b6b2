"""``models``: install, list, verify, switch, roll back, remove and compare packages. No Qt."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from tqdm import tqdm

from assistant.commands import models_child, models_compare
from assistant.commands.common import in_words, language, print_json, report
from assistant.engine.store import ModelStore, Origin, StoredPackage
from assistant.engine.store_install import Phase, install
from assistant.errors import BubaiError
from assistant.paths import find_paths
from assistant.records import Task

_PHASES = {
    Phase.UNPACK: ("解压", "unpacking"),
    Phase.CHECK: ("校验", "checking"),
    Phase.TRY: ("在单独的进程里试用", "trying it in a process of its own"),
}


def add_parser(commands: Any) -> None:
    """Add the command and its steps to the sub-parsers ``commands``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "models",
        help="model packages: install from a file, list, verify, use, roll back, remove, compare",
        description="Model packages come from files only; nothing is downloaded. A package is "
        "checked and tried in a process of its own before it is accepted.",
    )
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    adding = steps.add_parser("install", help="install a package from a zip or a folder")
    adding.add_argument("source", type=Path, metavar="FILE_OR_FOLDER")
    adding.add_argument("--use", action="store_true", help="and use it from now on")
    adding.set_defaults(run=run_install)
    listing = steps.add_parser("list", help="list the packages; * marks those in use")
    listing.add_argument("--json", action="store_true", help="print one JSON object per line")
    listing.set_defaults(run=run_list)
    for name, run, text in (
        ("verify", run_verify, "compare every file of a package, or of all, with its digest"),
        ("use", run_use, "use a package from now on; “bundled” is the one that came with Bubai"),
        ("remove", run_remove, "delete an installed package"),
    ):
        step = steps.add_parser(name, help=text)
        step.add_argument("name", metavar="NAME-VERSION", nargs="?" if name == "verify" else None)
        _add_task(step)
        step.set_defaults(run=run)
    back = steps.add_parser("rollback", help="go back to the package used before")
    back.add_argument("of", type=Task, choices=tuple(Task), metavar="TASK")
    back.set_defaults(run=run_rollback)
    models_compare.add_parser(steps)
    models_child.add_parsers(steps)


def run_install(arguments: argparse.Namespace) -> int:
    """Install a package; return 0."""
    store = open_store()
    with tqdm(unit="B", unit_scale=True, file=sys.stderr, disable=not sys.stderr.isatty()) as bar:

        def told(phase: Phase, done: int, total: int) -> None:
            bar.set_description(in_words(*_PHASES[phase]), refresh=False)
            if phase is Phase.UNPACK:
                bar.total = total
                bar.update(done - bar.n)
            else:
                bar.refresh()

        stored = install(store, arguments.source, told)
    if arguments.use:
        store.use(stored)
        stored = store.find(stored.key, stored.task)
    print(_line(stored))
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """Print the packages; return 0."""
    for stored in open_store().packages():
        if arguments.json:
            print_json(as_json(stored))
        else:
            print(_line(stored))
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """Check the digests; return 0, or the exit code of the last package that is damaged."""
    store = open_store()
    if arguments.name:
        packages = (store.find(arguments.name, arguments.task),)
    else:
        packages = store.packages(arguments.task)
    code = 0
    for stored in packages:
        try:
            store.verify(stored)
        except BubaiError as error:
            code = report(error)
        else:
            print(f"{stored.task.value}: {stored.key}: {in_words('完好', 'ok')}")
    return code


def run_use(arguments: argparse.Namespace) -> int:
    """Choose a package; return 0. Its files are verified first."""
    store = open_store()
    stored = store.find(arguments.name, arguments.task)
    store.verify(stored)
    store.use(stored)
    print(_line(store.find(arguments.name, stored.task)))
    return 0


def run_rollback(arguments: argparse.Namespace) -> int:
    """Go back to the package used before; return 0."""
    print(_line(open_store().rollback(arguments.of)))
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """Delete an installed package; return 0."""
    store = open_store()
    store.remove(store.find(arguments.name, arguments.task))
    return 0


def open_store() -> ModelStore:
    """Return the packages of this computer."""
    return ModelStore(find_paths())


def as_json(stored: StoredPackage) -> dict[str, object]:
    """Return the record that ``list --json`` prints."""
    return {
        "task": stored.task.value,
        "key": stored.key,
        "name": stored.name,
        "version": stored.version,
        "licence": stored.licence,
        "origin": stored.origin.value,
        "active": stored.is_active,
        "bytes": stored.bytes_on_disk,
        "manifest_sha256": stored.digest,
        "metrics": stored.metrics,
        "problem": None if stored.problem is None else stored.problem.message(language()),
    }


def _line(stored: StoredPackage) -> str:
    mark = "*" if stored.is_active else " "
    size = f"{stored.bytes_on_disk / 1e6:.1f} MB"
    note = "" if stored.problem is None else f"  ! {stored.problem.message(language())}"
    is_bundled = stored.origin is Origin.BUNDLED
    origin = in_words("随附", "bundled") if is_bundled else in_words("已安装", "installed")
    return (
        f"{mark} {stored.task.value:<10} {stored.key:<28} {origin:<9} {size:>9} "
        f"{stored.licence}{note}"
    )


def _add_task(step: argparse.ArgumentParser) -> None:
    step.add_argument(
        "--task", type=Task, choices=tuple(Task), metavar="TASK", help="fill, understand, translate"
    )
