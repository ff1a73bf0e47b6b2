"""Try a package: does it answer sensibly, and what does it answer.

One small file per task does the work; here is what they share. Imports neither Qt nor
onnxruntime itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from assistant.engine.package import Package
from assistant.errors import ModelFormatError
from assistant.records import Task

TOP = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a package says at one place of a text: options with their scores, best first.

    For a fill the place is a blank; for the other tasks the text, or a sentence of it.
    """

    start_char: int
    end_char: int
    options: tuple[tuple[str, float], ...]


Answers = Callable[[str], tuple[Answer, ...]]


class TrialOfTask(Protocol):
    """What each of the modules below offers."""

    def self_test(self, package: Package) -> None:
        """Load ``package`` and run a small job. Raises ModelError when the answer is not sane."""
        ...

    def open_answers(self, package: Package, labels: tuple[str, ...]) -> Answers:
        """Load ``package``; return what answers a text. Raises ModelError.

        With ``labels`` an ``understand`` package chooses among those; others pass them over.
        """
        ...


def trial_of(task: Task) -> TrialOfTask:
    """Return how packages of ``task`` are tried; only the engine of that task is loaded."""
    if task is Task.FILL:
        from assistant.engine import trial_fill

        return trial_fill
    if task is Task.UNDERSTAND:
        from assistant.engine import trial_understand

        return trial_understand
    from assistant.engine import trial_translate

    return trial_translate


def insane(package: Package, what: str) -> ModelFormatError:
    """Return the error of a package whose answer is not one."""
    return ModelFormatError(what, folder=package.folder.name, reason=f"self-test: {what}")
