"""A person's labels for the document, while it is written. Qt core only; nothing of the ui."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assistant.engine.cancel import Cancel
from assistant.engine.label_rules import DEFAULT_TEMPLATE
from assistant.records import LabelResult
from assistant.services.lazy_model import LazyModel
from assistant.services.live_analysis import DEBOUNCE_MS, LiveAnalysis
from assistant.services.scope import DocumentText, ReadDocument, Scope, part_of
from assistant.services.worker import JobKind, Work, Worker
from assistant.text.offsets import OffsetMap

if TYPE_CHECKING:
    from assistant.engine.understand import Understander


@dataclass(frozen=True, slots=True)
class LabelQuery:
    """What is asked: which labels, in which sentence, and whether several may fit."""

    labels: tuple[str, ...]
    template: str = DEFAULT_TEMPLATE
    multi: bool = False


class LabelService(LiveAnalysis):
    """Keeps the confidences of the labels up to date; asked again, it runs only what is new."""

    finished = Signal(int, object)
    """Revision, LabelResult."""

    def __init__(
        self,
        worker: Worker,
        model: LazyModel[Understander],
        read_document: ReadDocument,
        *,
        debounce_ms: int = DEBOUNCE_MS,
        parent: QObject | None = None,
    ) -> None:
        """Classify in ``worker`` with ``model`` what ``read_document`` returns."""
        super().__init__(
            worker, JobKind.LABELS, read_document, debounce_ms=debounce_ms, parent=parent
        )
        self.model = model
        self._query: LabelQuery | None = None
        self._result: LabelResult | None = None

    @property
    def query(self) -> LabelQuery | None:
        """What is asked."""
        return self._query

    @property
    def result(self) -> LabelResult | None:
        """The last answer; older than the document where :attr:`outdated` was emitted since."""
        return self._result

    def set_query(self, query: LabelQuery | None) -> None:
        """Ask something else; None, or a query without labels, asks nothing."""
        if query != self._query:
            self._query = query
            self._changed(min(DEBOUNCE_MS // 2, self._debounce_ms))

    def _work(self, revision: int, document: DocumentText) -> Work | None:
        if self._query is None or not any(label.strip() for label in self._query.labels):
            return None
        told = self._telling(revision)
        return partial(_classify, self.model, document, self._scope, self._query, told)

    def _report(self, revision: int, value: object) -> None:
        assert isinstance(value, LabelResult)
        self._result = value
        self.finished.emit(revision, value)


def _classify(
    model: LazyModel[Understander],
    document: DocumentText,
    scope: Scope,
    query: LabelQuery,
    told: Callable[[int, int], object],
    cancel: Cancel,
) -> LabelResult:
    part = part_of(document, OffsetMap(document.text), scope)
    text = document.text[part.start_char : part.end_char]
    return model.require().labels.classify(
        text, query.labels, query.template, query.multi, cancel, told
    )
