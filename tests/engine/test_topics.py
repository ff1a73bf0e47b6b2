from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.memory_file import write_sections
from assistant.engine.topics import Topics
from assistant.engine.units import unit_rows
from assistant.errors import ModelFormatError, ModelMissingError
from tests.engine.topic_samples import VOCABULARY, ids_of, topic_sections


def framed(text: str) -> tuple[int, ...]:
    return (VOCABULARY.index("[CLS]"), *ids_of(text), VOCABULARY.index("[SEP]"))


@pytest.fixture
def topics() -> Topics:
    return Topics(topic_sections())


def test_a_word_suits_a_text_of_its_own_topic(topics: Topics) -> None:
    rainy, cooking = ids_of("下雨带␣"), ids_of("饭汤␣")
    words = [ids_of("雨伞"), ids_of("米饭")]
    umbrella, rice = topics.words(rainy, words)
    assert umbrella > 0.9 > 0.1 > rice
    umbrella, rice = topics.words(cooking, words)
    assert rice > 0.9 > 0.1 > umbrella


def test_what_is_not_known_counts_for_nothing(topics: Topics) -> None:
    words = [ids_of("伞伞"), (), ids_of("雨伞雨伞雨"), ids_of("雨伞")]
    unknown, empty, long, known = topics.words(ids_of("下雨␣"), words)
    assert (unknown, empty, long) == (0, 0, 0)
    assert known > 0


def test_a_blank_is_viewed_by_itself_and_with_either_neighbour(topics: Topics) -> None:
    alone, ending, beginning = topics.views(framed("下雨好米␣"), 5)
    place = {token: i for i, token in enumerate(VOCABULARY)}
    assert alone[place["伞"]] > alone[place["饭"]] > 0
    assert np.flatnonzero(ending).tolist() == sorted([place["饭"], place["汤"]])
    assert not beginning.any()
    _, ending, beginning = topics.views(framed("下␣伞"), 2)
    assert np.flatnonzero(ending).tolist() == [place["雨"]]
    assert np.flatnonzero(beginning).tolist() == [place["雨"]]


@given(
    text=st.text("下雨带伞饭汤米好␣", min_size=1, max_size=8),
    data=st.data(),
)
def test_views_are_those_of_every_word_by_itself(text: str, data: st.DataObject) -> None:
    topics, row = Topics(topic_sections()), framed(text)
    column = data.draw(st.integers(1, len(text)))
    about, sections = topics.about(row), topic_sections()
    vectors = sections["characters"].astype(np.float32).reshape(-1, 2)
    single = vectors @ about * np.float32(0.01)
    found = topics.views(row, column)
    for token in range(1, len(VOCABULARY)):  # words that end in token 0 are shorter ones
        ending, beginning = topics.words(row, [(row[column - 1], token), (token, row[column + 1])])
        assert found[:, token] == pytest.approx([single[token], ending, beginning], abs=1e-5)


def test_words_of_one_length_are_those_asked_about_one_by_one(topics: Topics) -> None:
    row = framed("下雨带␣")
    for words in (["好", "伞"], ["雨伞", "米饭", "伞米"], ["雨伞米", "米饭汤"]):
        ids = [ids_of(word) for word in words]
        assert topics.words_of(row, np.array(ids)).tolist() == topics.words(row, ids).tolist()


def test_a_pair_counts_beside_its_characters() -> None:
    ids = np.array(ids_of("下雨带"), dtype=np.int64)
    pairs = topic_sections()["pairs"].astype(np.int64)
    rows = unit_rows(ids, pairs, len(VOCABULARY))
    assert rows.tolist() == [*ids.tolist(), len(VOCABULARY)]


def test_an_empty_text_is_about_nothing(topics: Topics) -> None:
    assert topics.words((), [ids_of("雨伞")]) == pytest.approx([0.0])


@pytest.mark.parametrize("name", sorted(topic_sections()))
def test_a_file_without_a_section_is_refused(tmp_path: Path, name: str) -> None:
    sections = topic_sections()
    del sections[name]
    write_sections(tmp_path / "topics.bin", sections)
    with pytest.raises(ModelFormatError):
        Topics.open(tmp_path / "topics.bin", len(VOCABULARY))


@pytest.mark.parametrize("name", sorted(topic_sections()))
def test_a_section_that_is_too_short_is_refused(tmp_path: Path, name: str) -> None:
    sections = topic_sections()
    sections[name] = sections[name][:-1]
    write_sections(tmp_path / "topics.bin", sections)
    with pytest.raises(ModelFormatError):
        Topics.open(tmp_path / "topics.bin", len(VOCABULARY))


def test_a_file_of_another_vocabulary_is_refused(tmp_path: Path) -> None:
    write_sections(tmp_path / "topics.bin", topic_sections())
    assert Topics.open(tmp_path / "topics.bin", len(VOCABULARY))
    with pytest.raises(ModelFormatError):
        Topics.open(tmp_path / "topics.bin", len(VOCABULARY) + 1)
    with pytest.raises(ModelMissingError):
        Topics.open(tmp_path / "other.bin", len(VOCABULARY))


def test_ids_that_no_token_has_are_refused() -> None:
    sections = topic_sections()
    ids = sections["word_ids"].copy()
    ids[-4] = 400
    with pytest.raises(ValueError, match="word_ids"):
        Topics({**sections, "word_ids": ids})
