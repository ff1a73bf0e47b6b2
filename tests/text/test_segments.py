from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.protected import find_protected
from assistant.text.segments import find_sentences, pieces_of, rebuild

BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")
SNIPPETS = (
    "今天很好。", "“你好！”他说。", "我……我不知道。", "1、买菜", "2. 卖菜", "（三）", "二、", "- ",
    "# ", "> ",
    "| 甲 | 乙 |", "|---|", "\t", "\n", "\r\n", "\u2028", "　　", " ", "Hello. ",
    "https://a.cn/x?y=1;z ",
    "a@b.cn", "`代码 x`", "[MASK]", "____", "3.14", "𠮷。", "！", "…", "”", "[ ] ", "①",
)  # fmt: skip
texts = st.lists(
    st.one_of(st.sampled_from(SNIPPETS), st.text("汉字。！，\n 1a-、（）", max_size=5)), max_size=12
).map("".join)


def sentences(text: str) -> list[str]:
    return [text[place.start_char : place.end_char] for place in find_sentences(text)]


def translated(text: str, mark: str = "S{n}.") -> str:
    places = find_sentences(text)
    return rebuild(text, places, [mark.format(n=n) for n, _ in enumerate(places)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("今天很好。明天也好！", ["今天很好。", "明天也好！"]),
        ("“真好？”他说。", ["“真好？”", "他说。"]),
        ("我……我不知道。", ["我……我不知道。"]),
        ("Hello. 走吧。 OK.", ["走吧。"]),
        ("# 标题\n\n　　正文。", ["标题", "正文。"]),
        ("1. 苹果3.14元\n（二）梨", ["苹果3.14元", "梨"]),
        ("| 姓名 | 年龄 |\n|---|---|", ["姓名", "年龄"]),
        ("张三\t李四", ["张三", "李四"]),
        ("看 https://a.cn/x?b=1;c=2！好", ["看 https://a.cn/x?b=1;c=2！", "好"]),
        ("用 `a。b` 试试。", ["用 `a。b` 试试。"]),
        ("no Chinese\n123", []),
    ],
)
def test_the_sentences_with_chinese_are_found(text: str, found: list[str]):
    assert sentences(text) == found


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("今天。明天。", "S0. S1."),
        ("一、甲\n十二、乙\n（三）丙", "1. S0.\n12. S1.\n(3) S2."),
        ("1、甲\n２．乙", "1. S0.\n2. S1."),
        ("  - [x] 甲\n\n* 乙", "  - [x] S0.\n\n* S1."),
        ("> # 甲", "> # S0."),
        ("甲。Hello! 乙。", "S0. Hello! S1."),
        ("| 甲 | 乙 |", "| S0. | S1. |"),
        ("甲\t乙", "S0.\tS1."),
        ("　　甲。\r\n乙", "　　S0.\r\nS1."),
        ("甲（OK）。", "S0."),
        ("plain\n", "plain\n"),
    ],
)
def test_what_is_around_the_sentences_stays(text: str, made: str):
    assert translated(text) == made


@given(texts)
def test_sentences_lie_in_order_inside_one_line_without_white_space_around(text: str):
    end = 0
    for place in find_sentences(text):
        assert end <= place.start_char < place.end_char <= len(text)
        sentence = text[place.start_char : place.end_char]
        assert sentence == sentence.strip()
        assert not BREAK.search(sentence)
        end = place.end_char


@given(texts)
def test_every_chinese_character_is_in_a_sentence_or_a_marker(text: str):
    covered = {i for p in find_sentences(text) for i in range(p.start_char, p.end_char)}
    left = "".join(c for i, c in enumerate(text) if i not in covered)
    assert set(re.findall("[汉字今天很好你说我不知道买菜卖甲乙代码𠮷]", left)) == set()


@given(texts)
def test_line_breaks_and_lines_without_chinese_are_restored_exactly(text: str):
    made = translated(text, "S")
    assert BREAK.findall(made) == BREAK.findall(text)
    for before, after in zip(BREAK.split(text), BREAK.split(made), strict=True):
        if not find_sentences(before):
            assert after == before


@given(texts, st.integers(1, 12))
def test_pieces_of_a_long_sentence_make_it_up_and_fit(text: str, limit: int):
    sentence = BREAK.sub("", text)
    pieces = pieces_of(sentence, len, limit)
    assert "".join(pieces) == sentence
    assert all(len(piece) <= max(limit, 1) for piece in pieces)


def test_a_long_sentence_is_split_at_clauses():
    pieces = pieces_of("今天天气很好，我们去公园，看见了花。", len, 14)
    assert pieces == ["今天天气很好，我们去公园，", "看见了花。"]


@given(texts)
def test_protected_spans_do_not_overlap(text: str):
    end = 0
    for start, stop in find_protected(text):
        assert end <= start < stop <= len(text)
        end = stop
