"""A fill service on a fake engine, with what it reported."""

from __future__ import annotations

from assistant.errors import BubaiError
from assistant.records import FillResult
from assistant.services.analysis import FillService
from assistant.services.snapshot import Snapshot
from assistant.services.worker import Worker
from assistant.text.masks import find_spans
from tests.services.fakes import FakeEngine, fake_explain


class Events:
    """Everything the service reported, in order."""

    def __init__(self, service: FillService) -> None:
        self.seen: list[tuple[str, ...]] = []
        self.results: list[FillResult] = []
        self.errors: list[BubaiError] = []
        service.model_loading.connect(lambda: self.seen.append(("loading",)))
        service.model_ready.connect(lambda info: self.seen.append(("ready", info.name)))
        service.model_failed.connect(lambda error: self._failed("model_failed", "", error))
        service.fill_started.connect(lambda n: self.seen.append(("started", str(n))))
        service.fill_finished.connect(self._on_finished)
        service.fill_failed.connect(lambda n, error: self._failed("failed", str(n), error))
        service.fill_cancelled.connect(lambda n: self.seen.append(("cancelled", str(n))))

    def _on_finished(self, revision: int, result: FillResult) -> None:
        self.seen.append(("finished", str(revision)))
        self.results.append(result)

    def _failed(self, name: str, revision: str, error: BubaiError) -> None:
        self.seen.append((name, revision))
        self.errors.append(error)

    def count(self, name: str) -> int:
        return sum(event[0] == name for event in self.seen)


class Desk:
    """A service on a fake engine, with what it reported."""

    def __init__(self, worker: Worker, *, held: bool = False, debounce_ms: int = 0) -> None:
        self.engine = FakeEngine(held=held)
        self.service = FillService(
            worker, lambda: self.engine, fake_explain, debounce_ms=debounce_ms
        )
        self.events = Events(self.service)

    def show(self, text: str, caret_char: int = 0, words: tuple[str, ...] = ()) -> int:
        return self.service.document_changed(Snapshot(text, find_spans(text), caret_char, words))

    def texts_asked(self) -> list[str]:
        return [request.text for request in self.engine.asked]
