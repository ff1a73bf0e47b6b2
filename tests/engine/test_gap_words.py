"""Words by the gaps they were taken from, counted by hand: two states, weather and kitchen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.engine.choices import ChoiceGate
from assistant.engine.context import Slot
from assistant.engine.gap_words import LENGTHS, GapWords
from assistant.engine.knowledge import Knowledge
from assistant.engine.predictor import Reading
from assistant.engine.suiting import Suiting
from assistant.engine.topics import Topics
from assistant.engine.triggers import Around
from assistant.engine.word_ranker import CHEAP, CLUES, STATIC, UNRANKED, WordRanker
from assistant.engine.word_table import WordTable
from tests.engine.test_triggers import calls_of
from tests.engine.test_word_table import memory_of
from tests.engine.topic_samples import VOCABULARY, ids_of, topic_sections

WET, DRY = np.array([1.0, 0.0], np.float32), np.array([0.0, 1.0], np.float32)
Sections = dict[str, NDArray[np.generic]]


def gap_sections() -> Sections:
    """Return sections by which 下雨 and 雨伞 stand in wet gaps, other words in dry ones."""
    sections = topic_sections()
    ids = sections["word_ids"].reshape(-1, 4)
    wet = np.isin(ids, ids_of("雨")).any(axis=1, keepdims=True)
    rows = np.where(wet, WET, DRY)
    return sections | {
        "gap_words": (rows * 100).astype(np.int8).reshape(-1),
        "gap_scales": np.full(len(ids), 0.01, dtype=np.float32),
        **{f"gap_map_{k}": np.tile(np.eye(2), (k, 1)).astype(np.float16) for k in LENGTHS},
        **{f"gap_offset_{k}": np.full(2, 0.5, dtype=np.float32) for k in LENGTHS},
    }


@pytest.fixture(scope="module")
def topics() -> Topics:
    return Topics(gap_sections())


def words(*texts: str) -> list[tuple[int, ...]]:
    return [ids_of(text) for text in texts]


def test_a_gap_asks_for_the_words_that_stood_in_such_gaps(topics: Topics) -> None:
    assert topics.gaps is not None
    asked = topics.gaps.asked([WET, WET])
    assert asked is not None
    assert asked.tolist() == [1.5, -0.5]
    found = topics.asked_words(asked, np.array(words("下雨", "米饭", "伞饭")))
    assert found.tolist() == pytest.approx([1.5, -0.5, 0.0])


@pytest.mark.parametrize("states", [[WET], [WET] * 5, [WET, WET[:1]], [WET[:0]] * 2])
def test_nothing_is_asked_of_other_lengths_and_of_another_encoder(
    topics: Topics, states: list[NDArray[np.float32]]
) -> None:
    assert topics.gaps is not None
    assert topics.gaps.asked(states) is None


def test_topics_without_gaps_know_none() -> None:
    old = Topics(topic_sections())
    assert old.gaps is None
    assert old.asked_words(WET, np.array(words("下雨"))).tolist() == [0.0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gap_words", np.zeros(4, dtype=np.int8)),
        ("gap_words", np.zeros(10, dtype=np.float32)),
        ("gap_scales", np.ones(2, dtype=np.float32)),
        ("gap_offset_3", np.zeros(3, dtype=np.float32)),
        ("gap_map_4", np.zeros((6, 2), dtype=np.float16)),
    ],
)
def test_sections_that_do_not_fit_are_refused(name: str, value: NDArray[np.generic]) -> None:
    with pytest.raises(ValueError, match=r"gap_|reshape"):
        Topics(gap_sections() | {name: value})


def test_a_missing_section_is_refused() -> None:
    sections = gap_sections()
    del sections["gap_map_2"]
    with pytest.raises(KeyError):
        GapWords(sections)


EVEN = np.zeros(len(VOCABULARY), dtype=np.float32)
SINGLE = np.full(len(VOCABULARY), -6.0, dtype=np.float32)
SINGLE[list(ids_of("好"))] = -1
SINGLE[list(ids_of("饭"))] = -3


class Search:
    """Reads every gap as wet, and remembers which lengths it was asked to read."""

    def __init__(self) -> None:
        self.read: list[int] = []

    def views(
        self, slots: Sequence[Slot], index: int, length: int, cancel: object
    ) -> list[Reading]:
        self.read.append(length)
        return [Reading(EVEN, WET)] * length

    def around(self, slots: Sequence[Slot], index: int) -> Around:
        return Around(ids_of("伞"))

    def single(self, slots: Sequence[Slot], index: int, cancel: object) -> NDArray[np.float32]:
        return SINGLE


TABLE = WordTable(memory_of({(1, 2): 9, (3, 4): 5, (5,): 7}, 6, "□下雨米饭好"), VOCABULARY)


def knowledge(topics: Topics | None, ranker: WordRanker | None = None) -> Knowledge:
    return Knowledge(TABLE, None, topics, ChoiceGate({}), ranker)


def test_words_of_each_length_are_held_against_the_gap_read_with_as_many_places(
    topics: Topics,
) -> None:
    search = Search()
    suiting = Suiting(knowledge(topics), search)  # type: ignore[arg-type]
    found = suiting.gap([Slot()], 0, words("米饭", "好", "下雨", "下雨伞"), None)
    assert found == pytest.approx([-0.5, 0.0, 1.5, 0.0])
    assert search.read == [2, 3]


def test_words_are_ranked_by_text_and_gap(topics: Topics) -> None:
    for clue, text, expected in ((0, "米汤", "米饭"), (0, "雨伞", "下雨"), (1, "米汤", "下雨")):
        weights = [0.0] * 6 + [1.0 - clue, float(clue)] + [0.0] * (CLUES - 4)
        known = knowledge(topics, ranker_of(weights, topics))
        suiting = Suiting(known, Search())  # type: ignore[arg-type]
        ranking = suiting.ranking([Slot()], 0, 2, ids_of(text), {})
        assert ranking is not None
        assert ranking.best(1) == words(expected)
    ranked = suiting.ranked([Slot()], 0, words("下雨", "好", "雨下"), ids_of("米汤"), {})
    assert ranked[0] == pytest.approx(ranking.log_prob(ids_of("下雨")))
    assert ranked[1:] == [UNRANKED, UNRANKED]


def ranker_of(weights: list[float], topics: Topics | None) -> WordRanker:
    cheap, inner = [0.0] * (2 + STATIC + CHEAP), [[0.0]] * len(weights)
    settings = {"cheap": cheap, "word": weights, "inner": inner, "bias": [0.0]}
    return WordRanker({"2": settings | {"outer": [0.0]}}, TABLE, topics)


def test_what_the_memory_lists_is_a_share_of_its_length(topics: Topics) -> None:
    suiting = Suiting(knowledge(topics), Search())  # type: ignore[arg-type]
    listed = {"下雨": 0.3, "好": 0.5, "米饭": 0.1, "米戊": 0.1}
    clues = suiting.clues([Slot()], 0, 2, ids_of("米汤"), listed)
    assert clues.listed == pytest.approx({ids_of("下雨"): 0.6, ids_of("米饭"): 0.2}, rel=0.01)
    assert clues.asked is not None
    assert clues.around == Around(ids_of("伞"))


def test_single_characters_that_the_text_calls_for_are_proposed() -> None:
    rain, rice, soup = ids_of("雨饭汤")
    topics = Topics(topic_sections() | calls_of({"伞": [(rain, 9), (rice, 1), (soup, 1)]}))
    suiting = Suiting(knowledge(topics), Search())  # type: ignore[arg-type]
    assert suiting.characters([Slot()], 0, 2) == [(rain,), (rice,)]
    assert set(suiting.characters([Slot()], 0, 9)) == {(rain,), (rice,), (soup,)}
    found = suiting.called([Slot()], 0, words("好", "下雨", "饭"))
    assert found.tolist() == [[0, 0, 2], [0, 0, 2]]
    silent = Suiting(knowledge(Topics(topic_sections())), Search())  # type: ignore[arg-type]
    assert silent.characters([Slot()], 0, 2) == []
    assert not silent.called([Slot()], 0, words("好")).any()


def test_a_package_without_topics_says_nothing() -> None:
    suiting = Suiting(knowledge(None), Search())  # type: ignore[arg-type]
    assert suiting.gap([Slot()], 0, words("下雨"), None) == [0.0]
    assert suiting.text(ids_of("米汤"), words("下雨")) == [0.0]
    assert suiting.characters([Slot()], 0, 3) == []
    assert not suiting.called([Slot()], 0, words("好")).any()
    assert suiting.ranking([Slot()], 0, 2, ids_of("米汤"), {}) is None
    assert suiting.ranked([Slot()], 0, words("下雨"), ids_of("米汤"), {}) == [UNRANKED]
