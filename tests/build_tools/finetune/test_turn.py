"""Rows become questions whose first hypothesis holds."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from build_tools.finetune.records import CALM, CONTRADICTION, ENTAILMENT, POSITIVE
from build_tools.finetune.turn import Rules, Turner
from tests.build_tools.finetune.tiny import ROWS

CHANCES = range(40)


def questions(source, rules=None):
    turner = Turner(ROWS, rules or Rules())
    rows = [row for row in ROWS if row.source == source]
    return [(row, turner.question([row], random.Random(i))) for i in CHANCES for row in rows]


def test_topic_is_asked_first_and_wrong_labels_of_its_set_after_it():
    for row, question in questions("tnews", Rules(other_name=0.0)):
        assert str(row.topic) in question.hypotheses[0]
        assert question.classes == (ENTAILMENT, CONTRADICTION, CONTRADICTION)
        assert len(set(question.hypotheses)) == 3


def test_hidden_keyword_is_gone_from_the_text_and_wrong_words_never_stood_in_it():
    for row, question in questions("keywords", Rules(hide_keyword=1.0)):
        assert str(row.keyword) not in question.text
        assert str(row.keyword) in question.hypotheses[0]
        before, _, after = question.hypotheses[0].partition(row.keyword)
        wrong = [found.removeprefix(before).removesuffix(after) for found in question.hypotheses]
        assert not any(word in row.text for word in wrong[1:])


def test_passages_of_keywords_judge_nothing():
    assert {question.sentiment for _, question in questions("keywords")} == {CALM}
    sad = [replace(row, text="村里的人伤心地哭了。") for row in ROWS if row.source == "keywords"]
    turner = Turner(ROWS, Rules())
    assert {turner.question([row], random.Random(0)).sentiment for row in sad} == {None}


def test_mood_that_holds_is_that_of_the_judgement():
    found = {q.hypotheses[0]: q for _, q in questions("chnsenticorp") if q.hypotheses}
    positive = {text for text, q in found.items() if q.sentiment == POSITIVE}
    good = ("积极", "正面", "好评", "满意", "称赞")
    for text in found:
        assert (text in positive) == any(word in text and "不满" not in text for word in good)


def test_pairs_of_one_text_are_asked_together():
    rows = [row for row in ROWS if row.text == "春风里花鸟多"]
    question = Turner(ROWS, Rules()).question(rows, random.Random(0))

    assert question.hypotheses == ("花多", "花少")
    assert question.classes == (ENTAILMENT, CONTRADICTION)
    assert not question.ranked


@pytest.mark.parametrize("source", ["chnsenticorp", "shopping", "tnews", "keywords"])
def test_the_same_chance_asks_the_same(source):
    assert questions(source) == questions(source)
