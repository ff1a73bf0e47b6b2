"""Figures of an understand package that no development set is needed for."""

from __future__ import annotations

from assistant.engine.sentiment import SentimentAnalyser
from build_tools.understand_sets import Labelled
from build_tools.verify_understand import polarity_figures
from tests.engine.toy_understand import toy_understander


def test_negative_neutral_and_positive_sentences_count_alike(tmp_path):
    analyser = toy_understander(tmp_path).sentiment
    assert isinstance(analyser, SentimentAnalyser)
    sentences = [
        Labelled("好好好。", "positive"),
        Labelled("坏坏坏。", "negative"),
        Labelled("甲乙丙。", "neutral"),
        Labelled("天地山水。", "positive"),
    ]
    figures = polarity_figures(analyser, sentences)
    assert (figures["accuracy"], figures["texts"]) == (0.75, 4)
    found = {name: figures[f"{name}_found"] for name in ("negative", "neutral", "positive")}
    assert found == {"negative": 1, "neutral": 1, "positive": 1}
