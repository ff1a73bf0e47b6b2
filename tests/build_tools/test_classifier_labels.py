"""What columns mean is read from the checkpoint, never guessed."""

from __future__ import annotations

import pytest

from build_tools.classifier_labels import ENTAILMENT_OUTPUT, SENTIMENT_OUTPUT, head_of


def test_order_of_the_columns_is_that_of_label2id():
    head = head_of({"Positive": 0, "Negative": 1})

    assert (head.output, head.labels) == (SENTIMENT_OUTPUT, ("positive", "negative"))


def test_neutral_belongs_to_whichever_task_the_others_are_of():
    sentiment = head_of({"neg": 0, "neu": 1, "pos": 2})
    inference = head_of({"contradiction": 0, "neutral": 1, "ENTAILMENT": 2})

    assert sentiment.labels == ("negative", "neutral", "positive")
    assert inference.output == ENTAILMENT_OUTPUT
    assert inference.labels == ("contradiction", "neutral", "entailment")


def test_not_entailment_and_chinese_names_are_known():
    assert head_of({"entailment": 0, "not-entailment": 1}).labels[1] == "not_entailment"
    assert head_of({"负面": 0, "正面": 1}).labels == ("negative", "positive")


@pytest.mark.parametrize(
    ("label2id", "what"),
    [
        ({"LABEL_0": 0, "LABEL_1": 1}, "--labels"),
        ({"sports": 0, "news": 1}, "sports"),
        ({"positive": 0, "entailment": 1}, "neither"),
        ({"neutral": 0, "positive": 1}, "neither"),
    ],
)
def test_names_that_say_nothing_are_refused_with_what_to_do(label2id, what):
    with pytest.raises(ValueError, match=what):
        head_of(label2id)


def test_a_person_names_the_columns():
    head = head_of({"LABEL_0": 0, "LABEL_1": 1}, ["negative", "positive"])

    assert head.labels == ("negative", "positive")


def test_as_many_names_as_columns_are_asked():
    with pytest.raises(ValueError, match="3"):
        head_of({"LABEL_0": 0, "LABEL_1": 1, "LABEL_2": 2}, ["negative", "positive"])
