"""Figures of an understand package that no development set is needed for."""

from __future__ import annotations

from assistant.engine.sentiment import SentimentAnalyser
from assistant.records import Polarity
from build_tools.verify_understand import polarity_figures
from tests.engine.toy_understand import toy_understander


def test_negative_neutral_and_positive_sentences_count_alike(tmp_path):
    analyser = toy_understander(tmp_path).sentiment
    assert isinstance(analyser, SentimentAnalyser)
    sentences = (
        ("好好好。", Polarity.POSITIVE),
        ("坏坏坏。", Polarity.NEGATIVE),
        ("甲乙丙。", Polarity.NEUTRAL),
        ("天地山水。", Polarity.POSITIVE),
    )
    figures = polarity_figures(analyser, sentences)
    assert (figures["accuracy"], figures["texts"]) == (0.75, 4)
    found = {name: figures[f"{name}_found"] for name in ("negative", "neutral", "positive")}
    assert found == {"negative": 1, "neutral": 1, "positive": 1}
