from __future__ import annotations

from sklearn.feature_extraction.text import TfidfVectorizer

from build_tools.finetune.baseline import likeness
from build_tools.understand_sets import Labelled, LabelSet

TRAINING = ["今天的天气很好", "球赛的天气不好", "明天的球赛", "新的歌", "老的歌手"]


def test_the_likest_label_is_found_and_does_not_hang_on_the_other_texts():
    vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    vectoriser.fit(TRAINING)
    texts = (Labelled("看球赛去", "球赛"), Labelled("听歌手唱", "音乐"), Labelled("天气冷", "天气"))
    labels = ("球赛", "音乐", "天气")
    whole = likeness(LabelSet(texts, labels, "{}"), vectoriser)
    assert whole == 2 / 3
    alone = [likeness(LabelSet((text,), labels, "{}"), vectoriser) for text in texts]
    assert alone == [1, 0, 1]
