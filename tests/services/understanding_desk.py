"""The services of sentiment and labels on a toy package, with what they reported."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject

from assistant.engine.cancel import Cancel
from assistant.engine.classifier import Classifier
from assistant.engine.understand import Understander
from assistant.errors import BubaiError
from assistant.records import LabelResult
from assistant.services.labels import LabelService
from assistant.services.lazy_model import LazyModel
from assistant.services.live_analysis import LiveAnalysis
from assistant.services.scope import DocumentText
from assistant.services.sentiment import Mood, PlacedSentence, PlacedWord, SentimentService
from assistant.services.worker import Worker
from tests.engine.toy_understand import toy_understander


class Gate:
    """Lets the model run, or holds it until it is opened or the job is cancelled."""

    def __init__(self, classifier: Classifier) -> None:
        self.go_on = threading.Event()
        self.go_on.set()
        self.running = threading.Event()
        self.runs = 0
        self._run = classifier._session.run
        classifier._session.run = self._held  # type: ignore[method-assign]

    def _held(self, feeds, cancel: Cancel | None = None):
        self.runs += 1
        self.running.set()
        while not self.go_on.wait(0.002):
            if cancel is not None:
                cancel.check()
        return self._run(feeds, cancel)


class UnderstandingDesk(QObject):
    """Both services on one worker; ``show`` is what the person writes."""

    def __init__(self, worker: Worker, folder: Path, **changes: object) -> None:
        super().__init__()
        self.engine = toy_understander(folder, **changes)
        self.gate = Gate(self.engine._classifier)
        self.loads = 0
        self.error: BubaiError | None = None
        self.document = DocumentText("", 0, 0)
        self.reads = 0
        self.model = LazyModel(self._load)
        self.moods = SentimentService(worker, self.model, self._read, debounce_ms=0)
        self.labels = LabelService(worker, self.model, self._read, debounce_ms=0)
        self.seen: list[str] = []
        self.found: list[tuple[PlacedSentence, ...]] = []
        self.answers: list[Mood] = []
        self.results: list[LabelResult] = []
        self.words: list[tuple[PlacedWord, ...]] = []
        self.errors: list[BubaiError] = []
        self._connect()

    def _connect(self) -> None:
        self.moods.sentences_found.connect(lambda _n, batch: self.found.append(batch))
        self.moods.finished.connect(lambda _n, mood: self.answers.append(mood))
        self.moods.explained.connect(lambda _s, words: self.words.append(words))
        self.moods.explanation_failed.connect(self.errors.append)
        self.labels.finished.connect(lambda _n, result: self.results.append(result))
        for name, service in (("mood", self.moods), ("label", self.labels)):
            self._listen(name, service)

    def _listen(self, name: str, service: LiveAnalysis) -> None:
        service.started.connect(lambda _n: self.seen.append(f"{name} started"))
        service.outdated.connect(lambda: self.seen.append(f"{name} outdated"))
        service.cancelled.connect(lambda: self.seen.append(f"{name} cancelled"))
        service.failed.connect(self.errors.append)

    def _load(self) -> Understander:
        self.loads += 1
        if self.error is not None:
            raise self.error
        return self.engine

    def _read(self) -> DocumentText:
        self.reads += 1
        return self.document

    def show(self, text: str, start_utf16: int = 0, end_utf16: int | None = None) -> None:
        end = start_utf16 if end_utf16 is None else end_utf16
        self.document = DocumentText(text, start_utf16, end)
        self.moods.document_changed()
        self.labels.document_changed()
