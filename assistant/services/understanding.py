"""What sentiment and labels share: the package, loaded in the analyst thread, and what is judged.

Qt core only; imports nothing of the ui, and the engine only when the package is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from assistant.errors import BubaiError
from assistant.records import PackageInfo
from assistant.text.offsets import OffsetMap
from assistant.text.sentences import sentence_spans

if TYPE_CHECKING:
    from assistant.engine.understand import Understander


class Scope(Enum):
    """Which part of the document is judged; a selection of nothing is the whole text."""

    TEXT = "text"
    SELECTION = "selection"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The whole document at one moment, with its selection; an empty one is the caret."""

    text: str
    start_utf16: int
    end_utf16: int


ReadDocument = Callable[[], DocumentText]
"""Called on the UI thread when typing has paused."""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a document that is judged: code points ``start_char`` … ``end_char``."""

    start_char: int
    end_char: int
    caret_char: int


def part_of(document: DocumentText, offsets: OffsetMap, scope: Scope) -> Part:
    """Return the part of ``document`` that ``scope`` means; takes a while for a long text."""
    text = document.text
    start = offsets.to_char(min(document.start_utf16, offsets.utf16_length))
    end = offsets.to_char(min(document.end_utf16, offsets.utf16_length))
    if scope is Scope.SELECTION and start < end:
        return Part(start, end, start)
    if scope is Scope.SENTENCE:
        line_start = text.rfind("\n", 0, end) + 1
        line_end = text.find("\n", end)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        for first, last in sentence_spans(line):
            if end <= line_start + last:
                return Part(line_start + first, line_start + last, end)
        return Part(line_start, line_start + len(line), end)
    return Part(0, len(text), start)


class UnderstandingModel(QObject):
    """The ``understand`` package: loaded by the first job that needs it, in that job's thread.

    Its signals are emitted on the thread that made it.
    """

    loading = Signal()
    ready = Signal(object)
    """PackageInfo."""
    failed = Signal(object)
    """BubaiError; :meth:`reload` tries again with the next job."""

    _told = Signal(object)

    def __init__(self, load: Callable[[], Understander], parent: QObject | None = None) -> None:
        """``load`` runs in the worker thread."""
        super().__init__(parent)
        self._load = load
        self._loaded: Understander | None = None
        self._error: BubaiError | None = None
        self._info: PackageInfo | None = None
        self._is_stale = False
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    @property
    def info(self) -> PackageInfo | None:
        """What is known of the loaded package; None before the first job."""
        return self._info

    def reload(self) -> None:
        """Forget the package, or why it could not be loaded; the next job loads it anew."""
        self._is_stale = True

    def require(self) -> Understander:
        """Return the package, loading it if need be; for jobs of the worker thread only.

        Raises ModelError.
        """
        if self._is_stale:
            self._is_stale, self._loaded, self._error = False, None, None
        if self._loaded is not None:
            return self._loaded
        if self._error is not None:
            raise self._error
        self._told.emit(None)
        try:
            self._loaded = self._load()
        except BubaiError as error:
            self._error = error
            self._told.emit(error)
            raise
        self._told.emit(self._loaded.info)
        return self._loaded

    def _on_told(self, news: object) -> None:
        if isinstance(news, BubaiError):
            self.failed.emit(news)
        elif isinstance(news, PackageInfo):
            self._info = news
            self.ready.emit(news)
        else:
            self.loading.emit()
