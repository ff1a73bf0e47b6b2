from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine.cancel import Cancel
from assistant.engine.fill import Filler
from assistant.errors import (
    Cancelled,
    EmptyTextError,
    ModelFormatError,
    NoBlankError,
    SpanLengthError,
    TooManySpansError,
    WordError,
)
from assistant.records import FillRequest, FillResult, Span
from assistant.text.masks import find_spans
from tests.engine.bigram import bigram_graph
from tests.engine.toy import toy_package

FOLLOWS = {"甲": "乙", "乙": "丙", "丙": "丁", "丁": "戊"}


@pytest.fixture(scope="module")
def filler(tmp_path_factory: pytest.TempPathFactory) -> Filler:
    graph = bigram_graph(FOLLOWS)
    return Filler(toy_package(tmp_path_factory.mktemp("toy"), graph=graph))


def fill(filler: Filler, text: str, **options: object) -> FillResult:
    return filler.fill(FillRequest(text, find_spans(text), **options))  # pyright: ignore


def test_the_likeliest_word_comes_first(filler: Filler) -> None:
    candidates = fill(filler, "庚甲[MASK]庚。").spans[0].candidates
    assert candidates[0].text == "乙"
    assert len(candidates) == 5
    assert [c.confidence for c in candidates] == sorted(
        (c.confidence for c in candidates), reverse=True
    )
    assert sum(c.confidence for c in candidates) <= 1


def test_adjacent_masks_are_filled_left_to_right(filler: Filler) -> None:
    best = fill(filler, "庚甲[MASK][MASK][MASK]庚。").spans[0].candidates[0]
    assert best.text == "乙丙丁"
    assert best.confidence > 0.3


def test_the_first_filled_blank_conditions_the_next(filler: Filler) -> None:
    result = fill(filler, "甲[MASK]，[MASK]庚。")
    assert [len(span.candidates) for span in result.spans] == [5, 5]
    assert result.joint[0].fills[0] == "乙"
    assert result.joint[0].confidence <= result.spans[0].candidates[0].confidence


def test_touching_blanks_of_different_kinds_see_each_other(filler: Filler) -> None:
    result = fill(filler, "庚甲[MASK]____庚。")
    assert result.joint[0].fills == ("乙", "丙")


def test_distant_blanks_are_filled_independently(filler: Filler) -> None:
    text = "甲[MASK]庚。" + "己" * 300 + "。乙[MASK]庚。"
    result = fill(filler, text)
    best = [span.candidates[0] for span in result.spans]
    assert result.joint[0].fills == ("乙", "丙")
    assert result.joint[0].confidence == pytest.approx(best[0].confidence * best[1].confidence)


def test_spans_come_back_in_the_order_asked(filler: Filler) -> None:
    text = "甲□庚。乙□庚。"
    spans = find_spans(text)[::-1]
    result = filler.fill(FillRequest(text, spans))
    assert [span.span for span in result.spans] == list(spans)
    assert result.joint[0].fills == ("丙", "乙")


def test_a_selected_word_is_a_span_with_its_own_rank(filler: Filler) -> None:
    result = filler.fill(FillRequest("庚甲乙庚。", (Span(2, 3),), words=("乙", "己", "乙丙")))
    own, other, longer = result.spans[0].scored
    assert (own.text, own.rank) == ("乙", 1)
    assert own.confidence == pytest.approx(result.spans[0].candidates[0].confidence)
    assert other.rank is not None
    assert other.rank > 1
    assert longer.confidence < own.confidence


def test_a_character_the_model_does_not_know_has_no_rank(filler: Filler) -> None:
    scored = fill(filler, "庚甲[MASK]庚。", words=("龘",)).spans[0].scored[0]
    assert (scored.confidence, scored.rank) == (0.0, None)


def test_a_blank_nobody_asks_about_is_open_not_text(filler: Filler) -> None:
    text = "甲[MASK]，乙[MASK]庚。"
    spans = find_spans(text)
    together = filler.fill(FillRequest(text, spans)).spans[1]
    alone = filler.fill(FillRequest(text, spans[1:])).spans[0]
    assert alone.candidates == together.candidates


def test_special_tokens_in_the_text_are_only_text(filler: Filler) -> None:
    result = fill(filler, "[SEP]庚甲[MASK]庚[CLS][LEN3]。")
    assert result.spans[0].candidates[0].text == "乙"


def test_digits_come_only_where_the_model_expects_them(tmp_path: Path) -> None:
    graph = bigram_graph({"甲": "12", "乙": "丙"})
    filler = Filler(toy_package(tmp_path, graph=graph))
    assert fill(filler, "庚甲[MASK]庚。").spans[0].candidates[0].text == "12"
    texts = {c.text for c in fill(filler, "庚乙[MASK]庚。", top=8).spans[0].candidates}
    assert not texts & {"12", "7", "x", "##y", "，"}


def test_punctuation_only_where_the_blank_is_punctuation(tmp_path: Path) -> None:
    filler = Filler(toy_package(tmp_path, graph=bigram_graph({"甲": "，"})))
    assert fill(filler, "庚甲[MASK]庚。").spans[0].candidates[0].text == "，"
    assert fill(filler, "庚乙[MASK]庚。").spans[0].candidates[0].text not in "，。！"


def test_a_longer_word_holds_no_punctuation(tmp_path: Path) -> None:
    filler = Filler(toy_package(tmp_path, graph=bigram_graph({"甲": "，"}, length=2)))
    texts = [c.text for c in fill(filler, "庚甲[MASK][MASK]庚。").spans[0].candidates]
    assert not any("，" in text for text in texts)


def test_a_persons_own_latin_word_has_a_confidence(filler: Filler) -> None:
    (scored,) = fill(filler, "庚甲[MASK]庚。", words=("x",)).spans[0].scored
    assert 0 < scored.confidence < 0.01


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", EmptyTextError),
        (" \n\u3000", EmptyTextError),
        ("没有空", NoBlankError),
        ("甲□，" * 9, TooManySpansError),
        ("甲" + "□" * 9, SpanLengthError),
    ],
)
def test_bad_input_gets_a_typed_error(filler: Filler, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        fill(filler, text)


@pytest.mark.parametrize("word", ["", " ", "甲 乙", "甲" * 9, "甲\n"])
def test_a_word_that_cannot_stand_there_is_refused(filler: Filler, word: str) -> None:
    with pytest.raises(WordError):
        fill(filler, "甲[MASK]乙", words=(word,))


def test_a_word_must_have_the_length_of_its_span(filler: Filler) -> None:
    with pytest.raises(WordError):
        fill(filler, "甲[MASK][MASK]乙", words=("丙",))


def test_a_cancelled_job_ends_in_cancelled(filler: Filler) -> None:
    cancel = Cancel()
    cancel.throw()
    with pytest.raises(Cancelled):
        filler.fill(FillRequest("甲己[MASK]辛", find_spans("甲己[MASK]辛")), cancel)
    assert fill(filler, "庚甲[MASK]庚。").spans[0].candidates


def test_a_blank_alone_is_filled(filler: Filler) -> None:
    assert len(fill(filler, "[MASK]").spans[0].candidates) == 5


def test_a_graph_that_is_not_a_fill_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFormatError):
        Filler(toy_package(tmp_path, graph=b"not a graph"))


def test_a_vocabulary_larger_than_the_graph_is_refused(tmp_path: Path) -> None:
    package = toy_package(tmp_path, graph=bigram_graph(FOLLOWS), vocab_size=10)
    with pytest.raises(ModelFormatError):
        Filler(package)


def test_without_joint_any_number_of_spans_is_judged(filler: Filler) -> None:
    text = "庚甲[MASK]庚。" * 12
    result = fill(filler, text, joint=False, words=("乙", "己己"))
    assert [span.candidates[0].text for span in result.spans] == ["乙"] * 12
    assert [word.text for word in result.spans[5].scored] == ["乙", "己己"]
    assert result.joint == ()


def test_of_several_spans_each_scores_the_words_that_fit(filler: Filler) -> None:
    result = fill(filler, "庚甲[MASK][MASK]庚，甲[MASK]己。", words=("乙丙", "乙"))
    assert [word.text for word in result.spans[0].scored] == ["乙丙"]
    assert [word.text for word in result.spans[1].scored] == ["乙丙", "乙"]


def test_words_of_one_span_are_scored_only_there(filler: Filler) -> None:
    text = "庚甲[MASK]庚乙[MASK]庚"
    own = (("乙", "龘龘龘龘龘龘龘龘龘"), ("丙", "丁"))
    result = fill(filler, text, span_words=own, joint=False)
    assert [[w.text for w in span.scored] for span in result.spans] == [["乙"], ["丙", "丁"]]
    asked = fill(filler, text, words=("丙",), joint=False)
    assert asked.spans[1].scored[0] == result.spans[1].scored[0]


def test_span_words_need_a_row_for_every_span(filler: Filler) -> None:
    with pytest.raises(ValueError, match="span_words"):
        fill(filler, "甲[MASK]", span_words=((), ()))
