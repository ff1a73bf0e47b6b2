"""The mood of the document, sentence by sentence, while it is written; and why.

Qt core only; imports nothing of the ui.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from assistant.engine.cancel import Cancel
from assistant.errors import BubaiError, Cancelled
from assistant.records import SentenceSentiment, TextSentiment
from assistant.services.lazy_model import LazyModel
from assistant.services.live_analysis import DEBOUNCE_MS, LiveAnalysis
from assistant.services.scope import DocumentText, ReadDocument, Scope, part_of
from assistant.services.worker import JobKind, Work, Worker
from assistant.text.offsets import OffsetMap

if TYPE_CHECKING:
    from assistant.engine.understand import Understander

BATCH_SECONDS = 0.12
"""Sentences found are reported at most so often: the window has to keep up."""


@dataclass(frozen=True, slots=True)
class PlacedSentence:
    """A verdict, and where its sentence stands in the editor.

    The offsets of ``verdict`` are code points of the whole document.
    """

    start_utf16: int
    end_utf16: int
    verdict: SentenceSentiment


@dataclass(frozen=True, slots=True)
class Mood:
    """The verdict on (a part of) the document; sentences in text order, as in ``verdict``.

    All offsets are those of the whole document, whatever the scope.
    """

    revision: int
    scope: Scope
    verdict: TextSentiment
    sentences: tuple[PlacedSentence, ...]


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """How much a word moved the verdict (see WordInfluence), and where it stands in the editor."""

    start_utf16: int
    end_utf16: int
    effect: float


@dataclass(frozen=True, slots=True)
class _Why:
    start_utf16: int
    words: tuple[PlacedWord, ...]


class SentimentService(LiveAnalysis):
    """Keeps the document's mood up to date.

    Use: ``set_active`` when the panel is shown or hidden, ``document_changed`` and
    ``caret_moved`` from the editor, ``set_composing`` from its input-method events.
    """

    sentences_found = Signal(int, object)
    """Revision, tuple of PlacedSentence not reported before: first all that were known, then from
    the caret's sentence to the end, then from the beginning."""
    finished = Signal(int, object)
    """Revision, Mood; it replaces what was found so far."""
    explained = Signal(int, object)
    """Where the sentence begins (UTF-16), tuple of PlacedWord in text order."""
    explanation_failed = Signal(object)
    """BubaiError (Cancelled when the text changed meanwhile)."""

    _found = Signal(int, object)

    def __init__(
        self,
        worker: Worker,
        model: LazyModel[Understander],
        read_document: ReadDocument,
        *,
        debounce_ms: int = DEBOUNCE_MS,
        parent: QObject | None = None,
    ) -> None:
        """Judge in ``worker`` with ``model`` what ``read_document`` returns."""
        super().__init__(
            worker, JobKind.SENTIMENT, read_document, debounce_ms=debounce_ms, parent=parent
        )
        self.model = model
        self._mood: Mood | None = None
        self._why_job, self._why_revision = 0, -1
        self._found.connect(self._on_found, Qt.ConnectionType.QueuedConnection)
        worker.job_done.connect(self._on_why_done)
        worker.job_failed.connect(self._on_why_failed)
        worker.job_cancelled.connect(self._on_why_cancelled)

    @property
    def mood(self) -> Mood | None:
        """The last answer; older than the document where :attr:`outdated` was emitted since."""
        return self._mood

    def explain(self, start_utf16: int, sentence: str) -> None:
        """Find out which words of ``sentence``, as it stands there now, move its verdict."""
        work = partial(_explain, self.model, start_utf16, sentence)
        self._why_revision = self._revision
        self._why_job = self._worker.submit(JobKind.SENTIMENT_WHY, work)

    def _work(self, revision: int, document: DocumentText) -> Work | None:
        found = partial(self._found.emit, revision)
        told = self._telling(revision)
        return partial(_analyse, self.model, document, self._scope, revision, found, told)

    def _report(self, revision: int, value: object) -> None:
        assert isinstance(value, Mood)
        self._mood = value
        self.finished.emit(revision, value)

    def _on_found(self, revision: int, sentences: object) -> None:
        if self._is_current(revision):
            self.sentences_found.emit(revision, sentences)

    def _on_why_done(self, job_id: int, value: object) -> None:
        if job_id == self._why_job and isinstance(value, _Why):
            if self._why_revision == self._revision:
                self.explained.emit(value.start_utf16, value.words)
            else:
                self.explanation_failed.emit(Cancelled())

    def _on_why_failed(self, job_id: int, error: BubaiError) -> None:
        if job_id == self._why_job:
            self.explanation_failed.emit(error)

    def _on_why_cancelled(self, job_id: int) -> None:
        if job_id == self._why_job:
            self.explanation_failed.emit(Cancelled())


class _Collector:
    """Places the sentences found and passes them on, not more often than the window can take."""

    def __init__(
        self,
        place: Callable[[SentenceSentiment], PlacedSentence],
        found: Callable[[object], object],
    ) -> None:
        self._place, self._found = place, found
        self._held: list[PlacedSentence] = []
        self._last = 0.0

    def add(self, sentences: tuple[SentenceSentiment, ...]) -> None:
        self._held.extend(map(self._place, sentences))
        now = time.monotonic()
        if now - self._last >= BATCH_SECONDS:
            self.end()
            self._last = now

    def end(self) -> None:
        """Pass on what is held back, so that nobody has to enter all sentences again."""
        if self._held:
            self._found(tuple(self._held))
            self._held.clear()


def _analyse(
    model: LazyModel[Understander],
    document: DocumentText,
    scope: Scope,
    revision: int,
    found: Callable[[object], object],
    told: Callable[[int, int], object],
    cancel: Cancel,
) -> Mood:
    analyser = model.require().sentiment
    offsets = OffsetMap(document.text)
    part = part_of(document, offsets, scope)

    known: dict[int, PlacedSentence] = {}

    def place(sentence: SentenceSentiment) -> PlacedSentence:
        # Each is made once: thousands of new objects make Python's collector stop all threads.
        found = known.get(sentence.start_char)
        if found is None:
            start, end = part.start_char + sentence.start_char, part.start_char + sentence.end_char
            moved = sentence
            if part.start_char:
                moved = replace(sentence, start_char=start, end_char=end)
            found = PlacedSentence(offsets.to_utf16(start), offsets.to_utf16(end), moved)
            known[sentence.start_char] = found
        return found

    collector = _Collector(place, found)
    verdict = analyser.analyse(
        document.text[part.start_char : part.end_char],
        cancel,
        told,
        found=collector.add,
        near_char=part.caret_char - part.start_char,
    )
    collector.end()
    placed = tuple(map(place, verdict.sentences))
    sentences = tuple(one.verdict for one in placed)
    whole = replace(verdict, text=document.text, sentences=sentences)
    return Mood(revision, scope, whole, placed)


def _explain(
    model: LazyModel[Understander], start_utf16: int, sentence: str, cancel: Cancel
) -> _Why:
    offsets = OffsetMap(sentence)
    words = tuple(
        PlacedWord(
            start_utf16 + offsets.to_utf16(word.start_char),
            start_utf16 + offsets.to_utf16(word.end_char),
            word.effect,
        )
        for word in model.require().sentiment.explain(sentence, cancel)
    )
    return _Why(start_utf16, words)
