"""The mistakes stay with their text while it is edited."""

from __future__ import annotations

from assistant.records import Mistake, MistakeKind
from assistant.services.proofreading import PlacedMistake
from assistant.ui.proof.book import MistakeBook


def book(*places: tuple[int, int]) -> MistakeBook:
    return MistakeBook(
        [PlacedMistake(start, end, _mistake(start, end), "", "") for start, end in places]
    )


def _mistake(start: int, end: int) -> Mistake:
    return Mistake(start, end, "元", ("园",), 0.9, MistakeKind.SAME_SOUND)


def spans(book: MistakeBook) -> list[tuple[int, int]]:
    return [book.range(index) for index in range(len(book))]


def test_a_mistake_that_is_edited_is_struck_out_and_the_others_move():
    made = book((2, 3), (6, 8), (9, 10))
    assert made.shift(7, 1, 3)
    assert spans(made) == [(2, 3), (11, 12)]
    assert [made.placed(i).mistake.start_char for i in range(2)] == [2, 9]


def test_typing_right_beside_a_mistake_leaves_it():
    made = book((2, 3))
    assert not made.shift(3, 0, 1)
    assert not made.shift(2, 0, 2)
    assert spans(made) == [(4, 5)]


def test_the_next_and_the_last_mistake_go_around():
    made = book((2, 3), (6, 8))
    assert [made.after(place) for place in (0, 3, 7)] == [0, 1, 0]
    assert [made.before(place) for place in (0, 3, 7)] == [1, 0, 1]
    assert (book().after(1), book().before(1)) == (-1, -1)
