"""What a sentence calls for, on a table made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.engine.context import Context, Slot
from assistant.engine.memory_counts import WINDOWS, Seen
from assistant.engine.reranker import FEATURES, Known, Place, features
from assistant.engine.tokenizer import Vocabulary
from assistant.engine.topics import Topics
from assistant.engine.triggers import CALLS, GAP_BITS, LEVELS, REACH, Around, Triggers
from assistant.records import Span
from tests.engine.topic_samples import VOCABULARY, ids_of, topic_sections
from tests.engine.toy import toy_package

_SIZE = len(VOCABULARY)
_WORDS = 5
_VALUES = np.append(np.arange(1, LEVELS + 1), 0).astype(np.float32)


def _entry(gap: int, level: int) -> int:
    return gap << 16 - GAP_BITS | level


def calls_of(
    rows: Mapping[str, list[tuple[int, int]]],
) -> dict[str, NDArray[np.generic]]:
    """Return the sections for units of one or two characters and their (target, level)."""
    two = sorted(ids_of(unit) for unit in rows if len(unit) == 2)
    keys = [left * _SIZE + right for left, right in two]
    units: list[list[int]] = [[] for _ in range(_SIZE + len(keys))]
    for unit, entries in rows.items():
        ids = ids_of(unit)
        place = ids[0] if len(ids) == 1 else _SIZE + two.index((ids[0], ids[1]))
        last = 0
        for target, level in entries:
            units[place].append(_entry(target - last, level))
            last = target
    starts = np.cumsum([0, *map(len, units)])
    return {
        "trigger_units": np.array(keys, dtype=np.int32),
        "trigger_starts": starts.astype(np.int32),
        "trigger_targets": np.array([e for unit in units for e in unit], dtype=np.uint16),
        "trigger_values": _VALUES,
    }


_UMBRELLA, _SOUP = ids_of("伞汤")
_ROWS = {"雨": [(_UMBRELLA, 4), (_SIZE + 1, 2)], "下雨": [(_UMBRELLA, 6)], "饭": [(_SOUP, 0)]}


def _calls(around: Around) -> NDArray[np.float32]:
    return Triggers(calls_of(_ROWS), _SIZE, _WORDS).calls(around)


def test_all_that_stands_around_calls_once():
    calls = _calls(Around(ids_of("下雨雨"), ids_of("雨饭")))

    assert calls.shape == (CALLS, _SIZE + _WORDS)
    assert calls[:, _UMBRELLA].tolist() == [5 + 7, 7]
    assert calls[:, _SIZE + 1].tolist() == [3, 3]
    assert calls[:, _SOUP].tolist() == [1, 1]
    assert np.count_nonzero(calls) == 6


def test_a_word_does_not_reach_over_the_blank():
    calls = _calls(Around(ids_of("下"), ids_of("雨")))

    assert calls[:, _UMBRELLA].tolist() == [5, 5]


def test_nothing_calls_from_too_far():
    far = (0,) * REACH
    assert not _calls(Around((*ids_of("雨"), *far), (*far, *ids_of("雨")))).any()
    assert _calls(Around((), (*far[1:], *ids_of("雨")))).any()
    assert not _calls(Around()).any()


def test_a_long_way_is_gone_in_steps_that_meet_nobody():
    longest = (1 << GAP_BITS) - 1
    sections = calls_of({"雨": [(1, 3)]})
    steps = [_entry(longest, LEVELS), _entry(2, 3)]
    sections["trigger_targets"] = np.array(steps, dtype=np.uint16)
    sections["trigger_starts"] = np.minimum(sections["trigger_starts"].astype(np.int32) * 2, 2)

    calls = Triggers(sections, _SIZE, longest + 9).calls(Around(ids_of("雨")))

    assert np.flatnonzero(calls[0]).tolist() == [longest + 2]


def test_a_step_does_not_silence_whom_others_call():
    longest = (1 << GAP_BITS) - 1
    sections = calls_of({"下": [(longest, 5)], "雨": [(1, 3)]})
    entries = [_entry(longest, 5), _entry(longest, LEVELS), _entry(2, 3)]
    sections["trigger_targets"] = np.array(entries, dtype=np.uint16)
    starts = np.zeros(_SIZE + 1, dtype=np.int32)
    starts[ids_of("下")[0] + 1 :], starts[ids_of("雨")[0] + 1 :] = 1, 3
    sections["trigger_starts"] = starts

    calls = Triggers(sections, _SIZE, longest + 9).calls(Around(ids_of("下"), ids_of("雨")))

    assert calls[:, longest].tolist() == [6, 6]
    assert calls[:, longest + 2].tolist() == [4, 4]


def test_a_target_beyond_the_table_is_nobody():
    calls = _calls(Around(ids_of("雨")))
    few = Triggers(calls_of(_ROWS), _SIZE, 1).calls(Around(ids_of("雨")))

    assert calls[:, : _SIZE + 1].tolist() == few.tolist()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("trigger_units", np.array([5, 5], dtype=np.int32)),
        ("trigger_starts", np.array([0, 4], dtype=np.int32)),
        ("trigger_targets", np.zeros(3, dtype=np.uint16)),
        ("trigger_targets", np.zeros(4, dtype=np.int32)),
        ("trigger_values", _VALUES[1:]),
        ("trigger_values", np.ones(LEVELS + 1, dtype=np.float32)),
    ],
)
def test_a_broken_table_is_refused(name: str, value: NDArray[np.generic]):
    with pytest.raises(ValueError, match="trigger"):
        Triggers(calls_of(_ROWS) | {name: value}, _SIZE, _WORDS)


def test_rows_that_run_backwards_are_refused():
    sections = calls_of(_ROWS)
    starts = sections["trigger_starts"].copy()
    starts[3] = 2
    with pytest.raises(ValueError, match="trigger_starts"):
        Triggers(sections | {"trigger_starts": starts}, _SIZE, _WORDS)


def test_topics_hand_on_what_is_called():
    topics = Topics(topic_sections() | calls_of(_ROWS))
    around = Around(ids_of("雨"))
    tokens = np.array(ids_of("好伞"))
    place = topics.places(np.array([ids_of("雨伞"), ids_of("伞好")]))

    called = topics.called(around, tokens)

    assert called is not None
    assert called.tolist() == [[0, 5], [0, 5]]
    assert place.tolist()[1] == -1
    words = topics.called_words(around, np.array([1, -1, 0]))
    assert words is not None
    assert words.tolist() == [[3, 0, 0], [3, 0, 0]]
    plain = Topics(topic_sections())
    assert plain.called(around, tokens) is None
    assert plain.called_words(around, place) is None


def test_a_called_word_has_it_among_its_features():
    topics = Topics(topic_sections() | calls_of(_ROWS))
    found = np.zeros((5 + CALLS, 2), dtype=np.float32)

    topics.suiting(ids_of("下雨"), None, Around(ids_of("雨")), np.array([1, -1]), found)

    assert found[-CALLS:].tolist() == [[3, 0], [3, 0]]
    assert not found[:, 1].any()
    assert found[2].tolist() == [1, 0]


def test_the_reranker_sees_what_calls_for_a_candidate():
    zeros = np.zeros(3, dtype=np.float32)
    calls = np.array([[5, 0, 10], [5, 0, 5]], dtype=np.float32)
    known = Known(zeros, zeros, zeros, zeros, None, calls)
    best = np.array([2, 1])
    words = np.zeros((10, 2), dtype=np.float32)
    place = Place((2, 4, 1, 5, 3), 2)

    nothing = Seen.of(
        np.array([], dtype=np.int64), np.zeros((len(WINDOWS), 0), dtype=np.float32), []
    )

    seen = features(known, nothing, best, best, best, words, place)
    without = features(replace(known, calls=None), nothing, best, best, best, words, place)

    assert seen.shape == (FEATURES, 2)
    assert seen[-CALLS:].tolist() == [[2, 0], [1, 0]]
    assert not without[-CALLS:].any()
    assert (seen[:-CALLS] == without[:-CALLS]).all()


def test_what_stands_around_a_blank_is_the_same_however_it_is_filled(tmp_path: Path):
    vocabulary = Vocabulary(toy_package(tmp_path))
    text = f"{'甲乙' * REACH}丙，█丁{'戊' * 3}█己"
    spans = [Span(i, i + 1, length) for i, length in zip(_marks(text), (2, 1), strict=True)]
    context = Context(vocabulary, text, spans, 126)
    slots = context.open_slots()
    (filled,), _ = vocabulary.encode("庚")

    open_, begun = slots, (Slot((filled,), "庚", 1), slots[1])

    for reach in (None, 3):
        around = context.query(open_, 0, reach).around
        assert context.query(begun, 0, reach).around == around
        words = "".join(vocabulary.tokens[i] for i in around.left)
        assert words == text[: spans[0].start_char][-REACH:]
        assert vocabulary.tokens[around.right[0]] == "丁"
    assert filled in context.query(begun, 1).around.left


def _marks(text: str) -> list[int]:
    return [place for place, character in enumerate(text) if character == "█"]
