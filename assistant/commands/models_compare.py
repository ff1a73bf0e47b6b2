"""``models compare``: two packages on the same texts, side by side. No Qt here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from assistant.commands.common import percent, print_json, read_text
from assistant.engine.compare import Accuracy, CompareRun, accuracy, parse_cases, run_package
from assistant.engine.package import read_manifest
from assistant.engine.store import ModelStore
from assistant.engine.trial import Answer
from assistant.paths import find_paths
from assistant.records import Task

_SHOWN_OPTIONS = 3
_COLUMN = 34


def add_parser(steps: Any) -> None:
    """Add the step to the sub-parsers ``steps``."""
    step: argparse.ArgumentParser = steps.add_parser(
        "compare",
        help="compare two packages on a file of texts",
        description="Each line of FILE is a text, or a text, a tab and the right answers: one "
        "column for each blank, with | between those that are equally right.",
    )
    for name in ("first", "second"):
        step.add_argument(name, metavar="PACKAGE", help="NAME-VERSION, “bundled” or a folder")
    step.add_argument("--file", type=Path, required=True, help="texts, one per line")
    step.add_argument("--task", type=Task, choices=tuple(Task), metavar="TASK")
    step.add_argument("--labels", default="", metavar="A,B", help="labels to choose among")
    step.add_argument("--json", action="store_true", help="print JSON")
    step.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compare and print; return 0."""
    store = ModelStore(find_paths())
    folders = [_folder(store, name, arguments.task) for name in (arguments.first, arguments.second)]
    task = arguments.task or read_manifest(folders[0]).task
    cases = parse_cases(read_text(arguments.file))
    labels = [label for label in arguments.labels.replace("，", ",").split(",") if label.strip()]
    runs = [run_package(folder, task, cases.texts, labels) for folder in folders]
    hits = [accuracy(each, cases.expected) for each in runs]
    if arguments.json:
        for text, *answers in zip(cases.texts, *(each.answers for each in runs), strict=True):
            print_json({"text": text, "answers": [[_options(a) for a in one] for one in answers]})
        print_json({"packages": [_as_json(r, h) for r, h in zip(runs, hits, strict=True)]})
        return 0
    for text, first, second in zip(cases.texts, runs[0].answers, runs[1].answers, strict=True):
        print(text)
        for place in range(max(len(first), len(second))):
            print(f"  {place + 1}. {_shown(first, place):<{_COLUMN}} | {_shown(second, place)}")
    for each, hit in zip(runs, hits, strict=True):
        print(_summary(each, hit))
    return 0


def _folder(store: ModelStore, name: str, task: Task | None) -> Path:
    path = Path(name)
    return path if (path / "manifest.json").is_file() else store.find(name, task).folder


def _shown(answers: tuple[Answer, ...], place: int) -> str:
    if place >= len(answers):
        return "—"
    options = answers[place].options[:_SHOWN_OPTIONS]
    return "  ".join(f"{text} {percent(score, 0)}" for text, score in options)


def _options(answer: Answer) -> dict[str, object]:
    return {
        "start_char": answer.start_char,
        "end_char": answer.end_char,
        "options": [{"text": text, "score": round(score, 6)} for text, score in answer.options],
    }


def _as_json(each: CompareRun, hit: Accuracy) -> dict[str, object]:
    record: dict[str, object] = {
        "package": each.name,
        "load_ms": round(each.load_ms, 1),
        "p50_ms": round(each.percentile(0.5), 2),
        "p95_ms": round(each.percentile(0.95), 2),
        "memory_bytes": each.memory_bytes,
    }
    if hit.places:
        record["hit_at_1"] = round(hit.first / hit.places, 4)
        record["hit_at_5"] = round(hit.first_five / hit.places, 4)
        record["places"] = hit.places
    return record


def _summary(each: CompareRun, hit: Accuracy) -> str:
    parts = [
        f"{each.name}: load {each.load_ms:.0f} ms",
        f"p50 {each.percentile(0.5):.1f} ms",
        f"p95 {each.percentile(0.95):.1f} ms",
        f"memory {each.memory_bytes / 1e6:.0f} MB",
    ]
    if hit.places:
        parts.append(f"hit@1 {hit.first / hit.places:.1%}")
        parts.append(f"hit@5 {hit.first_five / hit.places:.1%} of {hit.places}")
    return ", ".join(parts)
