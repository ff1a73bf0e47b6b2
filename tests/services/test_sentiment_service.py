from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.errors import Cancelled, EmptyTextError, ModelMissingError
from assistant.records import Polarity
from assistant.services import live_analysis
from assistant.services.scope import DocumentText, Scope, part_of
from assistant.services.worker import Worker
from assistant.text.offsets import OffsetMap
from tests.services.understanding_desk import UnderstandingDesk


@pytest.fixture
def desk(worker: Worker, tmp_path: Path) -> UnderstandingDesk:
    return UnderstandingDesk(worker, tmp_path)


def test_nothing_runs_and_nothing_loads_out_of_sight(desk: UnderstandingDesk, qtbot: QtBot):
    desk.show("甲好。")
    qtbot.wait(20)
    assert (desk.loads, desk.reads, desk.seen) == (0, 0, [])


def test_the_mood_of_the_document_comes_when_somebody_looks(desk: UnderstandingDesk, qtbot: QtBot):
    desk.show("𠮷甲好。\n乙坏。")
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.set_active(True)
    (mood,) = desk.answers
    assert mood.verdict.text == "𠮷甲好。\n乙坏。"
    assert mood.revision == desk.moods.revision
    assert [(s.start_utf16, s.end_utf16) for s in mood.sentences] == [(0, 5), (6, 9)]
    assert [(s.verdict.start_char, s.verdict.end_char) for s in mood.sentences] == [(0, 4), (5, 8)]
    assert mood.verdict.sentences == tuple(s.verdict for s in mood.sentences)
    assert desk.moods.mood is mood


def test_an_edit_brings_a_new_answer_with_new_places(desk: UnderstandingDesk, qtbot: QtBot):
    desk.show("甲好。")
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.set_active(True)
    with qtbot.waitSignals([desk.moods.finished, desk.moods.outdated]):
        desk.show("乙坏。甲好。")
    places = [(s.start_utf16, s.verdict.polarity) for s in desk.answers[-1].sentences]
    assert places == [(0, Polarity.NEGATIVE), (3, Polarity.POSITIVE)]
    assert desk.loads == 1


def test_many_keys_are_one_question(desk: UnderstandingDesk, qtbot: QtBot):
    desk.moods.set_active(True)
    with qtbot.waitSignal(desk.moods.finished):
        for i in range(50):
            desk.show("甲好。" * (i + 1))
    assert len(desk.answers) == 1
    assert desk.reads < 10


def test_while_pinyin_is_composed_nothing_starts(desk: UnderstandingDesk, qtbot: QtBot):
    desk.moods.set_active(True)
    desk.moods.set_composing(True)
    desk.show("甲好。")
    qtbot.wait(20)
    assert desk.reads == 0
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.set_composing(False)


def test_an_edit_while_it_runs_is_answered_with_the_new_text(desk: UnderstandingDesk, qtbot: QtBot):
    desk.gate.go_on.clear()
    desk.show("甲好。")
    desk.moods.set_active(True)
    qtbot.waitUntil(desk.gate.running.is_set)
    with qtbot.waitSignal(desk.moods.finished):
        desk.show("甲好。乙坏。")
        qtbot.waitUntil(lambda: desk.reads == 2)
        desk.gate.go_on.set()
    assert [mood.verdict.text for mood in desk.answers] == ["甲好。乙坏。"]
    assert "mood cancelled" not in desk.seen


def test_cancelled_it_rests_until_the_next_change(desk: UnderstandingDesk, qtbot: QtBot):
    desk.gate.go_on.clear()
    desk.show("甲好。")
    desk.moods.set_active(True)
    qtbot.waitUntil(desk.gate.running.is_set)
    with qtbot.waitSignal(desk.moods.cancelled):
        desk.moods.cancel()
    desk.gate.go_on.set()
    qtbot.wait(20)
    assert (desk.answers, desk.moods.busy) == ([], False)
    with qtbot.waitSignal(desk.moods.finished):
        desk.show("乙坏。")


def test_hidden_it_stops_and_shown_again_it_goes_on(desk: UnderstandingDesk, qtbot: QtBot):
    desk.gate.go_on.clear()
    desk.show("甲好。")
    desk.moods.set_active(True)
    qtbot.waitUntil(desk.gate.running.is_set)
    with qtbot.waitSignal(desk.moods.cancelled):
        desk.moods.set_active(False)
    desk.gate.go_on.set()
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.set_active(True)


def test_hidden_and_shown_again_at_once_it_still_answers(desk: UnderstandingDesk, qtbot: QtBot):
    desk.gate.go_on.clear()
    desk.show("甲好。")
    desk.moods.set_active(True)
    qtbot.waitUntil(desk.gate.running.is_set)
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.set_active(False)
        desk.moods.set_active(True)
        desk.gate.go_on.set()
    assert not desk.moods.busy


def test_not_automatic_it_waits_to_be_asked(desk: UnderstandingDesk, qtbot: QtBot):
    desk.moods.set_automatic(False)
    desk.moods.set_active(True)
    desk.show("甲好。")
    qtbot.wait(20)
    assert desk.answers == []
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.refresh()


def test_all_sentences_are_reported_once_and_the_first_at_once(
    desk: UnderstandingDesk, qtbot: QtBot
):
    desk.show("𠮷好。" + "".join(f"山{'x' * (i % 9)}{'7' * (i // 9)}。" for i in range(300)))
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.set_active(True)
    first = desk.found[0][0]
    assert (first.start_utf16, first.end_utf16, first.verdict.end_char) == (0, 4, 3)
    reported = [s.start_utf16 for batch in desk.found for s in batch]
    assert len(desk.found) > 1
    assert reported == [s.start_utf16 for s in desk.answers[0].sentences]


def test_progress_is_told_no_oftener_than_it_can_be_seen(
    desk: UnderstandingDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(live_analysis, "STEP_SECONDS", 3600)
    told: list[tuple[int, int]] = []
    desk.moods.progressed.connect(lambda done, total: told.append((done, total)))
    desk.show("".join(f"山{'x' * (i % 9)}{'7' * (i // 9)}。" for i in range(300)))
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.set_active(True)
    first, last = told
    assert first[0] < first[1]
    assert last == (first[1], first[1])


def test_the_selection_alone(desk: UnderstandingDesk, qtbot: QtBot):
    text = "𠮷好。乙坏。丙好。"
    desk.moods.set_scope(Scope.SELECTION)
    desk.show(text, 4, 7)
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.set_active(True)
    (sentence,) = desk.answers[-1].sentences
    assert (sentence.start_utf16, sentence.end_utf16) == (4, 7)
    assert text[sentence.verdict.start_char : sentence.verdict.end_char] == "乙坏。"
    assert desk.answers[-1].scope is Scope.SELECTION


def test_the_caret_matters_to_its_sentence_only(desk: UnderstandingDesk, qtbot: QtBot):
    desk.show("甲好。乙坏。", 1)
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.set_active(True)
    before = desk.moods.revision
    desk.moods.caret_moved()
    assert desk.moods.revision == before
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.set_scope(Scope.SENTENCE)
    assert desk.answers[-1].verdict.polarity is Polarity.POSITIVE
    desk.document = DocumentText("甲好。乙坏。", 4, 4)
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.caret_moved()
    assert desk.answers[-1].verdict.polarity is Polarity.NEGATIVE


@pytest.mark.parametrize(
    ("caret", "found"),
    [(0, "甲好。"), (3, "甲好。"), (4, "乙坏！"), (7, "丙"), (8, ""), (9, "丁。"), (12, "丁。")],
)
def test_the_sentence_at_the_caret(caret: int, found: str):
    text = "甲好。乙坏！丙\n\n  丁。"
    part = part_of(DocumentText(text, caret, caret), OffsetMap(text), Scope.SENTENCE)
    assert text[part.start_char : part.end_char].strip() == found


def test_why(desk: UnderstandingDesk, qtbot: QtBot):
    desk.show("𠮷。山，坏。")
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.set_active(True)
    with qtbot.waitSignal(desk.moods.explained):
        desk.moods.explain(3, "山，坏。")
    words = {(w.start_utf16, w.end_utf16): w.effect for w in desk.words[0]}
    assert words[5, 6] == pytest.approx(-2)
    assert words[3, 4] == pytest.approx(0)


def test_why_of_a_text_that_changed_meanwhile_is_no_answer(desk: UnderstandingDesk, qtbot: QtBot):
    desk.show("山，坏。")
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.set_active(True)
    with qtbot.waitSignal(desk.moods.explanation_failed):
        desk.moods.explain(0, "山，坏。")
        desk.show("山，好。")
    assert isinstance(desk.errors[0], Cancelled)


def test_what_cannot_be_judged_is_said_once(desk: UnderstandingDesk, qtbot: QtBot):
    desk.show(" ")
    with qtbot.waitSignal(desk.moods.failed):
        desk.moods.set_active(True)
    qtbot.wait(20)
    assert [type(error) for error in desk.errors] == [EmptyTextError]
    with qtbot.waitSignal(desk.moods.finished):
        desk.show("好")


def test_a_model_that_cannot_be_loaded_is_tried_again_only_when_asked(
    desk: UnderstandingDesk, qtbot: QtBot
):
    desk.error = ModelMissingError(folder="understand", file="manifest.json")
    desk.show("好。")
    with qtbot.waitSignal(desk.moods.failed):
        desk.moods.set_active(True)
    with qtbot.waitSignal(desk.moods.failed):
        desk.show("坏。")
    assert desk.loads == 1
    desk.error = None
    desk.model.reload()
    with qtbot.waitSignal(desk.moods.finished):
        desk.moods.refresh()
    assert desk.loads == 2
