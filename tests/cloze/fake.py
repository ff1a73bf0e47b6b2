"""A scorer whose opinions are written down: for every hidden word a table of words and P."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.engine.cancel import Cancel
from assistant.records import Candidate, FillRequest, FillResult, ScoredWord, Span, SpanFill


class FakeScorer:
    """Answers from ``tables``; a word that no table knows has P = ``other``."""

    def __init__(self, tables: Mapping[str, Mapping[str, float]], other: float = 1e-6) -> None:
        self._tables = tables
        self._other = other
        self.requests: list[FillRequest] = []

    def fill(self, request: FillRequest, cancel: Cancel | None = None) -> FillResult:
        self.requests.append(request)
        rows = request.span_words or ((),) * len(request.spans)
        fills = tuple(self._fill(request, *pair) for pair in zip(request.spans, rows, strict=True))
        return FillResult(request.text, fills, (), 0.0)

    def _fill(self, request: FillRequest, span: Span, words: tuple[str, ...]) -> SpanFill:
        table = self._tables.get(request.text[span.start_char : span.end_char], {})

        def fits(word: str) -> bool:
            return span.length is None or len(word) == span.length

        best = sorted((w for w in table if fits(w)), key=lambda w: -table[w])[: request.top]
        return SpanFill(
            span,
            tuple(Candidate(word, table[word]) for word in best),
            tuple(ScoredWord(w, table.get(w, self._other), None) for w in words if fits(w)),
        )
