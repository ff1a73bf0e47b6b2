"""Sentences and posts that verdicts of three kinds are measured on."""

from __future__ import annotations

import lzma
from collections import Counter

from build_tools.finetune.zero_shot import ZERO_SHOT
from build_tools.polarity_sets import POLARITIES, own_sentences, polarity_sets
from build_tools.understand_sets import Labelled


def test_own_sentences_are_of_all_kinds_and_none_stands_there_twice():
    sets = [own_sentences("seen"), own_sentences("unseen")]
    for sentences in sets:
        counts = Counter(item.label for item in sentences)
        assert min(counts[kind] for kind in POLARITIES) >= 50
    texts = [item.text for sentences in sets for item in sentences]
    assert len(texts) == len(set(texts))


def test_posts_are_what_their_emotion_says_as_many_of_each_kind(tmp_path):
    lines = [f"happy\t真高兴{i}" for i in range(400)]
    lines += ["surprise\t真没想到", "angry\t气死了", "fear\t好怕", "neutral\t今天周三", "sad\t:("]
    with lzma.open(tmp_path / ZERO_SHOT["smp2020"], "wt", encoding="utf-8") as stream:
        stream.write("\n".join(lines))
    posts = polarity_sets(tmp_path)["smp2020_polarity"]
    assert Counter(post.label for post in posts) == {"positive": 300, "negative": 2, "neutral": 1}
    assert Labelled("气死了", "negative") in posts
    assert not any(post.text in ("真没想到", ":(") for post in posts)
