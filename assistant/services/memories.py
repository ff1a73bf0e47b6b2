"""Personal memories: counted and removed in the background, switched on per document.

Qt core only; imports nothing of the ui. The engine is touched in its own worker only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, Signal

from assistant.errors import BubaiError, FileWriteError
from assistant.services.memory_jobs import (
    Added,
    OpenMemories,
    add_memory,
    create_memory,
    list_memories,
    remove_memory,
    use_memories,
)
from assistant.services.settings import Settings, SettingsStore
from assistant.services.worker import JobKind, Work, Worker

if TYPE_CHECKING:
    from assistant.engine.personal import PersonalInfo

MAX_DOCUMENTS = 200
"""Of so many documents it is remembered which memories they use."""


class MemoryService(QObject):
    """The person's memories: one is changed at a time, those in use are given to the engine.

    Lives on the UI thread. A memory that is being changed is out of use meanwhile: a mapped file
    can neither be replaced nor deleted on Windows.
    """

    listed = Signal(object)
    """Tuple of PersonalInfo."""
    busy_changed = Signal(bool)
    """A memory is being changed, or no more."""
    progressed = Signal(int, int)
    """Bytes done, bytes in all."""
    added = Signal(object)
    """Added."""
    removed = Signal(str)
    """Name."""
    failed = Signal(object)
    """BubaiError; what was being changed is as before."""
    cancelled = Signal()
    used_changed = Signal(object)
    """Tuple of the names switched on for the document."""
    applied = Signal()
    """The engine uses other memories than before: what it answered is out of date."""

    _stepped = Signal(int, int, int)

    def __init__(
        self,
        engine: Worker,
        counter: Worker,
        open_memories: OpenMemories,
        use: Callable[[tuple[str, ...]], object],
        settings: SettingsStore,
        parent: QObject | None = None,
    ) -> None:
        """Count in ``counter``; ``use`` gives memories to the engine and runs in ``engine``.

        ``open_memories`` runs in ``counter``; its argument says whether texts will be added.
        """
        super().__init__(parent)
        self._engine, self._counter = engine, counter
        self._open, self._use = open_memories, use
        self._settings = settings
        self.infos: tuple[PersonalInfo, ...] = ()
        self._used: tuple[str, ...] = ()
        self._document: tuple[str, Path | None] = ("", None)
        self._nameless: dict[str, tuple[str, ...]] = {}
        self._in_engine: tuple[str, ...] = ()
        self._changing: str | None = None
        self._next: Work | None = None
        self._round = 0
        self._job, self._list_job, self._use_job = 0, 0, 0
        self._stepped.connect(self._on_stepped, Qt.ConnectionType.QueuedConnection)
        engine.job_done.connect(self._on_use_done)
        engine.job_failed.connect(self._on_use_failed)
        counter.job_done.connect(self._on_done)
        counter.job_failed.connect(self._on_failed)
        counter.job_cancelled.connect(self._on_cancelled)

    @property
    def busy(self) -> bool:
        """Whether a memory is being changed."""
        return self._changing is not None

    @property
    def used(self) -> tuple[str, ...]:
        """The memories switched on for the document."""
        return self._used

    def refresh(self) -> None:
        """List the memories; ends in ``listed``."""
        self._list_job = self._counter.submit(
            JobKind.MEMORY_LIST, partial(list_memories, self._open)
        )

    def create(self, name: str) -> None:
        """Make a memory that knows nothing yet; ends in ``added``, as :meth:`add`."""
        self._change(name, partial(create_memory, self._open, name))

    def add(self, name: str, paths: Sequence[Path]) -> None:
        """Count the files and folders ``paths`` into the memory ``name``.

        Ends in ``added``, ``failed`` or ``cancelled``. One change at a time: does nothing while
        :attr:`busy`.
        """
        told = partial(self._stepped.emit, self._round + 1)
        self._change(name, partial(add_memory, self._open, name, tuple(paths), told))

    def remove(self, name: str) -> None:
        """Delete the memory ``name`` and every mention of it; ends in ``removed``."""
        self._change(name, partial(remove_memory, self._open, name))

    def cancel(self) -> None:
        """Stop the change under way; the memory stays as it was."""
        if self._next is not None:
            self._end()
            self.cancelled.emit()
        elif self._changing is not None:
            self._counter.cancel(JobKind.MEMORY)

    def set_document(self, document_id: str, path: Path | None) -> None:
        """Take another document, or another path of the same one, with its memories."""
        if (document_id, path) == self._document:
            return
        before, self._document = self._document, (document_id, path)
        if document_id == before[0] and path is not None:
            self._remember()  # saved under a name: its memories stay with it
            return
        if path is None:
            used = self._nameless.get(document_id, ())
        else:
            used = dict(self._settings.current.document_memories).get(path, ())
        self._set_used(used)

    def use(self, name: str, on: bool) -> None:
        """Switch a memory on or off for the document."""
        others = tuple(used for used in self._used if used != name)
        self._set_used((*others, name) if on else others)
        self._remember()

    def on_engine_loaded(self) -> None:
        """Give a newly loaded engine the memories in use."""
        self._in_engine = ()
        self._apply()

    def _change(self, name: str, work: Work) -> None:
        if self._changing is not None:
            return
        self._round += 1
        self._changing, self._next = name, work
        self.busy_changed.emit(True)
        self.progressed.emit(0, 0)
        if name in self._in_engine:
            self._apply()
        else:
            self._begin()

    def _begin(self) -> None:
        work, self._next = self._next, None
        if work is not None:
            self._job = self._counter.submit(JobKind.MEMORY, work)

    def _end(self) -> None:
        """Put the changed memory back into use and list all."""
        self._changing = self._next = None
        self._job = 0
        self.busy_changed.emit(False)
        self._apply()
        self.refresh()

    def _apply(self) -> None:
        names = tuple(name for name in self._used if name != self._changing)
        if names != self._in_engine or self._next is not None:
            self._in_engine = names
            self._use_job = self._engine.submit(
                JobKind.PERSONAL, partial(use_memories, self._use, names)
            )

    def _set_used(self, names: tuple[str, ...]) -> None:
        if names != self._used:
            self._used = names
            self._apply()
            self.used_changed.emit(names)

    def _remember(self) -> None:
        document_id, path = self._document
        if path is None:
            self._nameless[document_id] = self._used
            return
        current = self._settings.current
        kept = [pair for pair in current.document_memories if pair[0] != path]
        if self._used:
            kept.append((path, self._used))
        if tuple(kept) != current.document_memories:
            self._save(replace(current, document_memories=tuple(kept[-MAX_DOCUMENTS:])))

    def _forget(self, name: str) -> None:
        """Drop every mention of the memory ``name``."""
        self._nameless = {
            key: tuple(other for other in names if other != name)
            for key, names in self._nameless.items()
        }
        self._set_used(tuple(other for other in self._used if other != name))
        self._save(self._settings.current.without_memory(name))

    def _save(self, settings: Settings) -> None:
        try:
            self._settings.save(settings)
        except FileWriteError as error:
            self.failed.emit(error)

    def _on_stepped(self, number: int, done: int, total: int) -> None:
        if number == self._round and self._job:
            self.progressed.emit(done, total)

    def _on_use_done(self, job_id: int, _value: object) -> None:
        if job_id == self._use_job:
            self.applied.emit()
            self._begin()

    def _on_use_failed(self, job_id: int, error: BubaiError) -> None:
        if job_id == self._use_job:
            self.failed.emit(error)
            self._begin()

    def _on_done(self, job_id: int, value: object) -> None:
        if job_id == self._list_job:
            self.infos = cast("tuple[PersonalInfo, ...]", value)
            self.listed.emit(value)
        elif job_id == self._job:
            name = self._changing or ""
            if not isinstance(value, Added):
                self._forget(name)
            self._end()
            if isinstance(value, Added):
                self.added.emit(value)
            else:
                self.removed.emit(name)

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
