"""The sentences stay with their text while it is edited."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Polarity, SentenceSentiment
from assistant.services.sentiment import PlacedSentence
from assistant.ui.mood.book import SentenceBook


def placed(start: int, end: int, polarity: Polarity = Polarity.NEUTRAL) -> PlacedSentence:
    lean = {Polarity.POSITIVE: 0.8, Polarity.NEUTRAL: 0.05, Polarity.NEGATIVE: -0.8}[polarity]
    verdict = SentenceSentiment(start, end, polarity, 0.8, 0.9 if lean > 0 else 0.1, lean)
    return PlacedSentence(start, end, verdict)


def spans(book: SentenceBook) -> list[tuple[int, int]]:
    return list(zip(book.starts, book.ends, strict=True))


def test_sentences_are_in_text_order_however_they_come():
    book = SentenceBook([placed(10, 14), placed(0, 5), placed(5, 10)])
    assert spans(book) == [(0, 5), (5, 10), (10, 14)]
    assert [book.placed(i).start_utf16 for i in range(3)] == [0, 5, 10]


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(list(Polarity))), max_size=30))
def test_sentences_that_come_in_batches_make_the_same_book(drawn: list[tuple[int, Polarity]]):
    everything = [placed(4 * i, 4 * i + 3, polarity) for i, (_, polarity) in enumerate(drawn)]
    grown = SentenceBook()
    for batch in range(4):
        grown.add([one for one, (own, _) in zip(everything, drawn, strict=True) if own == batch])
    whole = SentenceBook(everything)
    assert spans(grown) == spans(whole)
    assert grown.outdated == whole.outdated
    assert [grown.placed(i) for i in range(len(grown))] == everything
    assert [grown.count(p) for p in Polarity] == [whole.count(p) for p in Polarity]


def test_the_sentence_at_a_position():
    book = SentenceBook([placed(2, 5), placed(5, 9), placed(12, 15)])
    positions = (0, 2, 4, 5, 9, 10, 12, 15, 16)
    assert [book.at(position) for position in positions] == [-1, 0, 0, 1, 1, -1, 2, 2, -1]
    assert [book.nearest(position) for position in positions] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert SentenceBook().nearest(3) == -1


def test_the_sentences_between_two_positions():
    book = SentenceBook([placed(0, 5), placed(5, 9), placed(12, 15), placed(20, 30)])
    assert list(book.within(6, 13)) == [1, 2]
    assert list(book.within(16, 19)) == []
    assert list(book.within(0, 100)) == [0, 1, 2, 3]


def test_counts_and_indices_by_verdict():
    good, bad = Polarity.POSITIVE, Polarity.NEGATIVE
    book = SentenceBook([placed(0, 5, good), placed(5, 9, bad), placed(9, 12, good)])
    assert book.lean == [0.8, -0.8, 0.8]
    assert SentenceBook([placed(0, 5)]).lean == [0.05]
    assert [book.count(polarity) for polarity in (good, Polarity.NEUTRAL, bad)] == [2, 0, 1]
    assert list(book.of(good)) == [0, 2]
    assert list(book.of(None)) == [0, 1, 2]


def test_typing_inside_a_sentence_makes_it_longer_and_out_of_date():
    book = SentenceBook([placed(0, 5), placed(5, 9), placed(9, 12)])
    book.shift(7, 0, 3)
    assert spans(book) == [(0, 5), (5, 12), (12, 15)]
    assert book.outdated == [False, True, False]


def test_typing_at_the_end_of_a_sentence_belongs_to_it():
    book = SentenceBook([placed(0, 5), placed(5, 9)])
    book.shift(5, 0, 2)
    assert spans(book) == [(0, 7), (7, 11)]
    assert book.outdated == [True, False]


def test_deleting_behind_a_sentence_does_not_touch_it():
    book = SentenceBook([placed(0, 5), placed(7, 9)])
    assert not book.shift(5, 2, 0)
    assert spans(book) == [(0, 5), (5, 7)]


def test_deleting_across_sentences():
    book = SentenceBook([placed(0, 5), placed(5, 9), placed(9, 12), placed(12, 15)])
    book.shift(3, 7, 0)
    assert spans(book) == [(0, 3), (3, 3), (3, 5), (5, 8)]
    assert book.outdated == [True, True, True, False]


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12), st.integers(0, 12)), max_size=6),
)
def test_after_any_edits_untouched_sentences_hold_their_text(lengths, edits):
    text, sentences = "", []
    for number, length in enumerate(lengths):
        sentences.append(placed(len(text), len(text) + length))
        text += chr(0x4E00 + number) * length
    words = [text[s.start_utf16 : s.end_utf16] for s in sentences]
    book = SentenceBook(sentences)
    for place, removed, added in edits:
        at = min(place, len(text))
        removed = min(removed, len(text) - at)
        text = text[:at] + "x" * added + text[at + removed :]
        book.shift(at, removed, added)
    ends = [end for span in spans(book) for end in span]
    assert ends == sorted(ends)
    assert ends[0] >= 0
    assert ends[-1] <= len(text)
    for i, (start, end) in enumerate(spans(book)):
        if not book.outdated[i]:
            assert text[start:end] == words[i]
