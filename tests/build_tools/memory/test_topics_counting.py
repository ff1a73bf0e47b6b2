from __future__ import annotations

from pathlib import Path

import numpy as np

from assistant.engine.topics import Topics
from build_tools.corpus.shards import Shard, ShardSource
from build_tools.corpus.tokenise import WORD_START
from build_tools.memory.topics import Units, choose, count, vectors, write

VOCABULARY = 8192
RAIN, UMBRELLA, RICE, SOUP, AND = range(10, 15)


def shard_of(folder: Path, segments: list[list[int]], name: str = "prose") -> Shard:
    """Write segments of words of one character."""
    tokens = np.array([i | WORD_START for segment in segments for i in segment], dtype="<u2")
    tokens.tofile(folder / "tokens.bin")
    np.cumsum([0, *map(len, segments)]).astype("<u8").tofile(folder / "starts.bin")
    source = ShardSource(name, "", 1.0, 0, len(segments), len(tokens), 0, 0)
    return Shard(folder, (source,))


def units() -> Units:
    table = np.zeros((VOCABULARY + 1, 2), dtype=np.float32)
    table[[RAIN, UMBRELLA], 0] = table[[RICE, SOUP], 1] = 1.0
    return Units(table, np.array([RAIN * VOCABULARY + SOUP]), VOCABULARY)


def is_han() -> np.ndarray:
    found = np.zeros(VOCABULARY, dtype=np.bool_)
    found[10:] = True
    return found


SEGMENTS = [[RAIN, UMBRELLA] * 4 + [AND], [RICE, SOUP] * 4 + [AND]] * 10


def test_a_word_lies_where_its_texts_lie(tmp_path: Path) -> None:
    counted = count(shard_of(tmp_path, SEGMENTS), units(), is_han())
    assert counted.times.tolist() == [40, 40, 40, 40, 20]
    words, characters = vectors(counted, VOCABULARY)
    rain, umbrella, rice, soup, both = words
    assert rain @ umbrella > 0 > rain @ rice
    assert soup @ rice > 0 > soup @ umbrella
    assert np.abs(both).max() < np.abs(rain).max() / 2
    assert np.allclose(characters[RAIN], rain, atol=1e-5)


def test_what_a_word_says_of_itself_does_not_count(tmp_path: Path) -> None:
    alone = [[RAIN, AND]] * 40 + [[RICE, AND, SOUP]] * 40
    counted = count(shard_of(tmp_path, alone), units(), is_han())
    place = counted.ids[:, 0].tolist().index(RAIN)
    assert np.allclose(counted.sums[place], 0, atol=1e-3)


def test_antique_sources_are_left_out(tmp_path: Path) -> None:
    antique = shard_of(tmp_path, SEGMENTS)
    (source,) = antique.sources
    renamed = ShardSource("poetry_classical", "", 1.0, 0, source.last // 2, 0, 0, 0)
    rest = ShardSource("prose", "", 1.0, source.last // 2, source.last, 0, 0, 0)
    both = Shard(tmp_path, (renamed, rest))
    assert count(both, units(), is_han()).times.tolist() == [20, 20, 20, 20, 10]


def test_a_pair_across_two_segments_is_none(tmp_path: Path) -> None:
    made = units()
    made.table[VOCABULARY] = (50.0, 50.0)  # of the pair that one segment ends and the next begins
    segments = [[AND, RAIN], [SOUP, AND]] * 30
    counted = count(shard_of(tmp_path, segments), made, is_han())
    assert np.allclose(counted.mean, (0.5, 0.5), atol=1e-3)


def test_idioms_are_kept_though_they_are_rare(tmp_path: Path) -> None:
    counted = count(shard_of(tmp_path, SEGMENTS), units(), is_han())
    rare = counted.times.copy()
    rare[0], rare[4] = 2, 99
    counted = type(counted)(counted.ids, rare, counted.sums, counted.mean, counted.spread)
    idioms = {tuple(counted.ids[0].tolist())}
    assert choose(counted, idioms, most=100).tolist() == [0, 1, 2, 3, 4]
    assert choose(counted, set(), most=100).tolist() == [1, 2, 3, 4]
    assert choose(counted, idioms, most=2).tolist() == [0, 4]


def test_the_file_is_read_as_it_was_counted(tmp_path: Path) -> None:
    made = units()
    counted = count(shard_of(tmp_path, SEGMENTS), made, is_han())
    rows = choose(counted, set(), most=100)
    write(tmp_path / "topics.bin", made, counted, rows)
    topics = Topics.open(tmp_path / "topics.bin", VOCABULARY)
    umbrella, soup = topics.words([RAIN], [(UMBRELLA,), (SOUP,)])
    words, _ = vectors(counted, VOCABULARY)
    text = np.array([1.0, 0.0]) - counted.mean
    place = counted.ids[:, 0].tolist().index(UMBRELLA)
    assert np.isclose(umbrella, words[place] @ text, rtol=0.03)
    assert umbrella > 0 > soup
    before = (tmp_path / "topics.bin").read_bytes()
    write(tmp_path / "topics.bin", made, counted, rows)
    assert (tmp_path / "topics.bin").read_bytes() == before
