from __future__ import annotations

import pytest
from hypothesis import given, settings

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.errors import ExportContentError
from assistant.export import gift, passage, registry
from assistant.export.rendered import Change
from tests.export import gift_reader, samples
from tests.export.moodle_reader import typed_matches
from tests.export.nasty import exercises, words


def read(exercise: Exercise) -> tuple[str, list[gift_reader.Question]]:
    return gift_reader.read(registry.render(exercise, "gift").data.decode("utf-8"))


def test_every_gap_becomes_a_question_with_the_other_gaps_as_lines() -> None:
    category, questions = read(samples.open_exercise())
    assert category == "$course$/top/补白/雨后的操场"
    assert [question.name for question in questions] == [f"雨后的操场 {i}" for i in (1, 2, 3)]
    assert questions[1].text.split("\n")[1] == (
        "一场大雨过后，操场上的积水像一面面(____)（两个字），映着蓝天和_____。"
    )
    assert questions[0].answers[:2] == (("镜子", 1.0), ("明镜", 0.5))


def test_choices_have_one_right_answer() -> None:
    _, questions = read(samples.choice_exercise())
    assert questions[3].kind == "choice"
    assert questions[3].answers == (("不见得", 0), ("不值得", 0), ("不晓得", 0), ("不由得", 1))


def test_a_word_bank_becomes_choices_among_its_words() -> None:
    _, questions = read(samples.bank_exercise())
    assert dict(questions[0].answers)["画蛇添足"] == 1
    assert len(questions[0].answers) == 5


def test_a_gap_at_the_end_still_shows_a_blank() -> None:
    exercise = Exercise("u", "t", Kind.OPEN, (Text("春眠不觉"), Gap("g", (Answer("晓"),))))
    assert read(exercise)[1][0].text == "春眠不觉____"


@pytest.mark.parametrize("answer", ["T", "FALSE", "%50%甲", "[html]甲", "a*b", "####x"])
def test_an_answer_that_looks_like_a_mark_stays_a_typed_answer(answer: str) -> None:
    exercise = Exercise("u", "t", Kind.OPEN, (Text("甲"), Gap("g", (Answer(answer),)), Text("乙")))
    (question,) = read(exercise)[1]
    assert question.kind == "short"
    assert typed_matches(question.answers[0][0], answer)
    assert question.answers[0][1] == 1
    # Moodle takes {T} for true-false; a weight before the answer rules that out.
    assert "{=%100%" in registry.render(exercise, "gift").data.decode("utf-8")


def test_an_arrow_in_a_typed_answer_is_refused() -> None:
    exercise = Exercise("u", "t", Kind.OPEN, (Text("甲"), Gap("g", (Answer("猫->狗"),))))
    with pytest.raises(ExportContentError) as caught:
        registry.render(exercise, "gift")
    assert "第 1 空里的 ->" in caught.value.message("zh")


def test_text_that_looks_like_moodles_internal_marks_is_changed_with_a_note() -> None:
    exercise = Exercise("u", "t", Kind.OPEN, (Text("&&058;"), Gap("g", (Answer("甲"),))))
    rendered = registry.render(exercise, "gift")
    assert "＆＆058;" in rendered.data.decode("utf-8")
    assert Change.PLACEHOLDERS in [note.change for note in rendered.notes]


@settings(max_examples=80)
@given(exercises(Kind.OPEN, words.filter(lambda text: "->" not in text)))
def test_typed_answers_and_text_survive(exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    _, questions = read(exercise)
    assert len(questions) == 2
    for gap, question in zip(clean.gaps, questions, strict=True):
        for (pattern, share), answer in zip(question.answers, gap.answers, strict=False):
            assert typed_matches(pattern, answer.text.replace("&&058;", "＆＆058;"))
            assert share == pytest.approx(answer.weight)
        for segment in clean.segments:
            if isinstance(segment, Text):
                for line in segment.text.replace("&&058;", "＆＆058;").split("\n"):
                    assert line.strip() in question.text


@settings(max_examples=80)
@given(exercises(Kind.CHOICE))
def test_options_survive(exercise: Exercise) -> None:
    clean, _ = passage.printable(exercise)
    for gap, question in zip(clean.gaps, read(exercise)[1], strict=True):
        found = [text for text, _ in question.answers]
        assert found == [option.replace("&&058;", "＆＆058;") for option in gap.options]
        assert [share for _, share in question.answers].index(1.0) == gap.key_index


def test_escape_leaves_chinese_punctuation_alone() -> None:
    assert gift.escape("他说：“好！”") == "他说：“好！”"
