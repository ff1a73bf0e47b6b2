"""Finding text: folding keeps offsets."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.search import MOST, Query, find_all, replacements


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
    assert replacements(query, text, find_all(query, text), r"\2\1") == ["风春"]


@pytest.mark.parametrize(
    ("new", "written"),
    [
        (r"\1！", "了，！"),
        (r"\g<1>\g<0>", "了，了，"),
        (r"\g<mark>", "，"),
        (r"\3", ""),
        (r"一\n二\\1", "一\n二\\1"),
    ],
)
def test_a_group_is_what_stands_in_the_text_and_not_what_it_was_folded_to(new, written):
    query, text = Query(r"(了(?P<mark>,))(x)?", regex=True), "来了，"
    assert replacements(query, text, find_all(query, text), new) == [written]


@pytest.mark.parametrize("new", [r"\2", r"\g<x>", r"\q"])
def test_a_wrong_replacement_raises(new):
    query = Query("(春)", regex=True)
    with pytest.raises(re.error):
        replacements(query, "春", find_all(query, "春"), new)


def test_a_novel_is_replaced_in_a_moment():
    query, text = Query("(来.)，", regex=True), "春天来了，院子里的花开了。\n" * 12_000
    matches = find_all(query, text, most=None)
    assert (len(matches), len(find_all(query, text))) == (12_000, MOST)
    began = time.process_time()
    assert set(replacements(query, text, matches, r"\1！")) == {"来了！"}
    assert time.process_time() - began < 5  # a minute for every thousand when each folded anew


def test_a_plain_replacement_is_taken_as_it_is():
    query, text = Query("春"), "春"
    assert replacements(query, text, find_all(query, text), r"\1") == [r"\1"]


@given(st.text(max_size=30), st.text(min_size=1, max_size=5), st.booleans())
def test_a_plain_text_is_always_found_in_itself(around, word, fold):
    text = around + word + around
    matches = find_all(Query(word, fold_case=False, fold_width=fold), text)
    assert any(m.end_char - m.start_char == len(word) for m in matches)
