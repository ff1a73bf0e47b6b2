from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.text.characters import has_han, is_han
from assistant.text.sentences import sentence_spans

TEXTS = st.text("春风 　\n。！？…”；.x3\r\t𠮷", max_size=60)


@given(TEXTS)
def test_sentences_are_in_order_and_leave_out_white_space_only(text: str):
    spans = sentence_spans(text)
    end_before = 0
    for start, end in spans:
        assert not text[end_before:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        end_before = end
    assert not text[end_before:].strip()


def test_sentences_end_where_their_marks_end():
    text = "他说：“来了。”\n\n　　然后……走了！3.14 不断开"
    assert [text[start:end] for start, end in sentence_spans(text)] == [
        "他说：“来了。”",
        "然后……",
        "走了！",
        "3.14 不断开",
    ]


@given(st.text(max_size=20) | TEXTS)
def test_a_text_has_chinese_if_one_character_is(text: str):
    assert has_han(text) == any(map(is_han, text))
