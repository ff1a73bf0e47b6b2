"""Translates the document beside the text, streamed sentence by sentence.

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
from assistant.errors import EmptyTextError
from assistant.records import SentenceTranslation, Translation
from assistant.services.lazy_model import LazyModel
from assistant.services.live_analysis import DEBOUNCE_MS, LiveAnalysis
from assistant.services.scope import DocumentText, ReadDocument, Scope, part_of
from assistant.services.worker import JobKind, Work, Worker
from assistant.text.offsets import OffsetMap
from assistant.text.segments import find_sentences

if TYPE_CHECKING:
    from assistant.engine.translate import Translator

BATCH_SECONDS = 0.08
"""Sentences are reported at most so often: the window has to keep up."""
FAST, BETTER = 1, 4
"""Beams."""


@dataclass(frozen=True, slots=True)
class PlacedPair:
    """A sentence, where it stands in the editor, and its translation once there is one."""

    start_utf16: int
    end_utf16: int
    source: str
    translation: SentenceTranslation | None = None


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A translated (part of the) document; ``pairs`` in text order, with document offsets.

    ``result`` is about the part that was asked for, with offsets of its own.
    """

    revision: int
    scope: Scope
    result: Translation
    pairs: tuple[PlacedPair, ...]


class TranslationService(LiveAnalysis):
    """Keeps the translation of the document up to date; used as SentimentService is.

    Sentences that were translated before come from the engine's cache, so that an edit costs one.
    """

    planned = Signal(int, object)
    """Revision, tuple of PlacedPair without translations, in text order."""
    sentences_found = Signal(int, object)
    """Revision, tuple of (index in the plan, SentenceTranslation): first all that were known, then
    from the caret's sentence to the end, then from the beginning."""
    finished = Signal(int, object)
    """Revision, Interpretation; it replaces what was found so far."""

    _news = Signal(int, object, bool)

    def __init__(
        self,
        worker: Worker,
        model: LazyModel[Translator],
        read_document: ReadDocument,
        *,
        debounce_ms: int = DEBOUNCE_MS,
        parent: QObject | None = None,
    ) -> None:
        """Translate in ``worker`` with ``model`` what ``read_document`` returns."""
        super().__init__(
            worker, JobKind.TRANSLATION, read_document, debounce_ms=debounce_ms, parent=parent
        )
        self.model = model
        self._beams = FAST
        self._news.connect(self._on_news, Qt.ConnectionType.QueuedConnection)

    @property
    def beams(self) -> int:
        """How many hypotheses are kept: FAST or BETTER."""
        return self._beams

    def set_beams(self, beams: int) -> None:
        """Translate faster or better from now on."""
        if beams != self._beams:
            self._beams = beams
            self._changed(0)

    def _work(self, revision: int, document: DocumentText) -> Work | None:
        planned = partial(self._tell, revision, True)
        found = partial(self._tell, revision, False)
        told = self._telling(revision)
        task = _Task(revision, document, self._scope, self._beams, planned, found, told)
        return partial(_translate, self.model, task)

    def _tell(self, revision: int, is_plan: bool, news: object) -> None:
        self._news.emit(revision, news, is_plan)

    def _report(self, revision: int, value: object) -> None:
        self.finished.emit(revision, value)

    def _on_news(self, revision: int, news: object, is_plan: bool) -> None:
        if self._is_current(revision):
            (self.planned if is_plan else self.sentences_found).emit(revision, news)


@dataclass(frozen=True, slots=True)
class _Task:
    revision: int
    document: DocumentText
    scope: Scope
    beams: int
    planned: Callable[[object], object]
    found: Callable[[object], object]
    told: Callable[[int, int], object]


class _Stream:
    """Passes on what is found, not more often than the window can take."""

    def __init__(self, task: _Task, total: int) -> None:
        self._task, self._total = task, total
        self._held: list[tuple[int, SentenceTranslation]] = []
        self._done = 0
        self._last = 0.0

    def add(self, index: int, sentence: SentenceTranslation) -> None:
        self._held.append((index, sentence))
        self._done += 1
        now = time.monotonic()
        if now - self._last >= BATCH_SECONDS or self._done == self._total:
            self._task.found(tuple(self._held))
            self._task.told(self._done, self._total)
            self._held.clear()
            self._last = now


def _translate(model: LazyModel[Translator], task: _Task, cancel: Cancel) -> Interpretation:
    document = task.document
    offsets = OffsetMap(document.text)
    part = part_of(document, offsets, task.scope)
    text = document.text[part.start_char : part.end_char]
    if not text.strip():
        raise EmptyTextError
    plan = tuple(
        PlacedPair(
            offsets.to_utf16(part.start_char + place.start_char),
            offsets.to_utf16(part.start_char + place.end_char),
            text[place.start_char : place.end_char],
        )
        for place in find_sentences(text)
    )
    task.planned(plan)
    if not plan:
        return Interpretation(task.revision, task.scope, Translation(text, text, (), 0.0), ())
    result = model.require().translate(
        text,
        task.beams,
        cancel,
        _Stream(task, len(plan)).add,
        near_char=part.caret_char - part.start_char,
    )
    pairs = zip(plan, result.sentences, strict=True)
    placed = tuple(replace(pair, translation=sentence) for pair, sentence in pairs)
    return Interpretation(task.revision, task.scope, result, placed)
