"""Which rows are kept, and on which side."""

from __future__ import annotations

from build_tools.corpus.overlap import DevelopmentShingles, passage_digest
from build_tools.finetune.prepare import _clean
from build_tools.finetune.records import (
    CALM,
    GOODS,
    NEGATIVE,
    OPINIONS,
    POSITIVE,
    POSTS,
    PROSE,
    Row,
)
from build_tools.finetune.split import is_held_out

NOTHING = DevelopmentShingles([])


def test_the_first_judgement_of_a_text_is_the_one_that_counts():
    rows = [
        Row(POSTS, "今天面馆排了二十个人。", CALM),
        Row("weibo", "今天面馆排了二十个人", POSITIVE),
    ]
    kept, dropped = _clean(rows, NOTHING, set())
    assert kept == rows[:1]
    assert dropped == {"weibo": 1}


def test_a_text_that_is_measured_is_left_out_however_short():
    rows = [Row(GOODS, "非常满意！", POSITIVE), Row(GOODS, "非常不满意！", NEGATIVE)]
    kept, _ = _clean(rows, NOTHING, {passage_digest("非常满意")})
    assert kept == rows[1:]


def test_what_chose_among_three_is_held_out_oftener_and_opinions_never():
    texts = [f"第{number}句话。" for number in "一二三四五六七八九十百千万" for _ in range(2)]
    texts = [f"{text}{other}" for text in texts for other in texts]
    shares = {
        source: sum(is_held_out(Row(source, text)) for text in texts) / len(texts)
        for source in (PROSE, "shopping", OPINIONS)
    }
    assert 0.06 < shares[PROSE] < 0.2
    assert 0.005 < shares["shopping"] < 0.05
    assert shares[OPINIONS] == 0
