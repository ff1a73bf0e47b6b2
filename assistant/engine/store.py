"""The model packages of this computer: those that came with the app and those installed.

Installed ones lie in the person's data folder, ``models/<task>/<name>-<version>/``, and survive an
update of the app; the bundled ones are never written to. Imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.engine.package import (
    MANIFEST_NAME,
    Manifest,
    load_package,
    read_manifest,
    sha256_of,
)
from assistant.engine.store_errors import (
    NoRollbackError,
    PackageKeptError,
    PackageStoreError,
    PackageUnknownError,
)
from assistant.engine.store_state import Choice, State, read_state, write_state
from assistant.errors import BubaiError, ModelError
from assistant.paths import Paths
from assistant.records import Task

STATE_NAME = "state.json"
BUNDLED = "bundled"
"""Names the package that came with the app, whatever its own name."""
STAGING_NAME = ".staging"
_LOCK_NAME = ".lock"
_LOCK_SECONDS = 10
_STALE_SECONDS = 24 * 3600


class Origin(Enum):
    """Where a package came from; the value is what the command line prints."""

    BUNDLED = "bundled"
    INSTALLED = "installed"


@dataclass(frozen=True, slots=True)
class StoredPackage:
    """A package as the lists show it; ``problem`` is why it cannot be used, or None.

    ``key`` is ``name-version``; ``bytes_on_disk`` the sum of its files as its manifest names them;
    ``digest`` the sha256 of the manifest, which names those of all files.
    """

    task: Task
    key: str
    name: str
    version: str
    licence: str
    origin: Origin
    folder: Path
    bytes_on_disk: int
    is_active: bool
    digest: str
    metrics: dict[str, Any]
    problem: BubaiError | None = None


class ModelStore:
    """Lists, chooses, verifies and removes packages. Safe to use from any thread.

    What is written is guarded by a file lock, so that two running copies do not disagree.
    """

    def __init__(self, paths: Paths) -> None:
        """Nothing is read or made before it is needed."""
        self._paths = paths
        self.folder = paths.data / "models"

    def active(self, task: Task) -> Path:
        """Return the folder of the package that serves ``task``.

        That is the bundled one unless another was chosen and is still there.
        """
        chosen = self.chosen(task)
        return self.bundled(task) if chosen is None else chosen

    def chosen(self, task: Task) -> Path | None:
        """Return the folder of the installed package that was chosen for ``task``, or None."""
        key = self.choice(task).active
        folder = None if key is None else self.folder / task.value / key
        return folder if folder is not None and folder.is_dir() else None

    def bundled(self, task: Task) -> Path:
        """Return the folder of the package that came with the app."""
        return self._paths.model_folder(task)

    def choice(self, task: Task) -> Choice:
        """Return what was chosen for ``task``."""
        return self._state().get(task, Choice())

    def packages(self, task: Task | None = None) -> tuple[StoredPackage, ...]:
        """Return the packages of ``task``, or all; the bundled one of each task first.

        Only manifests and sizes are looked at.
        """
        tasks = Task if task is None else (task,)
        return tuple(package for each in tasks for package in self._list(each))

    def find(self, key: str, task: Task | None = None) -> StoredPackage:
        """Return the package ``key`` (``name-version``, or "bundled").

        Raises PackageUnknownError when there is none, or several of different tasks.
        """
        wanted = [
            package
            for package in self.packages(task)
            if key == (BUNDLED if package.origin is Origin.BUNDLED else package.key)
        ]
        wanted = wanted or [package for package in self.packages(task) if package.key == key]
        if len(wanted) != 1:
            raise PackageUnknownError(name=key)
        return wanted[0]

    def use(self, package: StoredPackage) -> None:
        """Let ``package`` serve its task from now on. Raises PackageStoreError."""
        key = None if package.origin is Origin.BUNDLED else package.key
        with self.changing() as state:
            state[package.task] = state.get(package.task, Choice()).switched(key)

    def rollback(self, task: Task) -> StoredPackage:
        """Go back to what served ``task`` before, and return it.

        Raises NoRollbackError or PackageStoreError.
        """
        with self.changing() as state:
            choice = state.get(task, Choice())
            before = choice.rolled_back() if choice.earlier else None
            if before is None or not self._is_there(task, before.active):
                raise NoRollbackError(task=task.value)
            state[task] = before
        return next(package for package in self._list(task) if package.is_active)

    def settle(self, task: Task) -> None:
        """Remember that what was chosen for ``task`` has been loaded. Raises PackageStoreError."""
        if self.choice(task).is_new:
            with self.changing() as state:
                choice = state.get(task, Choice())
                state[task] = Choice(choice.active, choice.earlier)

    def remove(self, package: StoredPackage) -> None:
        """Delete an installed package that is not in use.

        Raises PackageKeptError or PackageStoreError.
        """
        if package.origin is Origin.BUNDLED or package.is_active:
            raise PackageKeptError(name=package.key)
        with self.changing() as state:
            # Renamed first: what is half deleted must not look like a package.
            doomed = self.staging("removed")
            package.folder.rename(doomed / package.key)
            state[package.task] = state.get(package.task, Choice()).without(package.key)
        shutil.rmtree(doomed, ignore_errors=True)

    def verify(self, package: StoredPackage) -> None:
        """Compare every file of ``package`` with its digest. Raises ModelError."""
        load_package(package.folder, package.task)

    def staging(self, name: str) -> Path:
        """Make an empty folder on the disk of the packages. Raises PackageStoreError."""
        try:
            (self.folder / STAGING_NAME).mkdir(parents=True, exist_ok=True)
            return Path(tempfile.mkdtemp(prefix=f"{name}.", dir=self.folder / STAGING_NAME))
        except OSError as error:
            raise PackageStoreError(str(error), reason=error.strerror or str(error)) from error

    @contextmanager
    def changing(self) -> Generator[State]:
        """Give the state to change; it is written when the block ends well.

        Raises PackageStoreError when the folder cannot be written or another copy holds it.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / _LOCK_NAME, timeout=_LOCK_SECONDS):
                before = self._state()
                state = dict(before)
                yield state
                if state != before:
                    write_state(self.folder / STATE_NAME, state)
        except Timeout as error:
            raise PackageStoreError(reason="locked") from error
        except OSError as error:
            raise PackageStoreError(str(error), reason=error.strerror or str(error)) from error

    def tidy(self) -> None:
        """Delete what interrupted installations left behind a day ago or earlier."""
        before = time.time() - _STALE_SECONDS
        with contextlib.suppress(OSError):
            for path in (self.folder / STAGING_NAME).iterdir():
                if path.stat().st_mtime < before:
                    shutil.rmtree(path, ignore_errors=True)

    def _is_there(self, task: Task, key: str | None) -> bool:
        folder = self.bundled(task) if key is None else self.folder / task.value / key
        return folder.is_dir()

    def _state(self) -> State:
        return read_state(self.folder / STATE_NAME)

    def _list(self, task: Task) -> Iterator[StoredPackage]:
        chosen = self.chosen(task)
        bundled = self.bundled(task)
        if bundled.is_dir():
            yield _stored(task, bundled, Origin.BUNDLED, is_active=chosen is None)
        folder = self.folder / task.value
        installed = sorted(folder.iterdir()) if folder.is_dir() else []
        for path in installed:
            if path.is_dir() and not path.name.startswith("."):
                yield _stored(task, path, Origin.INSTALLED, is_active=path == chosen)


def _stored(task: Task, folder: Path, origin: Origin, *, is_active: bool) -> StoredPackage:
    manifest: Manifest | None = None
    problem: ModelError | None = None
    try:
        manifest = read_manifest(folder)
        load_package(folder, task, verify=False)
    except ModelError as error:
        problem = error
    key = folder.name
    if manifest is not None and origin is Origin.BUNDLED:
        key = f"{manifest.name}-{manifest.version}"
    return StoredPackage(
        task=task,
        key=key,
        name=manifest.name if manifest else folder.name,
        version=manifest.version if manifest else "",
        licence=manifest.licence if manifest else "",
        origin=origin,
        folder=folder,
        bytes_on_disk=sum(file.bytes for file in manifest.files) if manifest else 0,
        is_active=is_active,
        digest=sha256_of(folder / MANIFEST_NAME) if manifest else "",
        metrics=manifest.metrics if manifest else {},
        problem=problem,
    )
