from __future__ import annotations

import pytest

from assistant.text.protected import find_protected, lost


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("看https://a.cn/b?c=1;d。好", ["https://a.cn/b?c=1;d"]),
        ("见 www.example.com.", ["www.example.com"]),
        ("写给foo.bar@example.com吧", ["foo.bar@example.com"]),
        ("改foo_bar和main.py以及os.path.join()", ["foo_bar", "main.py", "os.path.join()"]),
        ("在/usr/bin/env里用 --help", ["/usr/bin/env", "--help"]),
        ("打开C:\\Users\\a.txt", ["C:\\Users\\a.txt"]),
        ("运行`rm -rf x`。", ["`rm -rf x`"]),
        ("春天[MASK]了，____。", ["[MASK]", "____"]),
        ("iPhone 15和A-B两种，3.14", []),
    ],
)
def test_what_must_not_be_touched_is_found(text: str, kept: list[str]):
    assert [text[start:end] for start, end in find_protected(text)] == kept


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("有3个", "there are 3"),
        ("有3个", "there are three"),
        ("第3个", "the Third one"),
        ("3月5日", "March 5"),
        ("3.5万人", "35,000 people"),
        ("2亿", "200 million"),
        ("１２个", "12 of them"),
        ("1,000元", "1000 yuan"),
        ("8:30开会", "meet at 8:30"),
        ("用iPhone写", "write on an IPHONE"),
        ("Wi-Fi坏了", "the WiFi is broken"),
        ("没有数字", "nothing"),
    ],
)
def test_what_is_there_in_other_words_is_not_lost(source: str, target: str):
    assert lost(source, target) == ()


@pytest.mark.parametrize(
    ("source", "target", "missing"),
    [
        ("有13个", "there are 3", ("13",)),
        ("2019年和2020年", "in 2019", ("2020",)),
        ("用iPhone写", "write by hand", ("iphone",)),
        ("3.5万人", "3,500 people", ("3.5",)),
    ],
)
def test_what_is_not_there_is_lost(source: str, target: str, missing: tuple[str, ...]):
    assert lost(source, target) == missing
