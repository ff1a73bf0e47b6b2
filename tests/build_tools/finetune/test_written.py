"""Sentences written for training."""

from __future__ import annotations

from collections import Counter

import pytest

from build_tools.finetune.records import CALM, NEGATIVE, POSITIVE, WRITTEN, Row
from build_tools.finetune.written import written_rows
from build_tools.polarity_sets import own_sentences


def test_lines_become_rows_of_three_kinds(tmp_path):
    lines = ["negative\t票卖完了，白排了一下午。", "neutral\t二、路上", "positive\t船平安进了港。"]
    (tmp_path / "one.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    assert list(written_rows(tmp_path)) == [
        Row(WRITTEN, "票卖完了，白排了一下午。", NEGATIVE),
        Row(WRITTEN, "二、路上", CALM),
        Row(WRITTEN, "船平安进了港。", POSITIVE),
    ]


@pytest.mark.parametrize("line", ["good\t船进了港。", "negative 船沉了。", "negative\t"])
def test_a_line_of_another_form_is_named(tmp_path, line):
    (tmp_path / "one.tsv").write_text(f"neutral\t二、路上\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"one\.tsv:2"):
        list(written_rows(tmp_path))


def test_what_comes_along_is_of_all_kinds_and_holds_nothing_that_is_measured():
    rows = list(written_rows())
    counts = Counter(row.sentiment for row in rows)
    assert min(counts[kind] for kind in (NEGATIVE, CALM, POSITIVE)) > 1000
    texts = {row.text for row in rows}
    assert len(texts) == len(rows)
    assert not texts & {item.text for name in ("seen", "unseen") for item in own_sentences(name)}
