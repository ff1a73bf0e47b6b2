"""Model packages in the window: installed, chosen, verified, compared, removed in the background.

Qt core only; imports nothing of the ui. The engines are reloaded by whoever owns them, told by
``switched``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal

from assistant.errors import BubaiError
from assistant.records import Task
from assistant.services.model_jobs import (
    Comparison,
    Installed,
    ModelNews,
    Removed,
    Switched,
    Verified,
    compare_packages,
    install_package,
    remove_package,
    roll_back,
    use_package,
    verify_package,
)
from assistant.services.worker import JobKind, Work, Worker

if TYPE_CHECKING:
    from assistant.engine.cancel import Cancel
    from assistant.engine.package import Package
    from assistant.engine.store import ModelStore, StoredPackage
    from assistant.engine.store_install import Phase

E = TypeVar("E")
OpenStore = Callable[[], "ModelStore"]


class ModelService(QObject):
    """The packages of this computer; one is changed at a time.

    Lives on the UI thread; :meth:`load` is for the threads of the engines.
    """

    listed = Signal(object)
    """Tuple of StoredPackage."""
    busy_changed = Signal(bool)
    progressed = Signal(object, int, int)
    """Phase (None while comparing), how much is done, of how much (0: unknown)."""
    installed = Signal(object)
    """Installed."""
    switched = Signal(object)
    """Switched: the engine of its task is to be loaded again."""
    removed = Signal(object)
    """Removed."""
    verified = Signal(object)
    """Verified."""
    compared = Signal(object)
    """Comparison."""
    failed = Signal(object)
    """BubaiError; everything is as before."""
    cancelled = Signal()
    checked = Signal(object)
    """Verified; one for each package, after :meth:`check_all`."""
    fell_back = Signal(object)
    """ModelFallbackError: a package could not be loaded and another serves instead."""

    _stepped = Signal(int, object, int, int)
    _checked = Signal(object)
    _fell_back = Signal(object)

    def __init__(
        self, worker: Worker, open_store: OpenStore, parent: QObject | None = None
    ) -> None:
        """Work in ``worker``; ``open_store`` is called in any thread."""
        super().__init__(parent)
        self._worker = worker
        self._open_store = open_store
        self.packages: tuple[StoredPackage, ...] = ()
        self._job, self._list_job, self._round = 0, 0, 0
        self._stepped.connect(self._on_stepped, Qt.ConnectionType.QueuedConnection)
        self._checked.connect(self.checked, Qt.ConnectionType.QueuedConnection)
        self._fell_back.connect(self.fell_back, Qt.ConnectionType.QueuedConnection)
        worker.job_done.connect(self._on_done)
        worker.job_failed.connect(self._on_failed)
        worker.job_cancelled.connect(self._on_cancelled)

    @property
    def busy(self) -> bool:
        """Whether something is being done with a package."""
        return self._job != 0

    def load(self, task: Task, make: Callable[[Package], E]) -> E:
        """Return what ``make`` builds from the package that serves ``task``; for any thread.

        When it cannot be loaded another one serves, and ``fell_back`` says so. Raises ModelError
        when none can.
        """
        from assistant.engine.store_open import open_active

        engine, error = open_active(self._open_store(), task, make)
        if error is not None:
            self._fell_back.emit(error)
        return engine

    def active(self, task: Task) -> Path:
        """Return the folder of the package that serves ``task``; for any thread."""
        return self._open_store().active(task)

    def refresh(self) -> None:
        """List the packages; ends in ``listed``."""
        self._list_job = self._worker.submit(
            JobKind.MODEL_LIST, lambda _cancel: self._open_store().packages()
        )

    def install(self, source: Path) -> None:
        """Install the package in ``source``; ends in ``installed``, ``failed`` or ``cancelled``.

        As all that follows: does nothing while :attr:`busy`.
        """
        told = partial(self._stepped.emit, self._round + 1)
        self._begin(lambda store, cancel: install_package(store, source, told, cancel))

    def use(self, package: StoredPackage) -> None:
        """Let ``package`` serve its task; ends in ``switched`` or ``failed``."""
        self._begin(lambda store, cancel: use_package(store, package, cancel))

    def rollback(self, task: Task) -> None:
        """Go back to what served ``task`` before; ends in ``switched`` or ``failed``."""
        self._begin(lambda store, cancel: roll_back(store, task, cancel))

    def remove(self, package: StoredPackage) -> None:
        """Delete ``package``; ends in ``removed`` or ``failed``."""
        self._begin(lambda store, cancel: remove_package(store, package, cancel))

    def verify(self, package: StoredPackage) -> None:
        """Compare the files of ``package`` with their digests; ends in ``verified``."""
        self._begin(lambda store, cancel: verify_package(store, package, cancel))

    def compare(
        self,
        first: StoredPackage,
        second: StoredPackage,
        source: str | Path,
        labels: tuple[str, ...] = (),
    ) -> None:
        """Let both answer a document's text, or a file of texts with answers.

        Ends in ``compared``, ``failed`` or ``cancelled``.
        """
        told = partial(self._stepped.emit, self._round + 1, None)
        self._begin(
            lambda _store, cancel: compare_packages(first, second, source, labels, told, cancel)
        )

    def check_all(self) -> None:
        """Compare the files of every package with their digests; tells each by ``checked``."""

        def check(cancel: Cancel) -> None:
            store = self._open_store()
            for package in store.packages():
                cancel.check()
                self._checked.emit(verify_package(store, package, cancel))

        self._worker.submit(JobKind.MODEL_CHECK, check)

    def stop_checking(self) -> None:
        """Stop :meth:`check_all`."""
        self._worker.cancel(JobKind.MODEL_CHECK)

    def cancel(self) -> None:
        """Stop what is being done; everything stays as it was."""
        if self._job:
            self._worker.cancel(JobKind.MODELS)

    def _begin(self, do: Callable[[ModelStore, Cancel], ModelNews]) -> None:
        if self._job:
            return
        work: Work = lambda cancel: do(self._open_store(), cancel)  # noqa: E731 - typed as Work
        self._round += 1
        self._job = self._worker.submit(JobKind.MODELS, work)
        self.busy_changed.emit(True)
        self.progressed.emit(None, 0, 0)

    def _end(self) -> None:
        self._job = 0
        self.busy_changed.emit(False)
        self.refresh()

    def _on_stepped(self, number: int, phase: Phase | None, done: int, total: int) -> None:
        if number == self._round and self._job:
            self.progressed.emit(phase, done, total)

    def _on_done(self, job_id: int, value: object) -> None:
        if job_id == self._list_job:
            self.packages = cast("tuple[StoredPackage, ...]", value)
            self.listed.emit(value)
        elif job_id == self._job:
            self._end()
            news = {
                Installed: self.installed, Switched: self.switched, Removed: self.removed,
                Verified: self.verified, Comparison: self.compared,
            }  # fmt: skip
            news[type(value)].emit(value)  # pyright: ignore[reportArgumentType]

    def _on_failed(self, job_id: int, error: BubaiError) -> None:
        if job_id == self._job:
            self._end()
            self.failed.emit(error)
        elif job_id == self._list_job:
            self.failed.emit(error)

    def _on_cancelled(self, job_id: int) -> None:
        if job_id == self._job:
            self._end()
            self.cancelled.emit()
