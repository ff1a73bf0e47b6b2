from __future__ import annotations

import pytest

from assistant.engine.cancel import Cancel
from assistant.engine.sentence_translator import SentenceTranslator
from assistant.errors import Cancelled
from tests.engine.toy_translation import ToyModel


def translate(model: ToyModel, *sentences: str, beams: int = 1, **settings: object):
    translator = SentenceTranslator(model, settings)  # type: ignore[arg-type]
    return translator.translate(sentences, beams)


@pytest.mark.parametrize("beams", [1, 4])
def test_a_sentence_is_said_with_the_geometric_mean_of_its_chances(beams: int):
    (found,) = translate(ToyModel({"你好。": "Hello ."}, chance=0.7), "你好。", beams=beams)
    assert found.text == "Hello."
    assert found.score == pytest.approx(0.7)
    assert not found.is_doubtful


def test_several_sentences_are_read_together():
    model = ToyModel({"你好。": "Hello.", "再见。": "Bye."})
    assert [f.text for f in translate(model, "你好。", "再见。")] == ["Hello.", "Bye."]
    assert model.reads == [["你好。", "再见。"]]


def test_a_low_score_is_doubtful():
    model = ToyModel({"你好。": "Hello."}, chance=0.3)
    assert translate(model, "你好。", doubtful_below=0.4)[0].is_doubtful
    assert not translate(model, "你好。", doubtful_below=0.2)[0].is_doubtful


@pytest.mark.parametrize(
    ("source", "said", "is_doubtful"),
    [
        ("有12个", "there are 12", False),
        ("有12个", "there are many", True),
        ("用iPhone", "on an iPhone", False),
        ("用iPhone", "on a phone", True),
        ("你好", "", True),
    ],
)
def test_what_was_lost_makes_doubtful(source: str, said: str, is_doubtful: bool):
    assert translate(ToyModel({source: said}), source)[0].is_doubtful is is_doubtful


def test_addresses_are_copied_and_what_is_around_them_translated():
    model = ToyModel({"请看": "Please see.", "，很好。": "it is good."})
    (found,) = translate(model, "请看 https://a.cn/x?b=1，很好。")
    assert found.text == "Please see https://a.cn/x?b=1 it is good."
    assert not found.is_doubtful


def test_blanks_and_code_are_copied():
    model = ToyModel({"春天": "Spring", "了": "it is", "用": "Use"})
    texts = [found.text for found in translate(model, "春天[MASK]了。", "用`ls`。")]
    assert texts[1] == "Use `ls`."
    assert "[MASK]" in texts[0]


def test_a_sentence_over_the_length_is_split_at_clauses_and_nothing_is_cut():
    model = ToyModel(max_source=8)
    (found,) = translate(model, "今天天气很好，我们去公园。")
    assert model.reads[0] == ["今天天气很好，", "我们去公园。"]
    for character in "今天天气很好我们去公园":
        assert f"<{character}>" in found.text


def test_going_round_in_circles_is_written_anew_and_never_shown():
    said = "I see " + "the sea " * 9
    model = ToyModel({"看海。": said})
    (found,) = translate(model, "看海。")
    assert found.text.count("the sea") <= 2
    assert found.is_doubtful
    assert model.reads == [["看海。"], ["看海。"]]


def test_what_repeats_in_the_source_may_repeat():
    model = ToyModel({"哈哈哈哈哈": "ha ha ha ha ha"})
    assert translate(model, "哈哈哈哈哈")[0].text == "ha ha ha ha ha"


def test_a_sentence_that_never_ends_is_cut_at_the_limit_and_doubtful():
    said = " ".join(f"w{i}" for i in range(200))
    (found,) = translate(ToyModel({"你好。": said}), "你好。")
    assert 3 < len(found.text.split()) < 40
    assert found.is_doubtful


def test_nothing_goes_on_once_cancelled():
    cancel = Cancel()
    cancel.throw()
    translator = SentenceTranslator(ToyModel(), {})  # type: ignore[arg-type]
    with pytest.raises(Cancelled):
        translator.translate(["你好。"], 1, cancel)
