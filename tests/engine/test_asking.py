"""What the search asks for: who leaves the length open leaves out a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine.asking import filled_slot, place_query
from assistant.engine.context import Context, Slot
from assistant.engine.tokenizer import Vocabulary
from assistant.records import Span
from tests.engine.toy import toy_package


def context_of(tmp_path: Path, text: str, *lengths: int | None) -> tuple[Vocabulary, Context]:
    """Return the context of the marks ``_`` of ``text``; None for a word of unknown length."""
    vocabulary = Vocabulary(toy_package(tmp_path))
    marks = [place for place, character in enumerate(text) if character == "_"]
    spans = [Span(place, place + 1, k) for place, k in zip(marks, lengths, strict=True)]
    return vocabulary, Context(vocabulary, text, spans, 60)


@pytest.mark.parametrize(
    ("length", "begun", "open_places", "whole"),
    [
        (None, "", 1, True),
        (None, "", 2, False),
        (None, "丙", 1, False),
        (1, "", 1, False),
        (2, "", 2, False),
        (2, "丙", 1, False),
    ],
)
def test_a_word_of_one_character_is_asked_for_where_the_length_is_open(
    tmp_path: Path, length: int | None, begun: str, open_places: int, whole: bool
) -> None:
    vocabulary, context = context_of(tmp_path, "甲_乙", length)
    state = filled_slot(vocabulary, tuple(vocabulary.encode(begun)[0]), open_places)
    query = place_query(context, context.open_slots(), 0, state)
    assert query.whole is query.place.whole is whole
    assert query.ids[query.column] == vocabulary.mask


def test_other_blanks_stay_as_they_are(tmp_path: Path) -> None:
    vocabulary, context = context_of(tmp_path, "甲_乙_丙", None, None)
    slots = context.open_slots()
    query = place_query(context, slots, 1, Slot(masks=2))
    assert [vocabulary.tokens[i] for i in query.ids[1:-1]] == [
        "甲", "[SPAN]", "乙", "[MASK]", "[MASK]", "丙",
    ]  # fmt: skip
    assert slots == context.open_slots()
