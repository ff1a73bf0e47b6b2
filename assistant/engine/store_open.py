"""Load the package that serves a task, or another one when it cannot be loaded.

Imports neither Qt nor onnxruntime. Runs in the thread that will use the engine.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from assistant.engine.package import Package, load_package
from assistant.engine.store import ModelStore
from assistant.engine.store_errors import ModelFallbackError, NoRollbackError, PackageStoreError
from assistant.engine.store_install import try_in_child
from assistant.errors import BubaiError, ModelError, ModelMissingError
from assistant.records import Task

E = TypeVar("E")
_MARK = ".loading-"
# What a damaged package may make the libraries below raise, besides our own errors.
_LOADING = (ModelError, OSError, MemoryError, ValueError, TypeError, LookupError, ArithmeticError)


def open_active(
    store: ModelStore, task: Task, make: Callable[[Package], E]
) -> tuple[E, ModelFallbackError | None]:
    """Return what ``make`` builds from the package that serves ``task``, and None.

    When an installed one cannot be loaded, the one before it serves if it was chosen just now
    (the choice is taken back), else the bundled one; the error says so. Raises ModelError when
    nothing can be loaded.
    """
    choice = store.choice(task)
    if choice.active is None:
        return make(load_package(store.bundled(task), task)), None
    try:
        package = load_package(_installed(store, task, choice.active), task)
        with _survived(store, package):
            engine = make(package)
    except _LOADING as error:
        reason = _as_model_error(error, choice.active)
    else:
        with contextlib.suppress(PackageStoreError):  # a stick that may not be written
            store.settle(task)
        return engine, None
    for folder in _others(store, task):
        with contextlib.suppress(*_LOADING):
            package = load_package(folder, task)
            engine = make(package)
            return engine, _fallback(choice.active, package, reason)
    raise reason


@contextmanager
def _survived(store: ModelStore, package: Package) -> Generator[None]:
    """Leave a mark while an installed package is being loaded.

    Where one is found, that package has ended a program before (or the program was ended by
    somebody): it is tried in a process of its own first. Raises PackageRefusedError.
    """
    mark = store.folder / f"{_MARK}{package.manifest.task.value}"
    if mark.exists():
        try_in_child(package.folder.name, package.folder, package.manifest.task, None)
    with contextlib.suppress(OSError):  # a stick that may not be written
        mark.touch()
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            mark.unlink(missing_ok=True)


def _installed(store: ModelStore, task: Task, key: str) -> Path:
    folder = store.chosen(task)
    if folder is None:
        raise ModelMissingError(folder=key, file="manifest.json")
    return folder


def _others(store: ModelStore, task: Task) -> Iterator[Path]:
    """Yield the folders that may serve instead, the best first."""
    if store.choice(task).is_new:
        with contextlib.suppress(PackageStoreError, NoRollbackError):
            before = store.rollback(task)
            yield before.folder
    yield store.bundled(task)


def _as_model_error(error: BaseException, key: str) -> BubaiError:
    return error if isinstance(error, ModelError) else ModelError(repr(error), folder=key)


def _fallback(key: str, package: Package, reason: BubaiError) -> ModelFallbackError:
    manifest = package.manifest
    return ModelFallbackError(
        reason.details,
        name=key,
        used=f"{manifest.name} {manifest.version}",
        reason_zh=reason.message("zh"),
        reason_en=reason.message("en"),
    )
