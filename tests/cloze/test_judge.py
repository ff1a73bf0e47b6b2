from __future__ import annotations

import math
from dataclasses import replace

import pytest

from assistant.cloze.check import check_exercise_bank, rejudge
from assistant.cloze.exercise import Answer, Band, BankWord, Exercise, Gap, Kind, Script, Text
from assistant.cloze.judge import alternatives, band_of, difficulty, sheet_difficulty
from assistant.cloze.scorer import GapView
from assistant.records import Candidate
from tests.cloze.fake import FakeScorer


def view(**words: float) -> GapView:
    best = sorted(words, key=lambda word: -words[word])
    return GapView(tuple(Candidate(word, words[word]) for word in best), {})


def test_the_alarm_rings_above_three_tenths_of_the_answer() -> None:
    found = alternatives(view(存=0.5, 放=0.2, 借=0.14, 花园里=0.16), {"存"}, "存")
    assert [rival.text for rival in found] == ["放", "花园里"]


def test_accepted_words_do_not_ring() -> None:
    assert alternatives(view(存=0.4, 放=0.4), {"存", "放"}, "存") == ()


def test_what_is_unlikely_in_itself_does_not_ring() -> None:
    assert alternatives(view(存=0.0001, 放=0.005), {"存"}, "存") == ()


def test_an_answer_the_model_cannot_score_rings_nothing() -> None:
    assert alternatives(view(放=0.9), {"存"}, "存") == ()
    assert difficulty(view(放=0.9), "存") is None


def test_difficulty_is_p_and_entropy() -> None:
    judged = difficulty(view(春=0.5, 夏=0.5), "春")
    assert judged is not None
    assert (judged.confidence, judged.entropy, judged.band) == (0.5, 1.0, Band.MEDIUM)
    spread = difficulty(view(春=0.25, 夏=0.25), "春")
    assert spread is not None
    assert spread.entropy == pytest.approx(2.0)


def test_bands_meet_at_their_borders() -> None:
    assert [band_of(p) for p in (0.6, 0.59, 0.2, 0.19)] == [
        Band.EASY,
        Band.MEDIUM,
        Band.MEDIUM,
        Band.HARD,
    ]


SHEET = Exercise(
    "u",
    "t",
    Kind.OPEN,
    (
        Text("他把钱"),
        Gap("a", (Answer("存"),)),
        Text("进了"),
        Gap("b", (Answer("银行"),)),
        Text("。"),
    ),
)
SCORER = FakeScorer(
    {
        "存": {"存": 0.5, "放": 0.3, "银行": 0.01},
        "银行": {"银行": 0.8, "存": 0.001, "口袋": 0.1},
    }
)


def test_all_gaps_are_judged_together() -> None:
    scorer = FakeScorer({})
    rejudge(SHEET, scorer)
    (request,) = scorer.requests
    assert request.text == "他把钱存进了银行。"
    assert [(span.start_char, span.end_char) for span in request.spans] == [(3, 4), (6, 8)]
    assert not request.joint


def test_a_sheet_is_judged() -> None:
    judged = rejudge(SHEET, SCORER)
    assert [rival.text for rival in judged.gaps[0].alternatives] == ["放"]
    assert judged.gaps[1].alternatives == ()
    sheet = sheet_difficulty(judged.gaps)
    assert sheet is not None
    assert math.isclose(sheet.confidence, 0.65)
    assert (sheet.bands[Band.EASY], sheet.bands[Band.MEDIUM], sheet.ambiguous) == (1, 1, 1)
    assert sheet_difficulty(SHEET.gaps) is None


def test_verse_is_judged_with_known_lengths() -> None:
    scorer = FakeScorer({"银行": {"银行": 0.1, "口袋": 0.2, "大银行": 0.5}})
    judged = rejudge(replace(SHEET, verse=True), scorer)
    assert [rival.text for rival in judged.gaps[1].alternatives] == ["口袋"]


def test_a_traditional_sheet_is_judged_in_simplified_and_told_in_traditional() -> None:
    segments = (Text("他"), Gap("a", (Answer("關"),)), Text("門。"))
    scorer = FakeScorer({"关": {"关": 0.4, "开": 0.4}})
    judged = rejudge(Exercise("u", "t", Kind.OPEN, segments, script=Script.TRADITIONAL), scorer)
    assert judged.gaps[0].answer == "關"
    assert [rival.text for rival in judged.gaps[0].alternatives] == ["開"]
    assert judged.segments[2] == Text("門。")


def test_a_bank_with_one_solution_is_unique() -> None:
    bank = (BankWord("银行", "b"), BankWord("存", "a"), BankWord("口袋"))
    check = check_exercise_bank(replace(SHEET, kind=Kind.BANK, bank=bank), SCORER)
    assert check is not None
    assert check.unique
    assert check.ratio == pytest.approx(0.1 / 0.8)
    assert [(rival.uid, rival.word) for rival in check.rivals] == [("b", "口袋")]


def test_a_bank_with_two_solutions_is_not() -> None:
    bank = (BankWord("银行", "b"), BankWord("存", "a"), BankWord("放"))
    check = check_exercise_bank(replace(SHEET, kind=Kind.BANK, bank=bank), SCORER)
    assert check is not None
    assert not check.unique
    assert [(rival.uid, rival.word) for rival in check.rivals] == [("a", "放")]
    assert check_exercise_bank(SHEET, SCORER) is None
