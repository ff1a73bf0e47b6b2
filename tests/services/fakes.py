"""Fake engines whose timing the test controls."""

from __future__ import annotations

import threading

from assistant.engine.cancel import Cancel
from assistant.records import (
    Candidate,
    CharacterVote,
    Choice,
    Explanation,
    FillRequest,
    FillResult,
    JointFill,
    PackageInfo,
    ScoredWord,
    SpanFill,
    Task,
)

INFO = PackageInfo(Task.FILL, "fake", "1", "MIT", "fake", 1, 1.0)


class FakeEngine:
    """Answers every blank with the character before it, once ``go_on`` is set."""

    def __init__(self, *, held: bool = False) -> None:
        self.info = INFO
        self.asked: list[FillRequest] = []
        self.running = threading.Event()
        self.go_on = threading.Event()
        if not held:
            self.go_on.set()
        self.error: Exception | None = None

    def fill(self, request: FillRequest, cancel: Cancel | None = None) -> FillResult:
        self.asked.append(request)
        self.running.set()
        while not self.go_on.wait(0.002):
            if cancel is not None:
                cancel.check()
        if self.error is not None:
            raise self.error
        own_words = request.span_words or ((),) * len(request.spans)
        fills = tuple(
            SpanFill(
                span,
                (Candidate(request.text[max(0, span.start_char - 1)], 0.5),),
                tuple(ScoredWord(word, 0.25, 7) for word in (*request.words, *own)),
                tuple(Choice(word, 1 / len(request.choices)) for word in request.choices),
            )
            for span, own in zip(request.spans, own_words, strict=True)
        )
        joint = JointFill(tuple(fill.candidates[0].text for fill in fills), 0.5)
        return FillResult(request.text, fills, (joint,), 1.0)


def fake_explain(
    engine: FakeEngine, request: FillRequest, index: int, words: tuple[str, ...], cancel: Cancel
) -> Explanation:
    """Let the character before the blank speak for every word."""
    engine.fill(request, cancel)
    span = request.spans[index]
    before = span.start_char - 1
    vote = CharacterVote(before, request.text[before], (1.0,) * len(words))
    return Explanation(span, tuple(Candidate(word, 0.5) for word in words), (vote,), 1.0)
