from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import FileWriteError
from assistant.records import Mistake, MistakeKind
from assistant.services.ignored_words import MAX_WORD_CHARS, IgnoredWords


def mistake(text: str, place: int) -> Mistake:
    return Mistake(place, place + 1, text[place], ("的",), 0.9, MistakeKind.SAME_SOUND)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "ignored.json"


def test_words_are_kept_in_order_without_doubles(path: Path):
    words = IgnoredWords(path)
    for word in ("陈谨", "高颜值", "陈谨", "  ", ""):
        words.add(word)
    assert IgnoredWords(path).all() == ("陈谨", "高颜值")
    words.remove("陈谨")
    assert IgnoredWords(path).all() == ("高颜值",)


@pytest.mark.parametrize(
    ("text", "place", "kept"),
    [
        ("他高颜值。", 2, False),
        ("高颜值", 0, False),
        ("高颜值", 2, False),
        ("高颜料", 1, True),
        ("颜值高", 0, True),
        ("高颜值高", 3, True),
    ],
)
def test_only_what_stands_inside_an_ignored_word_is_left_alone(path: Path, text, place, kept):
    words = IgnoredWords(path)
    words.add("高颜值")
    assert bool(words.without(text, [mistake(text, place)])) is kept


def test_a_long_word_is_cut_and_a_broken_file_is_no_word(path: Path):
    words = IgnoredWords(path)
    words.add("长" * 99)
    assert words.all() == ("长" * MAX_WORD_CHARS,)
    path.write_text('{"words": 3}', "utf-8")
    assert IgnoredWords(path).all() == ()


def test_words_that_cannot_be_written_are_told(tmp_path: Path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(FileWriteError):
        IgnoredWords(tmp_path / "file" / "ignored.json").add("陈谨")
