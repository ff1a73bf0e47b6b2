from __future__ import annotations

import math
from dataclasses import replace

import pytest

from assistant.cloze.check import check_exercise_bank, rejudge
from assistant.cloze.exercise import (
    Alternative,
    Answer,
    Band,
    BankWord,
    Certainty,
    Difficulty,
    Exercise,
    Gap,
    Kind,
    Script,
    Text,
)
from assistant.cloze.judge import band_of, difficulty, judge_gap, severity, sheet_difficulty
from assistant.cloze.places import Place
from assistant.cloze.scorer import GapView
from assistant.records import Candidate
from tests.cloze.fake import FakeScorer


def view(**words: float) -> GapView:
    best = sorted(words, key=lambda word: -words[word])
    return GapView(tuple(Candidate(word, words[word]) for word in best), {})


MONEY = "他把钱存进了银行。"
SAVE = Gap("a", (Answer("存"),))


def judged(gap: Gap, seen: GapView, text: str = MONEY, *, verse: bool = False) -> Gap:
    at = text.index(gap.answer)
    return judge_gap(gap, seen, text, Place(at, at + len(gap.answer)), verse=verse)


def listed(gap: Gap) -> list[str]:
    return [rival.text for rival in gap.alternatives]


def test_the_alarm_rings_above_three_tenths_of_the_answer() -> None:
    found = judged(SAVE, view(存=0.5, 放=0.2, 借=0.14, 带=0.16))
    assert listed(found) == ["放", "带"]
    assert found.certainty is Certainty.SEVERAL
    assert severity(found) == pytest.approx(0.36 / 0.86)


def test_accepted_words_do_not_ring() -> None:
    found = judged(Gap("a", (Answer("存"), Answer("放"))), view(存=0.4, 放=0.4))
    assert (listed(found), found.certainty) == ([], Certainty.UNIQUE)


def test_what_is_unlikely_in_itself_does_not_ring() -> None:
    found = judged(SAVE, view(存=0.02, 放=0.015))
    assert (listed(found), found.certainty) == ([], Certainty.UNSURE)


def test_where_the_model_does_not_understand_the_gap_it_says_so() -> None:
    found = judged(SAVE, view(存=0.001, 放=0.6))
    assert (listed(found), found.certainty) == ([], Certainty.UNSURE)


def test_only_words_of_the_answers_kind_ring() -> None:
    found = judged(SAVE, view(存=0.3, 花园=0.3, 投=0.2, 很=0.2))
    assert listed(found) == ["投"]  # 花园 and 很 are no verbs


def test_pronouns_are_never_listed_but_the_model_is_not_sure_then() -> None:
    found = judged(Gap("a", (Answer("他"),)), view(他=0.4, 我=0.3))
    assert (listed(found), found.certainty) == ([], Certainty.UNSURE)


def test_in_verse_no_dictionary_is_asked() -> None:
    gap = Gap("a", (Answer("独"),))
    seen = view(独=0.5, 垂=0.2)
    assert listed(judged(gap, seen, "独钓寒江雪。", verse=True)) == ["垂"]


def test_an_answer_the_model_cannot_score_is_not_judged() -> None:
    found = judged(replace(SAVE, certainty=Certainty.UNIQUE), view(放=0.9))
    assert (listed(found), found.difficulty, found.certainty) == ([], None, None)


def test_the_severest_alarm_comes_first_in_the_sheet() -> None:
    def gap(uid: str, key: float, *others: float) -> Gap:
        rivals = tuple(Alternative(f"w{p}", p) for p in others)
        state = Certainty.SEVERAL if rivals else Certainty.UNSURE
        seen = Difficulty(key, 1.0, Band.MEDIUM)
        return Gap(uid, (Answer(uid),), (), difficulty=seen, alternatives=rivals, certainty=state)

    sheet = sheet_difficulty((gap("a", 0.4, 0.2), gap("b", 0.01), gap("c", 0.1, 0.3)))
    assert sheet is not None
    assert (sheet.several, sheet.unsure) == ((3, 1), (2,))


def test_difficulty_is_p_and_entropy() -> None:
    seen = difficulty(view(春=0.5, 夏=0.5), "春")
    assert seen is not None
    assert (seen.confidence, seen.entropy, seen.band) == (0.5, 1.0, Band.MEDIUM)
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
    sheet = rejudge(SHEET, SCORER)
    assert [rival.text for rival in sheet.gaps[0].alternatives] == ["放"]
    assert sheet.gaps[1].alternatives == ()
    seen = sheet_difficulty(sheet.gaps)
    assert seen is not None
    assert math.isclose(seen.confidence, 0.65)
    assert (seen.bands[Band.EASY], seen.bands[Band.MEDIUM], seen.several) == (1, 1, (1,))
    assert sheet_difficulty(SHEET.gaps) is None


def test_verse_is_judged_with_known_lengths() -> None:
    scorer = FakeScorer({"银行": {"银行": 0.1, "口袋": 0.2, "大银行": 0.5}})
    sheet = rejudge(replace(SHEET, verse=True), scorer)
    assert [rival.text for rival in sheet.gaps[1].alternatives] == ["口袋"]


def test_a_traditional_sheet_is_judged_in_simplified_and_told_in_traditional() -> None:
    segments = (Text("他"), Gap("a", (Answer("關"),)), Text("門。"))
    scorer = FakeScorer({"关": {"关": 0.4, "开": 0.4}})
    sheet = rejudge(Exercise("u", "t", Kind.OPEN, segments, script=Script.TRADITIONAL), scorer)
    assert sheet.gaps[0].answer == "關"
    assert [rival.text for rival in sheet.gaps[0].alternatives] == ["開"]
    assert sheet.segments[2] == Text("門。")


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
