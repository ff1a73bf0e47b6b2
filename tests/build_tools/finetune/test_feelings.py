"""Rows that a list of words judges."""

from __future__ import annotations

import lzma
import random

import pytest

from build_tools.finetune.feeling_words import without_words_of_feeling, words_of_feeling
from build_tools.finetune.feelings import feeling_rows, heading_rows
from build_tools.finetune.records import CALM, FEELINGS, NEGATIVE, PLAIN, POSITIVE, Row
from build_tools.finetune.turn import Rules, Turner


def write(folder, name, lines):
    with lzma.open(folder / f"{name}.txt.xz", "wt", encoding="utf-8") as stream:
        stream.write("\n".join(lines))


@pytest.mark.parametrize(
    ("sentence", "sides"),
    [
        ("孩子们高兴地跑出去。", {POSITIVE}),
        ("她伤心地哭了。", {NEGATIVE}),
        ("他并不高兴。", {CALM}),
        ("又高兴又难过。", {POSITIVE, NEGATIVE}),
        ("他把书放回书架。", set()),
    ],
)
def test_words_say_what_a_sentence_feels_unless_they_are_denied(sentence, sides):
    assert set(words_of_feeling(sentence)) == sides


def test_rows_are_what_one_side_claims_or_nobody(tmp_path):
    write(tmp_path, "tatoeba_cmn", ["孩子们高兴地跑出去。她伤心地哭了。", "又高兴又难过的一天。"])
    write(tmp_path, "laws_pd", ["本办法自发布之日起施行。", "“他并不觉得高兴。”", "短。"])
    found = list(feeling_rows(tmp_path, 1))
    assert {(row.source, row.text, row.sentiment) for row in found} == {
        (FEELINGS, "孩子们高兴地跑出去。", POSITIVE),
        (FEELINGS, "她伤心地哭了。", NEGATIVE),
        (PLAIN, "本办法自发布之日起施行。", CALM),
    }


def test_a_common_word_does_not_crowd_out_the_others(tmp_path):
    write(tmp_path, "literature_pd", [f"第{i}天，他们很高兴。" for i in range(1000)])
    assert sum(row.source == FEELINGS for row in feeling_rows(tmp_path, 1)) == 350


def test_headings_are_plain_and_name_no_feeling():
    found = list(heading_rows(["渡口", "掌声", "工具", "渡口"], 1))
    assert {(row.source, row.sentiment) for row in found} == {(PLAIN, CALM)}
    assert sorted(row.text[-2:] for row in found) == ["工具", "渡口"]


def test_training_takes_the_words_out_of_some_sentences():
    row = Row(FEELINGS, "孩子们高兴地跑出去。", POSITIVE)
    asked = [
        Turner([row], Rules(moods=0.0, hide_feeling=share)).question([row], random.Random(1)).text
        for share in (0.0, 1.0)
    ]
    assert asked == [row.text, "孩子们[MASK][MASK]地跑出去。"]
    assert without_words_of_feeling(row.text) == asked[1]


def test_plain_sentences_are_never_called_praise_or_blame():
    row = Row(PLAIN, "他把书放回书架。", CALM)
    turner = Turner([row], Rules(moods=1.0))
    question = turner.question([row], random.Random(0))
    assert (question.sentiment, question.hypotheses) == (CALM, ())
