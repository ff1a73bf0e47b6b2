from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.records import SentenceTranslation
from assistant.services.translation import PlacedPair
from assistant.text.segments import find_sentences
from assistant.ui.translation.book import PairBook

TEXT = "我看山。你看水。\n他看云。"


def book(text: str = TEXT) -> PairBook:
    return PairBook(
        [PlacedPair(p.start_char, p.end_char, text[p.start_char : p.end_char])
         for p in find_sentences(text)]
    )  # fmt: skip


def said(target: str, *, doubtful: bool = False) -> SentenceTranslation:
    return SentenceTranslation(0, 1, "", target, 0.5, doubtful)


def test_the_sentence_at_a_position_is_found():
    made = book()
    assert [made.at(i) for i in (0, 3, 4, 8, 9, 12, 13)] == [0, 0, 1, 1, 2, 2, 2]
    assert PairBook().at(0) == -1


def test_only_new_translations_count():
    made = book()
    assert made.enter([(0, said("A")), (2, said("C", doubtful=True))]) == [0, 2]
    assert made.enter([(0, said("A")), (9, said("?"))]) == []
    assert (made.done, made.doubtful) == (2, (2,))


def test_known_sentences_keep_their_translation():
    old, new = book(), book("新的。你看水。")
    old.enter([(1, said("B"))])
    new.take_over(old)
    assert new.translation(0) is None
    assert new.translation(1) == said("B")


def test_typing_inside_a_sentence_makes_it_outdated_and_moves_the_others():
    made = book()
    assert made.shift(5, 0, 2)
    assert made.outdated == [False, True, False]
    assert [made.range(i) for i in range(3)] == [(0, 4), (4, 10), (11, 15)]


def test_typing_before_a_sentence_only_moves_it():
    made = book()
    assert not made.shift(9, 0, 3)
    assert made.range(2) == (12, 16)


@given(st.integers(0, 13), st.integers(0, 6), st.text("字。\n", max_size=6))
def test_a_sentence_that_is_not_outdated_still_stands_in_its_place(
    position: int, removed: int, typed: str
):
    removed = min(removed, len(TEXT) - position)
    made = book()
    made.shift(position, removed, len(typed))
    edited = TEXT[:position] + typed + TEXT[position + removed :]
    for index in range(len(made)):
        start, end = made.range(index)
        assert 0 <= start <= end <= len(edited)
        if not made.outdated[index]:
            assert edited[start:end] == made.source(index)
