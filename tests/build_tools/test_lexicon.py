from __future__ import annotations

import lzma
from pathlib import Path

import numpy as np
import pytest

from build_tools.glyphs import neighbours, render
from build_tools.lexicon import (
    common_characters,
    common_words,
    idioms,
    is_readable,
    read_dictionary,
    write,
)

LINES = [
    "的 100 uj",
    "天 30 n",
    "天天 50 d",
    "画蛇添足 3 i",
    "共同努力 9 l",
    "爱岗 2 i",
    "AA制 7 n",
]


def test_characters_are_counted_over_all_words() -> None:
    entries = list(read_dictionary(LINES))
    assert common_characters(entries, 2) == "天的"


def test_idioms_are_in_both_lists() -> None:
    entries = list(read_dictionary(LINES))
    assert idioms(entries, frozenset({"画蛇添足", "爱岗", "天天"})) == ["画蛇添足"]


def test_words_are_plain_or_idioms_commonest_first() -> None:
    lines = [*LINES, "北京 40 ns", "走 60 v"]
    entries = list(read_dictionary(lines))
    assert common_words(entries, ["画蛇添足"], 2) == ["v走", "d天天", "i画蛇添足"]


def test_a_name_that_is_tagged_as_a_plain_word_is_none() -> None:
    entries = list(read_dictionary([*LINES, "周恩来 80 t", "今天 70 t"]))
    assert common_words(entries, [], 2) == ["t今天", "d天天"]


def test_characters_read_in_the_wrong_encoding_are_not_readable() -> None:
    assert is_readable("未来")
    garbled = "的了".encode().decode("gbk")
    assert not is_readable(garbled)
    assert not is_readable("锛")  # of GB 2312, but half a comma
    entries = list(read_dictionary([*LINES, f"{garbled} 900 z", "锛 800 v"]))
    assert common_characters(entries, 2) == "天的"
    assert common_words(entries, [], 1) == ["d天天"]


def test_lists_are_written_compressed(tmp_path: Path) -> None:
    path = tmp_path / "new" / "list.txt.xz"
    size = write(path, ["甲", "乙"])
    assert path.stat().st_size == size
    assert lzma.decompress(path.read_bytes()).decode() == "甲\n乙"


def test_neighbours_are_the_most_similar_rows() -> None:
    rows = np.array([[1, 0, 0], [0.8, 0.6, 0], [0, 0, 1], [0.6, 0.8, 0]], dtype=np.float32)
    assert neighbours(rows, 2) == [[1, 3], [3, 0], [], [1, 0]]
    assert neighbours(rows, 1) == [[1], [3], [], [1]]


def test_look_alikes_are_found_in_a_real_font() -> None:
    font = next(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"), None)
    if font is None:
        pytest.skip("no CJK font here")
    characters = "未末土士鸟乌河学"
    found = neighbours(render(characters, font), 1)
    assert [characters[row[0]] if row else "" for row in found[:6]] == list("末未士土乌鸟")
