"""Garbage is looked for when the person pauses, and only then."""

from __future__ import annotations

import gc
import sys
import weakref

import pytest

from assistant.services.housekeeping import Housekeeper


class Knot:
    """An object that only the collector can free."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def keeper(qapp):
    del qapp
    made = Housekeeper()
    yield made
    made.stop()


@pytest.fixture
def knot():
    return weakref.ref(Knot())


def test_python_looks_for_nothing_by_itself_until_the_end(keeper):
    before = keeper._switch_before
    assert not gc.isenabled()
    assert sys.getswitchinterval() < before
    keeper.stop()
    assert gc.isenabled()
    assert sys.getswitchinterval() == before


def test_what_the_start_has_made_is_looked_through_by_no_collection(keeper):
    assert gc.get_freeze_count() > 10_000
    keeper.stop()
    assert gc.get_freeze_count() == 0


def test_nothing_is_collected_while_somebody_writes(keeper, knot):
    keeper.tidy(0.5, 50_000)
    assert knot() is not None


def test_a_short_pause_is_used_when_it_is_worth_it(keeper, knot):
    keeper.tidy(3.0, 100)
    assert knot() is not None
    keeper.tidy(3.0, 50_000)
    assert knot() is None


def test_too_much_is_collected_even_then(keeper, knot):
    keeper.tidy(0.0, 5_000_000)
    assert knot() is None


def test_a_long_pause_reaches_old_objects(keeper, knot):
    gc.collect(1)  # a knot that lives on: it was young a moment ago
    old = Knot()
    seen = weakref.ref(old)
    gc.collect(1)
    gc.collect(1)
    del old
    keeper.tidy(60.0, 150_000)
    assert seen() is None
    assert knot() is None
