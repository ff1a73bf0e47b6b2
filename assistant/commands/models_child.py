"""``models self-test`` and ``models answer``: what runs in a process of its own. No Qt here.

Not for people: ``assistant.engine.child`` starts them, talks through pipes, and survives whatever
a package makes them do.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.commands.common import print_json
from assistant.diagnostics import resident_bytes
from assistant.engine.child import limit_memory
from assistant.engine.package import Package, load_package
from assistant.engine.trial import Answer, trial_of
from assistant.errors import BubaiError
from assistant.records import Task

_BASE_BYTES = 4 << 30
"""Address space that Python and the libraries need whatever the model's size."""
_TIMES_SIZE = 6
_WARM_UP = "今天的天气很[MASK]。"


def add_parsers(steps: Any) -> None:
    """Add the two steps; without help text they are not listed."""
    for name, run in (("self-test", run_self_test), ("answer", run_answer)):
        step: argparse.ArgumentParser = steps.add_parser(name)
        step.add_argument("folder", type=Path)
        step.add_argument("--task", type=Task, choices=tuple(Task), required=True)
        step.set_defaults(run=run)


def run_self_test(arguments: argparse.Namespace) -> int:
    """Try the package; print a verdict as JSON; return 0 if there is a verdict."""

    def work(package: Package) -> dict[str, object]:
        trial_of(package.manifest.task).self_test(package)
        return {}

    return _report(arguments, work)


def run_answer(arguments: argparse.Namespace) -> int:
    """Answer the texts that standard input names; print JSON; return 0."""
    request = json.loads(sys.stdin.buffer.read())
    texts, labels = list(request["texts"]), tuple(request["labels"])

    def work(package: Package) -> dict[str, object]:
        started = time.perf_counter()
        answer = trial_of(package.manifest.task).open_answers(package, labels)
        load_ms = (time.perf_counter() - started) * 1000
        answer(_WARM_UP)  # the first run of a graph is no measure of the others
        answers: list[list[dict[str, object]]] = []
        milliseconds: list[float] = []
        for text in texts:
            started = time.perf_counter()
            answers.append([_as_json(place) for place in answer(text)])
            milliseconds.append((time.perf_counter() - started) * 1000)
        return {
            "load_ms": load_ms,
            "memory_bytes": resident_bytes(),
            "answers": answers,
            "milliseconds": milliseconds,
        }

    return _report(arguments, work)


def _report(arguments: argparse.Namespace, work: Callable[[Package], dict[str, object]]) -> int:
    try:
        package = load_package(arguments.folder, arguments.task)
        size = sum(file.bytes for file in package.manifest.files)
        limit_memory(_BASE_BYTES + _TIMES_SIZE * size)
        record = {"ok": True, **work(package)}
    except BubaiError as error:
        reason = str(error.facts.get("reason", error.message("en")))
        record = {"ok": False, "reason": reason, "details": error.details}
    except Exception as error:  # noqa: BLE001 - whatever a package makes the engine raise
        record = {"ok": False, "reason": type(error).__name__, "details": repr(error)}
    print_json(record)
    return 0


def _as_json(answer: Answer) -> dict[str, object]:
    return {
        "start_char": answer.start_char,
        "end_char": answer.end_char,
        "options": [[text, score] for text, score in answer.options],
    }
