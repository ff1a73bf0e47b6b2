from __future__ import annotations

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from assistant.records import Mistake, MistakeKind
from assistant.services.proofreading import PlacedMistake
from assistant.ui.panels.mistake_list import MistakeList
from assistant.ui.proof.book import MistakeBook

KIND = MistakeKind.SIMILAR_SHAPE


@pytest.fixture
def shown(qtbot: QtBot) -> MistakeList:
    found = MistakeList()
    qtbot.addWidget(found)
    return found


def book(places: Sequence[int]) -> MistakeBook:
    return MistakeBook(
        [
            PlacedMistake(p, p + 1, Mistake(p, p + 1, "己", ("已",), 0.9, KIND), f"第{p}", "句")
            for p in places
        ]
    )


def rows(shown: MistakeList) -> list[str]:
    items = (shown.topLevelItem(i) for i in range(shown.topLevelItemCount()))
    return [item.text(0) for item in items if item is not None]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((), (1, 4)),
        ((1, 4), (1, 4, 9, 12)),
        ((1, 4, 9), (1, 9)),
        ((1, 4, 9), (2, 4, 8, 9)),
        ((1, 4, 9), ()),
        ((4, 4), (4,)),
        ((1, 2), (3, 4)),
        (tuple(range(100)), (99,)),
        (tuple(range(100)), (0, 50, 99)),
        (tuple(range(100)), tuple(range(20, 100))),
    ],
)
def test_the_rows_are_those_of_the_book(
    shown: MistakeList, before: tuple[int, ...], after: tuple[int, ...]
):
    shown.show_book(book(before))
    shown.show_book(book(after))
    assert rows(shown) == [f"第{place}【己】句" for place in after]


def test_rows_that_stay_are_not_made_anew(shown: MistakeList):
    shown.show_book(book((1, 4, 9)))
    first, last = shown.topLevelItem(0), shown.topLevelItem(2)
    shown.show_book(book((1, 9)))
    assert shown.topLevelItem(0) is first
    assert shown.topLevelItem(1) is last


def test_a_new_list_tells_nobody_that_a_row_was_chosen(shown: MistakeList):
    chosen: list[int] = []
    shown.chosen.connect(chosen.append)
    shown.show_book(book((1, 4, 9)))
    shown.show_current(1)
    shown.show_book(book((4, 9)))
    shown.show_book(book(()))
    assert not chosen
