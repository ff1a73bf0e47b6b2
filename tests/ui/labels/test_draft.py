"""The labels in hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.engine.understanding_errors import LabelTooLongError, NoLabelError
from assistant.services.label_sets import LabelSet
from assistant.ui.labels import draft

TWO = LabelSet("组", ("山", "水"), labels_en=("hill", "water"))


def test_several_labels_may_be_typed_at_once_and_none_comes_twice():
    assert draft.with_labels(TWO, " 花、鸟，山;  月光 ").labels == ("山", "水", "花", "鸟", "月光")


def test_glosses_stay_with_their_labels():
    more = draft.with_labels(TWO, "花")
    assert [more.gloss(label) for label in more.labels] == ["hill", "water", ""]
    less = draft.without(more, "山")
    assert [less.gloss(label) for label in less.labels] == ["water", ""]


def test_nothing_typed_is_no_label():
    with pytest.raises(NoLabelError):
        draft.with_labels(draft.EMPTY, "、 、")


def test_a_label_too_long_is_refused():
    with pytest.raises(LabelTooLongError):
        draft.renamed(TWO, "山", "高" * 41)


def test_renaming_keeps_the_place_and_meets_another_label():
    assert draft.renamed(TWO, "山", "岭").labels == ("岭", "水")
    assert draft.renamed(TWO, "山", "水").labels == ("水",)


def test_the_last_label_can_be_taken_out():
    assert draft.without(draft.without(TWO, "山"), "水").labels == ()


def test_sets_are_the_same_if_the_same_would_be_asked():
    assert draft.is_same(TWO, replace(TWO, name="别名", labels=("水", "山"), labels_en=()))
    assert not draft.is_same(TWO, replace(TWO, multi=True))
    assert not draft.is_same(TWO, replace(TWO, template="有{}。"))


def test_the_sample_holds_one_place_for_the_label():
    assert draft.SAMPLE.template.count("{}") == 1
    assert len(draft.SAMPLE.labels) >= 3
