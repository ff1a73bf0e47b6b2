"""Pairs that call for each other, counted in a small text against counting by hand."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from assistant.engine.topics import Topics
from assistant.engine.triggers import GAP_BITS, Around, Triggers
from build_tools.corpus.shards import Shard, ShardSource
from build_tools.corpus.tokenise import WORD_START
from build_tools.memory import triggers as command
from build_tools.memory.triggers import (
    Names,
    Pairs,
    pairs_of,
    read,
    sections,
    telling,
    without_echoes,
)

VOCABULARY = 32
END, RAIN, DOWN, UMBRELLA, RICE, SOUP, AND = range(10, 17)
WORDS = np.array([[UMBRELLA, AND, SOUP, 0], [RICE, SOUP, 0, 0], [AND, 0, 0, 0]])
NAMES = Names(VOCABULARY, np.array([DOWN * VOCABULARY + RAIN]), WORDS)
IS_HAN = np.arange(VOCABULARY) > END
_RAINS = VOCABULARY
_RICE_SOUP = VOCABULARY + 1


def shard_of(folder: Path, segments: list[list[list[int]]], name: str = "prose") -> Shard:
    """Write segments of words."""
    tokens = [
        token | (0 if place else WORD_START)
        for segment in segments
        for word in segment
        for place, token in enumerate(word)
    ]
    np.array(tokens, dtype="<u2").tofile(folder / "tokens.bin")
    sizes = [sum(map(len, segment)) for segment in segments]
    np.cumsum([0, *sizes]).astype("<u8").tofile(folder / "starts.bin")
    return Shard(folder, (ShardSource(name, "", 1.0, 0, len(segments), len(tokens), 0, 0),))


def counted(folder: Path, segments: list[list[list[int]]]) -> Pairs:
    return pairs_of(read(shard_of(folder, segments), NAMES, IS_HAN, np.array([END])), NAMES)


def by_name(pairs: Pairs) -> dict[tuple[int, int], tuple[float, float]]:
    return {
        (unit, target): (shared, expected)
        for unit, target, shared, expected in zip(
            *(one.tolist() for one in (pairs.units, pairs.targets, pairs.shared, pairs.expected)),
            strict=True,
        )
    }


_FILLER = [[[AND], [END]]] * 400


def test_pairs_share_sentences_not_segments(tmp_path: Path) -> None:
    both = [[[RAIN], [AND], [UMBRELLA], [END], [RICE, SOUP]]] * 5
    found = by_name(counted(tmp_path, both + _FILLER))

    assert found[RAIN, UMBRELLA] == (5, pytest.approx(25 / 410))
    assert (RICE, UMBRELLA) not in found
    assert (RICE, _RICE_SOUP) not in found  # a word does not call for itself
    assert (RICE, SOUP) in found
    assert not any(unit == AND for unit, _ in found)  # it stands nearly everywhere


def test_a_word_of_two_calls_where_it_stands_within_a_sentence(tmp_path: Path) -> None:
    whole = [[[RICE, SOUP], [DOWN], [RAIN]]] * 4
    apart = [[[RICE, SOUP], [DOWN], [END], [RAIN]]] * 4
    found = by_name(counted(tmp_path, whole + apart + _FILLER))

    assert found[_RAINS, _RICE_SOUP][0] == 4
    assert found[DOWN, _RICE_SOUP][0] == 8


def test_a_segment_that_is_read_twice_in_a_sentence_counts_once(tmp_path: Path) -> None:
    found = by_name(counted(tmp_path, [[[RAIN], [RAIN], [UMBRELLA], [UMBRELLA]]] * 3 + _FILLER))

    assert found[RAIN, UMBRELLA] == (3, pytest.approx(9 / 403))


def test_what_is_seen_everywhere_calls_for_nobody(tmp_path: Path) -> None:
    often = [[[RAIN], [AND]]] * 200 + [[[AND]]] * 200
    assert (RAIN, AND) not in by_name(counted(tmp_path, often))


def pairs(*rows: tuple[int, int, float, float]) -> Pairs:
    units, targets, shared, expected = zip(*rows, strict=True)
    return Pairs(
        np.array(units),
        np.array(targets),
        np.array(shared, dtype=np.float32),
        np.array(expected, dtype=np.float32),
    )


def test_of_a_word_and_its_characters_the_one_that_says_more_is_kept() -> None:
    same = pairs((RAIN, SOUP, 50, 1), (_RAINS, SOUP, 40, 1))
    assert by_name(without_echoes(same, NAMES)).keys() == {(RAIN, SOUP)}

    louder = pairs((RAIN, SOUP, 50, 10), (_RAINS, SOUP, 40, 1), (RAIN, RICE, 50, 10))
    assert by_name(without_echoes(louder, NAMES)).keys() == {(_RAINS, SOUP), (RAIN, RICE)}

    both = pairs((RAIN, SOUP, 90, 10), (_RAINS, SOUP, 40, 1), (DOWN, SOUP, 50, 9))
    assert by_name(without_echoes(both, NAMES)).keys() == {(_RAINS, SOUP), (RAIN, SOUP)}


def test_the_pairs_that_tell_most_are_kept() -> None:
    found = pairs((RAIN, SOUP, 9, 3), (RAIN, UMBRELLA, 40, 1), (DOWN, UMBRELLA, 9, 0.1))
    kept = telling(found, 2)
    assert by_name(kept).keys() == {(RAIN, UMBRELLA), (DOWN, UMBRELLA)}
    assert len(telling(found, 9).units) == 3


def test_the_app_reads_what_was_written() -> None:
    far = (1 << GAP_BITS) * 3 + 5
    words = np.zeros((far, 4), dtype=np.int64)
    words[:, :2] = np.stack(np.divmod(np.arange(far), VOCABULARY), axis=1) + 1
    names = Names(VOCABULARY, NAMES.pairs, words)
    last = VOCABULARY + far - 1
    given = pairs(
        (RAIN, SOUP, 50, 1), (RAIN, last, 20, 1), (_RAINS, UMBRELLA, 40, 1), (DOWN, SOUP, 9, 1)
    )
    triggers = Triggers(sections(given, names), VOCABULARY, far)

    calls = triggers.calls(Around((RAIN,)))
    assert np.flatnonzero(calls[0]).tolist() == [SOUP, last]
    assert calls[1, [SOUP, last]] == pytest.approx(np.log([51 / 2, 21 / 2]), abs=0.01)
    both = triggers.calls(Around((DOWN, RAIN)))
    assert both[0, SOUP] == pytest.approx(np.log(51 / 2) + np.log(10 / 2), abs=0.01)
    assert both[1, UMBRELLA] == pytest.approx(np.log(41 / 2), abs=0.01)


def test_the_command_adds_what_calls_to_the_topics(tmp_path: Path, monkeypatch, capsys) -> None:
    package = Path("resources/models/fill")
    tokenizer = Tokenizer.from_file(str(package / "tokenizer.json"))
    rain, umbrella, end, other = (tokenizer.token_to_id(token) for token in "雨伞。山")
    segments = [[[rain], [umbrella], [end]]] * 5 + [[[other], [other], [end]]] * 400
    (tmp_path / "held_out").mkdir()
    (source,) = shard_of(tmp_path, segments).sources
    shard_of(tmp_path / "held_out", segments)
    listing = {"format": 1, "train": [asdict(source)], "held_out": []}
    (tmp_path / "shards.json").write_text(json.dumps(listing), "utf-8")
    given = ["--shards", tmp_path, "--tokenizer", package / "tokenizer.json"]
    given += ["--memory", package / "phrases.bin", "--topics", package / "topics.bin"]
    monkeypatch.setattr("sys.argv", ["x", *map(str, [*given, "--out", tmp_path / "topics.bin"])])

    command.main()

    assert json.loads(capsys.readouterr().out.splitlines()[-1])["kept"] == 2
    topics = Topics.open(tmp_path / "topics.bin", tokenizer.get_vocab_size())
    called = topics.called(Around((rain,)), np.arange(tokenizer.get_vocab_size()))
    assert called is not None
    assert np.flatnonzero(called[0]).tolist() == [umbrella]
