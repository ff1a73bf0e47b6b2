"""Which part of a document the engine is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.records import MAX_SPANS, FillRequest, FillResult, Span, SpanFill
from assistant.services.snapshot import (
    MAX_EXCERPT_CHARS,
    Snapshot,
    place_fill,
    take_excerpt,
)
from assistant.text.masks import MASK, find_spans

SENTENCE = "风从窗外吹进来，他合上了书。"


def _snapshot(text: str, caret_char: int) -> Snapshot:
    return Snapshot(text, find_spans(text), caret_char)


def test_without_a_span_there_is_no_excerpt() -> None:
    assert take_excerpt(_snapshot(SENTENCE, 0)) is None


def test_a_short_text_is_its_own_excerpt() -> None:
    snapshot = Snapshot("春[MASK]来了。", (Span(1, 7),), 3, ("天",), 9)
    excerpt = take_excerpt(snapshot)
    assert excerpt is not None
    assert excerpt.start_char == 0
    assert excerpt.request == FillRequest(snapshot.text, snapshot.spans, 9, span_words=(("天",),))


def test_a_long_document_is_cut_at_sentences_and_offsets_are_mapped() -> None:
    before = SENTENCE * 10_000
    text = f"{before}夜里又下了{MASK}。{before}"
    excerpt = take_excerpt(_snapshot(text, len(before)))
    assert excerpt is not None
    request = excerpt.request
    assert len(request.text) <= MAX_EXCERPT_CHARS
    assert request.text.startswith("风从窗外")
    assert request.text.endswith("。")
    (local,), (span,) = request.spans, excerpt.spans
    assert request.text[local.start_char : local.end_char] == MASK
    assert span.start_char == local.start_char + excerpt.start_char == len(before) + 5


def test_of_many_blanks_the_nearest_to_the_caret_are_taken() -> None:
    text = f"{SENTENCE}{MASK}" * 30
    spans = find_spans(text)
    excerpt = take_excerpt(Snapshot(text, spans, spans[20].end_char))
    assert excerpt is not None
    assert len(excerpt.spans) == MAX_SPANS
    assert spans[20] in excerpt.spans
    assert excerpt.spans == tuple(sorted(excerpt.spans, key=lambda span: span.start_char))


def test_blanks_far_apart_are_not_filled_together() -> None:
    text = f"{MASK}{SENTENCE * 400}{MASK}"
    excerpt = take_excerpt(_snapshot(text, 2))
    assert excerpt is not None
    assert [span.start_char for span in excerpt.spans] == [0]


def test_a_selection_over_a_blank_is_one_span() -> None:
    text = f"他说{MASK}话"
    selected = Span(1, len(text))
    excerpt = take_excerpt(Snapshot(text, (selected, *find_spans(text)), 2))
    assert excerpt is not None
    assert len(excerpt.spans) == 1


@given(
    st.lists(st.sampled_from([SENTENCE, MASK, "\n", "好", "😀", "a b "]), max_size=60),
    st.integers(0, 600),
)
def test_the_excerpt_is_the_document_at_its_offset(parts: list[str], caret_char: int) -> None:
    text = "".join(parts)
    excerpt = take_excerpt(_snapshot(text, caret_char))
    if excerpt is None:
        assert MASK not in text
        return
    request, start = excerpt.request, excerpt.start_char
    assert text[start : start + len(request.text)] == request.text
    for local, span in zip(request.spans, excerpt.spans, strict=True):
        assert (
            request.text[local.start_char : local.end_char] == text[span.start_char : span.end_char]
        )
        assert local.length == span.length


def test_a_result_is_placed_in_the_document() -> None:
    text = f"{SENTENCE * 2000}第{MASK}天"
    snapshot = _snapshot(text, len(text))
    excerpt = take_excerpt(snapshot)
    assert excerpt is not None
    request = excerpt.request
    result = FillResult(request.text, (SpanFill(request.spans[0], ()),), (), 1.0)
    placed = place_fill(result, excerpt, snapshot)
    assert placed.text is text
    assert placed.spans[0].span == snapshot.spans[0]
