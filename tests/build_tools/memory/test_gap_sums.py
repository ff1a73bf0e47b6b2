"""Gaps of words: what is masked, what is added up, and the vectors made of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.engine.gap_words import GapWords
from assistant.engine.memory_file import read_sections, write_sections
from assistant.engine.topics import Topics
from build_tools.corpus.tokenise import WORD_START
from build_tools.memory import gap_words
from build_tools.memory.gap_words import joined, vectors
from build_tools.memory.gaps import Sums, Words, hidden
from build_tools.pretrain.masking import IGNORED, SpecialIds

SPECIAL = SpecialIds(0, 2, 3, 4, 5, tuple(range(6, 14)))
WORDS = Words(
    np.array(
        [[20, 21, 0, 0], [22, 23, 0, 0], [30, 31, 32, 0], [33, 34, 35, 0], [40, 41, 42, 43]],
        dtype=np.int64,
    )
)


def segment(*words: tuple[int, ...]) -> np.ndarray:
    tokens = [
        token | (WORD_START if place == 0 else 0) for w in words for place, token in enumerate(w)
    ]
    return np.array(tokens, dtype=np.uint16)


def plain(count: int) -> list[tuple[int, ...]]:
    return [(50 + i,) for i in range(count)]


def test_listed_words_are_masked_whole_and_apart() -> None:
    text = segment(*plain(6), (20, 21), *plain(2), (22, 23), *plain(9), (40, 41, 42, 43), *plain(9))
    masked = hidden([text], WORDS, np.zeros(5, np.int64), SPECIAL, np.random.default_rng(0))
    ids, labels = masked.ids, masked.labels
    assert masked.starts.tolist() == [0, len(text) + 2]
    assert ((ids == SPECIAL.mask) == (labels != IGNORED)).all()
    found = labels[labels != IGNORED].tolist()
    assert found[-4:] == [40, 41, 42, 43]
    assert found[:-4] in ([20, 21], [22, 23])  # two tokens apart: only one of them


def test_a_word_read_seldom_goes_first_and_one_read_often_is_left() -> None:
    text = segment(*plain(4), (20, 21), *plain(2), (22, 23), *plain(4))
    times = np.array([7, 1, 0, 0, 0])
    masked = hidden([text], WORDS, times, SPECIAL, np.random.default_rng(0))
    assert masked.labels[masked.labels != IGNORED].tolist() == [22, 23]
    often = hidden([text], WORDS, times + 1000, SPECIAL, np.random.default_rng(0))
    assert (often.labels == IGNORED).all()


def gaps(word: int, mean: float, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return states around ``mean`` of a gap of ``word``, and labels, an open place around."""
    ids = WORDS.ids[word][WORDS.ids[word] > 0]
    labels = np.array([IGNORED, *ids, IGNORED])
    states = chance.normal(size=(len(labels), 6)).astype(np.float32)
    states[:, word] += np.float32(mean)
    return states, labels


@pytest.fixture
def sums() -> Sums:
    found, chance = Sums(WORDS, 6), np.random.default_rng(1)
    for _ in range(400):
        for word in range(len(WORDS.ids)):
            found.add(*gaps(word, 2.0, chance))
    return found


def test_states_are_added_word_by_word(sums: Sums) -> None:
    assert sums.times.tolist() == [400] * 5
    mean = sums.sums[2][0] / 400
    assert mean.reshape(2, 6)[:, 0] == pytest.approx([2.0, 2.0], abs=0.2)
    assert np.trace(sums.spread[4]) == pytest.approx(400 * 4 * (6 + 4), rel=0.05)


def test_a_run_that_is_not_a_listed_word_is_left_out() -> None:
    found = Sums(WORDS, 6)
    found.add(np.ones((3, 6), np.float32), np.array([20, 22, IGNORED]))
    found.add(np.ones((1, 6), np.float32), np.array([20]))
    assert not found.times.any()


def test_sums_go_on_where_they_were_saved_and_several_are_joined(sums: Sums, tmp_path) -> None:
    sums.save(tmp_path / "a.npz", 7)
    again, position = Sums.load(tmp_path / "a.npz")
    assert position == 7
    assert np.array_equal(again.sums[3], sums.sums[3])
    both = joined([tmp_path / "a.npz", tmp_path / "a.npz"])
    assert both.times.tolist() == [800] * 5
    other = Sums(Words(WORDS.ids[:2]), 6)
    other.save(tmp_path / "b.npz", 0)
    with pytest.raises(ValueError, match="other words"):
        joined([tmp_path / "a.npz", tmp_path / "b.npz"])


def test_a_gap_suits_the_word_that_stood_in_such_gaps(sums: Sums) -> None:
    table = GapWords(vectors(sums, 4))
    chance = np.random.default_rng(2)
    for word, length in enumerate(WORDS.lengths.tolist()):
        states, labels = gaps(word, 4.0, chance)
        asked = table.asked([*states[labels != IGNORED]])
        assert asked is not None
        rivals = np.flatnonzero(WORDS.lengths == length)
        assert rivals[table.suiting(asked, rivals).argmax()] == word


def write_topics(path: Path, words: np.ndarray) -> None:
    """Write topics of ``words`` that say nothing, for a vocabulary of 64."""
    sections = {"pairs": np.array([0], np.int32), "centre": np.zeros(2, np.float32)}
    for name, scales, count in (
        ("units", "unit_scales", 65),
        ("words", "word_scales", len(words)),
        ("characters", "character_scales", 64),
    ):
        sections[name] = np.zeros(2 * count, np.int8)
        sections[scales] = np.ones(count, np.float32)
    write_sections(path, sections | {"word_ids": words.astype(np.int16).reshape(-1)})


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> None:
    monkeypatch.setattr("sys.argv", ["gap_words", *map(str, arguments)])
    gap_words.main()


def test_the_command_adds_gaps_to_the_topics_in_their_place(
    sums: Sums, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics = tmp_path / "topics.bin"
    write_topics(topics, WORDS.ids)
    before = read_sections(topics)["units"].copy()
    sums.save(tmp_path / "a.npz", 1)
    run(monkeypatch, tmp_path / "a.npz", "--topics", topics, "--out", topics, "--width", 4)
    opened = Topics.open(topics, 64)
    assert opened.gaps is not None
    assert opened.gaps.state == 6
    assert np.array_equal(read_sections(topics)["units"], before)
    states, labels = gaps(3, 4.0, np.random.default_rng(3))
    asked = opened.gaps.asked([*states[labels != IGNORED]])
    assert asked is not None
    found = opened.asked_words(asked, np.array([[30, 31, 32], [33, 34, 35], [9, 9, 9]]))
    assert found.argmax() == 1
    assert found[2] == 0


def test_sums_that_do_not_fit_are_refused(
    sums: Sums, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    topics = tmp_path / "topics.bin"
    write_topics(topics, WORDS.ids[:4])
    before = topics.read_bytes()
    sums.save(tmp_path / "a.npz", 1)
    sums.times[-1] = 0
    sums.save(tmp_path / "b.npz", 1)
    refusals = (
        ("a", 4, "other words"),
        ("b", 4, "no gap of 4 characters"),
        ("a", 13, "a gap has 12 numbers"),
    )
    for name, width, reason in refusals:
        given = (tmp_path / f"{name}.npz", "--topics", topics, "--out", topics, "--width", width)
        with pytest.raises(SystemExit):
            run(monkeypatch, *given)
        assert reason in capsys.readouterr().err
    assert topics.read_bytes() == before
