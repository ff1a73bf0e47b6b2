"""What is done with model packages: the work of the jobs of ``models``, in their thread.

Imports neither Qt nor the ui.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.disk import read_file
from assistant.engine.cancel import Cancel
from assistant.errors import BubaiError, EmptyTextError, ModelError, NoBlankError
from assistant.records import Task
from assistant.text.encodings import decode
from assistant.text.masks import find_spans
from assistant.text.sentences import sentence_spans

if TYPE_CHECKING:
    from assistant.engine.compare import Accuracy, CompareRun
    from assistant.engine.store import ModelStore, StoredPackage
    from assistant.engine.store_install import Phase

MAX_TEXTS = 200
"""So many lines or sentences of the document are compared."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A package was installed, or was there already."""

    package: StoredPackage


@dataclass(frozen=True, slots=True)
class Switched:
    """Another package serves its task."""

    package: StoredPackage


@dataclass(frozen=True, slots=True)
class Removed:
    """A package was deleted."""

    package: StoredPackage


@dataclass(frozen=True, slots=True)
class Verified:
    """Every file of a package was compared; ``problem`` is what was wrong, or None."""

    package: StoredPackage
    problem: BubaiError | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two packages on the same texts; ``accuracies`` without any place where no answer is known."""

    packages: tuple[StoredPackage, StoredPackage]
    texts: tuple[str, ...]
    runs: tuple[CompareRun, CompareRun]
    accuracies: tuple[Accuracy, Accuracy]


ModelNews = Installed | Switched | Removed | Verified | Comparison


def install_package(
    store: ModelStore, source: Path, told: Callable[[Phase, int, int], None], cancel: Cancel
) -> Installed:
    """Install the package in ``source``. Raises PackageRefusedError and others, or Cancelled."""
    from assistant.engine.store_install import install

    store.tidy()
    return Installed(install(store, source, told, cancel))


def use_package(store: ModelStore, package: StoredPackage, cancel: Cancel) -> Switched:
    """Verify ``package`` and choose it. Raises ModelError or Cancelled."""
    store.verify(package)
    cancel.check()
    store.use(package)
    return Switched(package)


def roll_back(store: ModelStore, task: Task, _cancel: Cancel) -> Switched:
    """Choose what served ``task`` before. Raises NoRollbackError or PackageStoreError."""
    return Switched(store.rollback(task))


def remove_package(store: ModelStore, package: StoredPackage, _cancel: Cancel) -> Removed:
    """Delete ``package``. Raises PackageKeptError or PackageStoreError."""
    store.remove(package)
    return Removed(package)


def verify_package(store: ModelStore, package: StoredPackage, _cancel: Cancel) -> Verified:
    """Compare the files of ``package`` with their digests."""
    try:
        store.verify(package)
    except ModelError as error:
        return Verified(package, error)
    return Verified(package, None)


def compare_packages(
    first: StoredPackage,
    second: StoredPackage,
    source: str | Path,
    labels: tuple[str, ...],
    told: Callable[[int, int], None],
    cancel: Cancel,
) -> Comparison:
    """Let two packages of a task answer the same texts.

    ``source`` is the text of a document, of which parts are taken, or a file of texts with their
    right answers. Raises EmptyTextError, NoBlankError, FileReadError, ModelError or Cancelled.
    """
    from assistant.engine.compare import Cases, accuracy, parse_cases, run_package

    if isinstance(source, Path):
        cases = parse_cases(decode(read_file(source)).text)
    else:
        cases = Cases(texts_to_compare(source, first.task))
    told(0, 2)
    one = run_package(first.folder, first.task, cases.texts, labels, cancel)
    told(1, 2)
    two = run_package(second.folder, first.task, cases.texts, labels, cancel)
    hits = (accuracy(one, cases.expected), accuracy(two, cases.expected))
    return Comparison((first, second), cases.texts, (one, two), hits)


def texts_to_compare(text: str, task: Task) -> tuple[str, ...]:
    """Return the lines with blanks of ``text``, or for other tasks its sentences.

    Raises EmptyTextError or NoBlankError.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        raise EmptyTextError
    if task is not Task.FILL:
        sentences = (line[a:b].strip() for line in lines for a, b in sentence_spans(line))
        return tuple(sentence for sentence in sentences if sentence)[:MAX_TEXTS]
    blanks = tuple(line for line in lines if find_spans(line))
    if not blanks:
        raise NoBlankError
    return blanks[:MAX_TEXTS]
