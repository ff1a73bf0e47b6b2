"""Install a package from a zip or folder: unpacked, checked and tried aside, then moved in whole.

Imports neither Qt nor onnxruntime: the trial runs in a process of its own.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

from assistant.engine.cancel import Cancel
from assistant.engine.child import ChildFailedError, run_child
from assistant.engine.package import MANIFEST_NAME
from assistant.engine.store import ModelStore, StoredPackage
from assistant.engine.store_check import check_package
from assistant.engine.store_errors import PackageRefusedError, PackageStoreError
from assistant.engine.store_names import shown
from assistant.engine.store_unpack import unpack
from assistant.errors import ModelError
from assistant.records import Task

SELF_TEST_SECONDS = 300.0


class Phase(Enum):
    """What an installation is doing."""

    UNPACK = "unpack"
    CHECK = "check"
    TRY = "try"


Told = Callable[[Phase, int, int], None]
"""Told the phase, and how much of it is done (0 of 0: unknown)."""
Tried = Callable[[str, Path, Task, "Cancel | None"], None]


def install(
    store: ModelStore,
    source: Path,
    told: Told = lambda _phase, _done, _total: None,
    cancel: Cancel | None = None,
    try_out: Tried | None = None,
) -> StoredPackage:
    """Install the package in ``source`` (a zip or a folder) and return it; it is not in use yet.

    A package that is there already, byte for byte, is returned as it is. ``try_out`` runs the
    self-test (:func:`try_in_child`).

    Raises PackageRefusedError, PackageRoomError, PackageStoreError or Cancelled; nothing is then
    left behind.
    """
    package = shown(source.name)
    staging = store.staging("new")

    def step(done: int, total: int) -> None:
        if cancel is not None:
            cancel.check()
        told(Phase.UNPACK, done, total)

    try:
        # A readable name: messages of the engine name the folder.
        folder = staging / "package"
        folder.mkdir()
        unpack(source, folder, step)
        told(Phase.CHECK, 0, 0)
        key, manifest = check_package(package, folder)
        known = _known(store, package, folder, key, manifest.task)
        if known is not None:
            return known
        if cancel is not None:
            cancel.check()
        told(Phase.TRY, 0, 0)
        (try_out or try_in_child)(package, folder, manifest.task, cancel)
        return _move_in(store, folder, key, manifest.task)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def try_in_child(package: str, folder: Path, task: Task, cancel: Cancel | None) -> None:
    """Load the package in ``folder`` and run a small job, in a process of its own.

    Raises PackageRefusedError or Cancelled.
    """
    try:
        output = run_child(
            ["models", "self-test", str(folder), "--task", task.value],
            b"",
            seconds=SELF_TEST_SECONDS,
            cancel=cancel,
        )
        verdict = _verdict(output)
    except ChildFailedError as error:
        if error.timed_out:
            zh, en = "自检超时", "its self-test took too long"
        else:
            zh, en = f"自检时崩溃（{error.code}）", f"its self-test crashed ({error.code})"
        raise PackageRefusedError.because(package, zh, en, error.details) from error
    if verdict.get("ok") is not True:
        raise PackageRefusedError.because(
            package,
            f"自检没有通过（{shown(str(verdict.get('reason', '?')))}）",
            f"its self-test failed ({shown(str(verdict.get('reason', '?')))})",
            str(verdict.get("details", "")),
        )


def _verdict(output: bytes) -> dict[str, Any]:
    try:
        verdict = json.loads(output.splitlines()[-1])
    except (ValueError, IndexError) as error:
        raise ChildFailedError(0, repr(error)) from error
    if not isinstance(verdict, dict):
        raise ChildFailedError(0, "no verdict")
    return verdict  # pyright: ignore[reportUnknownVariableType]


def _known(
    store: ModelStore, package: str, folder: Path, key: str, task: Task
) -> StoredPackage | None:
    """Return the package ``key`` if it is there; refuse another one of the same name."""
    for stored in store.packages(task):
        if stored.key != key or stored.problem is not None:
            continue
        if _manifest(stored.folder) == _manifest(folder):
            return stored if _is_whole(store, stored) else None
        raise PackageRefusedError.because(
            package,
            f"已有另一个叫 {key} 的模型，请先删除它",
            f"there is another model called {key}; remove it first",
        )
    return None


def _is_whole(store: ModelStore, stored: StoredPackage) -> bool:
    try:
        store.verify(stored)
    except ModelError:
        return False
    return True


def _manifest(folder: Path) -> bytes:
    return (folder / MANIFEST_NAME).read_bytes()


def _move_in(store: ModelStore, folder: Path, key: str, task: Task) -> StoredPackage:
    target = store.folder / task.value / key
    with store.changing():
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():  # damaged, as was found above
            target.rename(folder.with_name("old"))
        folder.rename(target)
        _sync(target.parent)
    for stored in store.packages(task):
        if stored.folder == target:
            return stored
    raise PackageStoreError(reason=key)


def _sync(folder: Path) -> None:
    """Put the new name on the disk; Windows does so by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
