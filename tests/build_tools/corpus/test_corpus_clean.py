from __future__ import annotations

import json
import lzma

import pytest

from build_tools.corpus.__main__ import write_corpus
from build_tools.corpus.clean import MAX_CHARS, clean, pieces
from build_tools.corpus.overlap import DevelopmentShingles, Duplicates, shingles
from build_tools.corpus.sources import Source, folder_sources

DEVELOPMENT = "清晨的集市上摆满了刚摘下来的黄瓜和豆角"
FRESH = "傍晚的操场上只剩下几个还在跑步的同学"


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  今天 天气\u3000很 好。\u200b ", "今天天气很好。"),
        ("我 用 Python 写 程序", "我用 Python 写程序"),
        ("<p>窗外的雨停了</p>", "窗外的雨停了"),
        ("only a few 中文 words in a long line", None),
        ("好。", None),
        ("", None),
    ],
)
def test_cleaning(raw, cleaned):
    assert clean(raw) == cleaned


def test_long_passages_are_cut_at_sentence_ends():
    text = "雨停了，街上的灯亮了。" * 1000
    parts = pieces(text)
    assert "".join(parts) == text
    assert len(parts) > 1
    assert all(len(part) <= MAX_CHARS and part.endswith("。") for part in parts)


def test_overlap_looks_at_chinese_characters_only():
    development = DevelopmentShingles([DEVELOPMENT])
    assert development.overlaps(f"听说，{DEVELOPMENT[:7]}，{DEVELOPMENT[7:14]}！")
    assert not development.overlaps(DEVELOPMENT[:12])
    assert not development.overlaps(FRESH)
    assert not DevelopmentShingles([]).overlaps(FRESH)


def test_every_run_of_thirteen_has_a_shingle():
    assert len(shingles(DEVELOPMENT)) == len(DEVELOPMENT) - 12
    assert len(shingles(DEVELOPMENT[:12])) == 0


def test_duplicates_ignore_punctuation():
    duplicates = Duplicates()
    assert duplicates.add("雨停了，灯亮了。")
    assert not duplicates.add("雨停了！灯亮了")


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    lines = [FRESH, DEVELOPMENT + "。", "short", FRESH + "！"]
    lines += [f"第{number}天，他在河边钓了{number}条鱼。" for number in "一二三四五六七八九"]
    (folder / "a.txt").write_text("\n".join(lines), "utf-8")
    with lzma.open(folder / "b.txt.xz", "wt", encoding="utf-8") as stream:
        stream.write(DEVELOPMENT + "和茄子\n")
    return folder


def test_the_corpus_is_written_with_what_was_dropped(data, tmp_path):
    sources = (
        *folder_sources(data, "CC0"),
        Source("heart", "b.txt.xz", "public domain", known_by_heart=True),
    )
    out = tmp_path / "out"
    reports = write_corpus(sources, data, out, DevelopmentShingles([DEVELOPMENT]))
    first, second, heart = reports
    assert (first.unclean, first.duplicate, first.overlap) == (1, 1, 1)
    assert first.passages + first.held_out == 10
    assert (second.passages, second.overlap) == (0, 1)
    assert (heart.duplicate, heart.overlap) == (1, 0)
    listing = json.loads((out / "sources.json").read_text("utf-8"))
    assert [row["licence"] for row in listing] == ["CC0", "CC0", "public domain"]
    assert DEVELOPMENT not in (out / "a.txt").read_text("utf-8")


def test_what_is_known_by_heart_may_overlap(data, tmp_path):
    heart = Source("heart", "b.txt.xz", "public domain", known_by_heart=True)
    report = write_corpus((heart,), data, tmp_path / "out", DevelopmentShingles([DEVELOPMENT]))[0]
    assert (report.passages, report.overlap, report.held_out) == (1, 0, 0)


def test_a_second_run_changes_nothing(data, tmp_path):
    sources, out = folder_sources(data), tmp_path / "out"
    write_corpus(sources, data, out, DevelopmentShingles([]))
    before = {path.name: path.read_bytes() for path in out.glob("*.*")}
    (data / "a.txt").unlink()
    write_corpus(sources, data, out, DevelopmentShingles([]))
    assert {path.name: path.read_bytes() for path in out.glob("*.*")} == before


def test_held_out_sources_are_never_among_the_counted(data, tmp_path):
    out = tmp_path / "out"
    sources = (Source("all", "a.txt", "CC0", held_out=True),)
    report = write_corpus(sources, data, out, DevelopmentShingles([]))[0]
    assert report.passages == 0
    assert report.held_out == 11
    assert (out / "all.txt").read_text("utf-8") == ""
