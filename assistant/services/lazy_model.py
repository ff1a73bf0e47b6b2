"""A model that is loaded by the first job that needs it, in that job's thread.

Qt core only; imports nothing of the ui or the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from assistant.errors import BubaiError

T = TypeVar("T")


class LazyModel(QObject, Generic[T]):
    """An engine, made when it is first asked for, and made anew after :meth:`reload`."""

    loading = Signal()
    """A job waits for the model. Emitted on the thread that made this."""

    _told = Signal()

    def __init__(self, load: Callable[[], T], parent: QObject | None = None) -> None:
        """``load`` runs in the worker thread."""
        super().__init__(parent)
        self._load = load
        self._loaded: T | None = None
        self._error: BubaiError | None = None
        self._is_stale = False
        self._told.connect(self.loading, Qt.ConnectionType.QueuedConnection)

    def reload(self) -> None:
        """Forget the model, or why it could not be loaded; the next job loads it anew.

        For any thread.
        """
        self._is_stale = True

    def require(self) -> T:
        """Return the model, loading it if need be; for jobs of one worker thread only.

        Raises ModelError, until :meth:`reload` the same one without trying again.
        """
        if self._is_stale:
            self._is_stale, self._loaded, self._error = False, None, None
        if self._error is not None:
            raise self._error
        if self._loaded is None:
            self._told.emit()
            try:
                self._loaded = self._load()
            except BubaiError as error:
                self._error = error
                raise
        return self._loaded
