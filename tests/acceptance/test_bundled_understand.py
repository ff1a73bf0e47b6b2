"""The bundled sentiment and labels on our own sentences: what a person may rely on."""

from __future__ import annotations

import pytest

from assistant.engine.package import load_package
from assistant.engine.understand import Understander
from assistant.paths import find_paths
from assistant.records import Polarity, Task

FOLDER = find_paths().model_folder(Task.UNDERSTAND)

GOOD = (
    "汤面又香又热乎，老板娘人也好。",
    "这本小说写得太感人了，我一口气读完。",
    "房间干净，前台热情，下次还住这里。",
    "收到礼物的那一刻，我高兴得跳了起来。",
    "耳机音质清晰，戴着也舒服，很值。",
    "孩子们玩得特别开心，谢谢老师！",
)
BAD = (
    "等了一个小时才上菜，还是凉的。",
    "快递把箱子摔破了，客服也不理人。",
    "这部电影又长又无聊，看得我直打瞌睡。",
    "屏幕用了两天就坏了，真后悔买它。",
    "他失望地低下头，眼泪止不住地流。",
    "水管漏了一夜，物业到现在都没来修。",
)
TOPICS = {
    "天气": "冷空气今晚抵达，明天早晨气温骤降，局部地区有小雪。",
    "体育": "上半场结束前，主队前锋接到传球，一脚射门把比分扳平。",
    "美食": "先把蒜末爆香，再下青菜大火快炒，出锅前淋一点香油。",
    "财经": "央行宣布下调利率，股市应声上涨，银行股领跌。",
    "教育": "期末考试临近，老师带着同学们逐章复习课文。",
    "旅游": "我们坐缆车上了山顶，住在湖边的民宿，第二天去看了古城。",
}


@pytest.fixture(scope="module")
def understander() -> Understander:
    return Understander(load_package(FOLDER, Task.UNDERSTAND), threads=1)


def test_plain_praise_and_plain_blame_are_told_apart(understander: Understander) -> None:
    sentiment = understander.sentiment
    good = [sentiment.analyse(text).positivity for text in GOOD]
    bad = [sentiment.analyse(text).positivity for text in BAD]
    assert sum(p > 0.5 for p in good) >= len(GOOD) - 1
    assert sum(p < 0.5 for p in bad) >= len(BAD) - 1
    assert sorted(good)[1] > sorted(bad)[-2]


def test_a_text_is_as_its_sentences_are(understander: Understander) -> None:
    assert understander.sentiment.analyse("\n".join(GOOD)).polarity is Polarity.POSITIVE
    assert understander.sentiment.analyse("\n".join(BAD)).polarity is Polarity.NEGATIVE


def test_the_word_that_does_it_is_found(understander: Understander) -> None:
    sentence = "这家店的服务真差劲。"
    words = understander.sentiment.explain(sentence)
    worst = min(words, key=lambda word: word.effect)
    assert sentence[worst.start_char : worst.end_char] in {"差劲", "真差劲", "差"}


def test_topics_nobody_trained_it_on_are_found(understander: Understander) -> None:
    best = {
        topic: understander.labels.classify(text, tuple(TOPICS)).labels[0].label
        for topic, text in TOPICS.items()
    }
    assert sum(topic == found for topic, found in best.items()) >= len(TOPICS) - 1


def test_a_sentence_means_the_same_in_any_company(understander: Understander) -> None:
    """INT8 scales its activations by the batch; a verdict must hardly depend on it."""
    sentiment = understander.sentiment
    together = sentiment.analyse("\n".join((*GOOD, *BAD))).sentences
    for text, verdict in zip((*GOOD, *BAD), together, strict=True):
        sentiment.forget()
        assert sentiment.analyse(text).positivity == pytest.approx(verdict.positivity, abs=0.1)
