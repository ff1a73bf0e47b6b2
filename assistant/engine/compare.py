"""Compare two packages of a task on the same texts: answers, accuracy, latency, memory.

Each runs in a process of its own, one after the other, so that their memory can be told apart.
Imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.engine.cancel import Cancel
from assistant.engine.child import ChildFailedError, run_child
from assistant.engine.package import read_manifest
from assistant.engine.trial import Answer
from assistant.errors import EmptyTextError, ModelError
from assistant.records import Task

SECONDS = 1800.0
Expected = Sequence[Sequence[Sequence[str]]]
"""For each text, for each place, the answers that are right; empty where nothing is known."""
_ALTERNATIVES = "|"


@dataclass(frozen=True, slots=True)
class Cases:
    """Texts to compare on, and what is right in each where that is known."""

    texts: tuple[str, ...]
    expected: tuple[tuple[tuple[str, ...], ...], ...] = ()


def parse_cases(text: str) -> Cases:
    """Read one text a line; after a tab the right answers, one column for each place.

    ``|`` stands between answers that are equally right. Raises EmptyTextError.
    """
    rows = [line.rstrip("\r").split("\t") for line in text.split("\n") if line.strip()]
    if not rows:
        raise EmptyTextError
    expected = tuple(tuple(map(_rights, row[1:])) for row in rows)
    return Cases(tuple(row[0] for row in rows), expected)


@dataclass(frozen=True, slots=True)
class CompareRun:
    """What the package ``name`` did: ``answers[i]`` to text i, in ``milliseconds[i]``."""

    name: str
    load_ms: float
    memory_bytes: int
    answers: tuple[tuple[Answer, ...], ...]
    milliseconds: tuple[float, ...]

    def percentile(self, share: float) -> float:
        """Return the milliseconds that ``share`` (0–1) of the texts did not exceed."""
        return percentile(self.milliseconds, share)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many of ``places`` had the right answer first, and among the first five."""

    first: int
    first_five: int
    places: int


def run_package(
    folder: Path,
    task: Task,
    texts: Sequence[str],
    labels: Sequence[str] = (),
    cancel: Cancel | None = None,
) -> CompareRun:
    """Let the package in ``folder`` answer ``texts``; with ``labels`` it chooses among those.

    Raises ModelError or Cancelled.
    """
    request = json.dumps({"texts": list(texts), "labels": list(labels)}, ensure_ascii=False)
    try:
        output = run_child(
            ["models", "answer", str(folder), "--task", task.value],
            request.encode("utf-8"),
            seconds=SECONDS,
            cancel=cancel,
        )
        record = json.loads(output)
    except (ChildFailedError, ValueError) as error:
        details = error.details if isinstance(error, ChildFailedError) else repr(error)
        raise ModelError(details, folder=folder.name) from error
    if not record.get("ok"):
        raise ModelError(str(record.get("reason")), folder=folder.name)
    manifest = read_manifest(folder)
    return CompareRun(
        f"{manifest.name}-{manifest.version}",
        float(record["load_ms"]),
        int(record["memory_bytes"]),
        tuple(tuple(map(_answer, answers)) for answers in record["answers"]),
        tuple(map(float, record["milliseconds"])),
    )


def accuracy(run: CompareRun, expected: Expected) -> Accuracy:
    """Return how often ``run`` was right where ``expected`` says what is right; it may be empty."""
    if not expected:
        return Accuracy(0, 0, 0)
    first = five = places = 0
    for answers, rights in zip(run.answers, expected, strict=True):
        for place, right in enumerate(rights):
            if not right:
                continue
            places += 1
            options = answers[place].options if place < len(answers) else ()
            texts = [text for text, _ in options[:5]]
            first += texts[:1] != [] and texts[0] in right
            five += any(text in right for text in texts)
    return Accuracy(first, five, places)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile of ``values``, or 0 without any."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def _rights(column: str) -> tuple[str, ...]:
    words = (word.strip() for word in column.split(_ALTERNATIVES))
    return tuple(word for word in words if word)


def _answer(raw: dict[str, Any]) -> Answer:
    options = tuple((str(text), float(score)) for text, score in raw["options"])
    return Answer(int(raw["start_char"]), int(raw["end_char"]), options)
