"""What the editor shows at one moment, and the excerpt of it that the engine needs.

Pure: imports nothing of Qt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.records import MAX_SPANS, Explanation, FillRequest, FillResult, Span
from assistant.text.windows import window

MAX_EXCERPT_CHARS = 4_000
"""Longest excerpt sent to the engine, in characters."""
_MAX_REACH_CHARS = MAX_EXCERPT_CHARS // 2
"""Spans further apart than this do not help each other and are not filled together."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The document as the editor shows it, without anything still being composed.

    ``spans`` in text order: the blanks, and the selected word if there is one (all of the
    document, or those near the caret: the service takes the ones nearest to ``caret_char``).
    ``words`` are scored in every span along with the fill (the selected word itself).
    All offsets count code points of ``text``; ``caret_char`` stands in or beside the blank in
    question.
    """

    text: str
    spans: tuple[Span, ...]
    caret_char: int
    words: tuple[str, ...] = ()
    top: int = 5


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a document around some spans.

    ``request`` counts from the start of the excerpt, which is ``start_char`` in the document;
    ``spans`` are the same spans in the document, ``near`` the one nearest to the caret.
    """

    request: FillRequest
    start_char: int
    spans: tuple[Span, ...]
    near: int


def take_excerpt(snapshot: Snapshot) -> Excerpt | None:
    """Return the excerpt around the spans nearest to the caret, or None without a span.

    At most MAX_SPANS spans that do not overlap, and MAX_EXCERPT_CHARS characters of whole
    sentences; only a span that is longer itself makes it longer.
    """
    spans = _nearest(snapshot.spans, snapshot.caret_char)
    if not spans:
        return None
    near = min(range(len(spans)), key=lambda i: _distance(spans[i], snapshot.caret_char))
    start, end = window(snapshot.text, spans[0].start_char, spans[-1].end_char, MAX_EXCERPT_CHARS)
    local = tuple(_shift(span, -start) for span in spans)
    words = tuple(snapshot.words if i == near else () for i in range(len(spans)))
    request = FillRequest(snapshot.text[start:end], local, snapshot.top, span_words=words)
    return Excerpt(request, start, spans, near)


def near_request(request: FillRequest, near: int, words: tuple[str, ...] = ()) -> FillRequest:
    """Return the part of ``request`` that the person looks at: span ``near`` alone.

    The other blanks stay open, so its candidates are the same. A single one of ``words`` is scored
    as well, several are weighed against each other.
    """
    own = request.span_words[near] if request.span_words else ()
    several = len(words) > 1
    return FillRequest(
        request.text,
        (request.spans[near],),
        request.top,
        () if several else words,
        span_words=(own,),
        choices=words if several else (),
    )


def place_fill(result: FillResult, excerpt: Excerpt, snapshot: Snapshot) -> FillResult:
    """Return the result of (a part of) ``excerpt.request`` with the offsets of ``snapshot``."""
    spans = tuple(
        replace(fill, span=_shift(fill.span, excerpt.start_char)) for fill in result.spans
    )
    return replace(result, text=snapshot.text, spans=spans)


def place_explanation(explanation: Explanation, excerpt: Excerpt) -> Explanation:
    """Return the explanation of ``excerpt.request`` with the offsets of the document."""
    votes = tuple(
        replace(vote, start_char=vote.start_char + excerpt.start_char) for vote in explanation.votes
    )
    span = _shift(explanation.span, excerpt.start_char)
    return replace(explanation, span=span, votes=votes)


def _shift(span: Span, by_chars: int) -> Span:
    return replace(span, start_char=span.start_char + by_chars, end_char=span.end_char + by_chars)


def _distance(span: Span, caret_char: int) -> int:
    return max(span.start_char - caret_char, caret_char - span.end_char, 0)


def _nearest(spans: tuple[Span, ...], caret_char: int) -> tuple[Span, ...]:
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda span: _distance(span, caret_char))[: 2 * MAX_SPANS]:
        together = [*chosen, span]
        reach = max(s.end_char for s in together) - min(s.start_char for s in together)
        if len(together) > MAX_SPANS or (chosen and reach > _MAX_REACH_CHARS):
            break
        if all(span.end_char <= s.start_char or s.end_char <= span.start_char for s in chosen):
            chosen = together
    return tuple(sorted(chosen, key=lambda span: span.start_char))
