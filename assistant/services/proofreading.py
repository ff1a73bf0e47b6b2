"""Proof-reads the document while it is written.

Qt core only; imports nothing of the ui, and the engine only when it is first needed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from assistant.engine.cancel import Cancel
from assistant.records import Mistake
from assistant.services.ignored_words import IgnoredWords
from assistant.services.lazy_model import LazyModel
from assistant.services.live_analysis import DEBOUNCE_MS, LiveAnalysis
from assistant.services.scope import DocumentText, ReadDocument, Scope, part_of
from assistant.services.worker import JobKind, Work, Worker
from assistant.text.offsets import OffsetMap

if TYPE_CHECKING:
    from assistant.engine.proofread import Proofreader

BATCH_SECONDS = 0.12
_SHOWN_CHARS = 12


@dataclass(frozen=True, slots=True)
class PlacedMistake:
    """A mistake, where it stands in the editor, and what stands around it on its line.

    The offsets of ``mistake`` are code points of the whole document.
    """

    start_utf16: int
    end_utf16: int
    mistake: Mistake
    before: str
    after: str


class ProofService(LiveAnalysis):
    """Keeps the list of the document's mistakes up to date; used as SentimentService is."""

    mistakes_found = Signal(int, object)
    """Revision, tuple of PlacedMistake not reported before, in text order."""
    finished = Signal(int, object)
    """Revision, tuple of all PlacedMistakes in text order."""

    _found = Signal(int, object)

    def __init__(
        self,
        worker: Worker,
        model: LazyModel[Proofreader],
        ignored: IgnoredWords,
        read_document: ReadDocument,
        *,
        debounce_ms: int = DEBOUNCE_MS,
        parent: QObject | None = None,
    ) -> None:
        """Read in ``worker`` what ``read_document`` returns; ``ignored`` words are left alone."""
        super().__init__(
            worker, JobKind.PROOF, read_document, debounce_ms=debounce_ms, parent=parent
        )
        self.model = model
        self.ignored = ignored
        self._found.connect(self._on_found, Qt.ConnectionType.QueuedConnection)

    def ignore(self, word: str) -> None:
        """Leave ``word`` alone from now on, and read again. Raises FileWriteError."""
        self.ignored.add(word)
        self._changed(0)

    def stop_ignoring(self, word: str) -> None:
        """Look at ``word`` again, and read again. Raises FileWriteError."""
        self.ignored.remove(word)
        self._changed(0)

    def _work(self, revision: int, document: DocumentText) -> Work | None:
        found = partial(self._found.emit, revision)
        told = self._telling(revision)
        return partial(_read, self.model, self.ignored, document, self._scope, found, told)

    def _report(self, revision: int, value: object) -> None:
        self.finished.emit(revision, value)

    def _on_found(self, revision: int, mistakes: object) -> None:
        if self._is_current(revision):
            self.mistakes_found.emit(revision, mistakes)


def _read(
    model: LazyModel[Proofreader],
    ignored: IgnoredWords,
    document: DocumentText,
    scope: Scope,
    found: Callable[[object], object],
    told: Callable[[int, int], object],
    cancel: Cancel,
) -> tuple[PlacedMistake, ...]:
    offsets = OffsetMap(document.text)
    part = part_of(document, offsets, scope)
    text = document.text[part.start_char : part.end_char]
    everything: list[PlacedMistake] = []
    held: list[PlacedMistake] = []
    last = 0.0

    def take(end_char: int, mistakes: tuple[Mistake, ...]) -> None:
        nonlocal last
        placed = [
            _place(document.text, offsets, _moved(mistake, part.start_char))
            for mistake in ignored.without(text, mistakes)
        ]
        everything.extend(placed)
        held.extend(placed)
        now = time.monotonic()
        if now - last >= BATCH_SECONDS:
            found(tuple(held))
            held.clear()
            told(end_char, len(text))
            last = now

    model.require().check(text, cancel, take)
    return tuple(everything)


def _moved(mistake: Mistake, chars: int) -> Mistake:
    return replace(
        mistake, start_char=mistake.start_char + chars, end_char=mistake.end_char + chars
    )


def _place(text: str, offsets: OffsetMap, mistake: Mistake) -> PlacedMistake:
    start, end = mistake.start_char, mistake.end_char
    before = text[max(0, start - _SHOWN_CHARS) : start].rpartition("\n")[2]
    after = text[end : end + _SHOWN_CHARS].partition("\n")[0]
    return PlacedMistake(offsets.to_utf16(start), offsets.to_utf16(end), mistake, before, after)
