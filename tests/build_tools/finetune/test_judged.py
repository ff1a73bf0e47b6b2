"""Texts of the training sets that were judged for this."""

from __future__ import annotations

import lzma
from collections import Counter

import pytest

from build_tools.corpus.overlap import passage_digest
from build_tools.finetune.judged import FOLDER, judged_rows, judgements
from build_tools.finetune.records import (
    CALM,
    GOODS,
    NEGATIVE,
    OF_THREE,
    OPINIONS,
    POSITIVE,
    POSTS,
    PROSE,
    TALK,
    WRITTEN,
    Row,
)

TEXTS = {
    GOODS: ("杯子一装水就漏。", "negative"),
    OPINIONS: ("房间倒是干净。", "positive"),
    POSTS: ("今天面馆排了二十个人。", "neutral"),
    PROSE: ("孩子们高兴地跑出去。", "positive"),
    TALK: ("你救了我一命。", "positive"),
}


def compressed(path, line):
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        stream.write(line + "\n")


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    goods, opinion, post, prose, talk = (text for text, _ in TEXTS.values())
    compressed(folder / "sentiment" / "eprstmt_unlabeled.tsv.xz", f"NA\t{goods}\nNA\t没有人看过。")
    review = f"0\t等了一个小时才入住。{opinion}"
    compressed(folder / "sentiment" / "chnsenticorp_htl_all.tsv.xz", review)
    compressed(folder / "sentiment" / "weibo_senti_100k_SAMPLE.tsv.xz", f"1\t{post}\n1\t{post}")
    compressed(folder / "open" / "tatoeba_cmn.txt.xz", f"{prose}她把伞收了起来。")
    compressed(folder / "parallel" / "msctd_subtitles.tsv.xz", f"{talk}\tYou saved my life.")
    return folder


@pytest.fixture
def judged(tmp_path):
    for source, (text, label) in TEXTS.items():
        line = f"{passage_digest(text):016x}\t{label}\n"
        (tmp_path / f"{source}.tsv").write_text(line, "utf-8")
    return tmp_path


def test_each_text_that_the_data_hold_is_found_once(data, judged):
    sides = {"negative": NEGATIVE, "neutral": CALM, "positive": POSITIVE}
    wanted = [Row(source, text, sides[label]) for source, (text, label) in TEXTS.items()]
    assert list(judged_rows(data, judged)) == wanted


def test_no_sentence_is_learnt_of_a_review_that_is_held_out(data, judged, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "build_tools.finetune.judged.is_held_out", lambda row: asked.append(row) or 1
    )
    found = {row.source for row in judged_rows(data, judged)}
    assert found == {GOODS, POSTS, PROSE, TALK}
    assert [row.text for row in asked] == [f"等了一个小时才入住。{TEXTS[OPINIONS][0]}"]


def test_where_there_are_no_data_there_are_no_rows(tmp_path, judged):
    assert list(judged_rows(tmp_path / "nothing", judged)) == []


@pytest.mark.parametrize("line", ["zz\tneutral", "00ff\tgood", "00ff neutral"])
def test_a_line_of_another_form_is_named(tmp_path, line):
    (tmp_path / "one.tsv").write_text(f"00fe\tneutral\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"one\.tsv:2"):
        judgements(tmp_path / "one.tsv")


def test_what_comes_along_judges_each_text_once_and_holds_all_kinds():
    for source in OF_THREE - {WRITTEN}:
        path = FOLDER / f"{source}.tsv"
        found = judgements(path)
        assert len(found) == len(path.read_text("utf-8").splitlines())
        counts = Counter(found.values())
        assert min(counts[kind] for kind in (NEGATIVE, CALM, POSITIVE)) > 100
