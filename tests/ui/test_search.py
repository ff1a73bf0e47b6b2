"""Finding text: folding keeps offsets."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.search import Query, find_all, replacement


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        (Query("ＡＢ"), "xab", ["ab"]),
        (Query("，"), "a,b，c", [",", "，"]),
        (Query("，", fold_width=False), "a,b，c", ["，"]),
        (Query("ab", fold_case=False), "AB ab", ["ab"]),
        (Query("."), "a.b。", ["."]),
        (Query(r"春.", regex=True), "春风春雨", ["春风", "春雨"]),
        (Query(r"^.", regex=True), "一二\n三四", ["一", "三"]),
        (Query("x*", regex=True), "axxb", ["xx"]),
        (Query(""), "abc", []),
    ],
)
def test_what_is_found(query, text, found):
    assert [text[m.start_char : m.end_char] for m in find_all(query, text)] == found


def test_a_wrong_expression_raises():
    with pytest.raises(re.error):
        find_all(Query("(", regex=True), "x")


def test_groups_are_expanded_in_the_replacement():
    query, text = Query(r"(春)(风)", regex=True), "春风"
    match = find_all(query, text)[0]
    assert replacement(query, text, match, r"\2\1") == "风春"


def test_a_plain_replacement_is_taken_as_it_is():
    query, text = Query("春"), "春"
    assert replacement(query, text, find_all(query, text)[0], r"\1") == r"\1"


@given(st.text(max_size=30), st.text(min_size=1, max_size=5), st.booleans())
def test_a_plain_text_is_always_found_in_itself(around, word, fold):
    text = around + word + around
    matches = find_all(Query(word, fold_case=False, fold_width=fold), text)
    assert any(m.end_char - m.start_char == len(word) for m in matches)
