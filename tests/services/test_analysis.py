"""Live fills: debounce, composing, revisions, cache, own words, explanations, model loading."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from assistant.errors import (
    BubaiError,
    Cancelled,
    EmptyTextError,
    InternalError,
    ModelMissingError,
    NoBlankError,
    WordError,
)
from assistant.records import Explanation
from assistant.services.analysis import FillService
from assistant.services.snapshot import Snapshot
from assistant.services.worker import JobKind, Worker
from assistant.text.masks import MASK, find_spans
from tests.services.desk import Desk
from tests.services.fakes import INFO, FakeEngine, fake_explain

LONG = "树上的鸟叫了一整天，没有人去理它。" * 500


def _drain(qtbot: QtBot, worker: Worker) -> None:
    """Wait until the worker has done all that was queued, and its reports have arrived."""
    done: list[int] = []
    worker.job_done.connect(lambda job, _value: done.append(job))
    last = worker.submit(JobKind.LOAD, lambda _cancel: None)
    qtbot.waitUntil(lambda: last in done)


def test_a_change_is_filled_and_reported_with_its_revision(qtbot: QtBot, desk: Desk) -> None:
    desk.service.load_model()
    with qtbot.waitSignal(desk.service.fill_finished) as finished:
        revision = desk.show(f"山中{MASK}月")
    assert finished.args is not None
    assert finished.args[0] == revision == desk.service.revision
    result = finished.args[1]
    assert result.spans[0].candidates[0].text == "中"
    assert desk.events.seen == [
        ("loading",),
        ("ready", INFO.name),
        ("started", str(revision)),
        ("finished", str(revision)),
    ]


def test_results_of_a_long_document_carry_its_offsets(qtbot: QtBot, desk: Desk) -> None:
    text = f"{LONG}它飞{MASK}了。{LONG}"
    with qtbot.waitSignal(desk.service.fill_finished) as finished:
        desk.show(text, len(LONG))
    assert finished.args is not None
    result = finished.args[1]
    span = result.spans[0].span
    assert result.text[span.start_char : span.end_char] == MASK
    assert result.text is text
    assert len(desk.engine.asked[0].text) < len(LONG)


def test_typing_on_asks_only_for_the_last_text(qtbot: QtBot, worker: Worker) -> None:
    desk = Desk(worker, debounce_ms=30)
    with qtbot.waitSignal(desk.service.fill_finished) as finished:
        for text in ("一", "一夜", "一夜雨"):
            last = desk.show(f"{text}{MASK}")
    assert finished.args is not None
    assert finished.args[0] == last
    assert desk.texts_asked() == [f"一夜雨{MASK}"]


def test_a_newer_text_cancels_the_run_and_its_result_never_shows(qtbot: QtBot, held: Desk) -> None:
    old = held.show(f"旧{MASK}")
    qtbot.waitUntil(held.engine.running.is_set)
    new = held.show(f"新{MASK}")
    held.engine.go_on.set()
    qtbot.waitUntil(lambda: held.events.count("finished") == 1)
    assert ("cancelled", str(old)) in held.events.seen
    assert [result.text for result in held.events.results] == [f"新{MASK}"]
    assert held.events.seen[-1] == ("finished", str(new))


def test_an_edit_far_away_keeps_the_run_and_moves_its_offsets(qtbot: QtBot, held: Desk) -> None:
    held.show(f"{LONG}{LONG}它飞{MASK}了。", 2 * len(LONG))
    qtbot.waitUntil(held.engine.running.is_set)
    text = f"序。{LONG}{LONG}它飞{MASK}了。"
    with qtbot.waitSignal(held.service.fill_finished) as finished:
        revision = held.show(text, 2 * len(LONG))
        held.engine.go_on.set()
    assert finished.args is not None
    assert finished.args[0] == revision
    span = finished.args[1].spans[0].span
    assert text[span.start_char : span.end_char] == MASK
    assert len(held.engine.asked) == 1


def test_undo_brings_known_candidates_back_without_the_engine(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.service.fill_finished):
        desk.show(f"床前{MASK}月")
    desk.show("床前明月")
    with qtbot.waitSignal(desk.service.fill_finished) as again:
        revision = desk.show(f"床前{MASK}月")
    assert again.args is not None
    assert again.args[0] == revision == 3
    assert again.args[1].spans[0].candidates[0].text == "前"
    assert len(desk.engine.asked) == 1


def test_the_same_question_keeps_its_revision(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.service.fill_finished):
        revision = desk.show(f"床前{MASK}月", 0)
    assert desk.show(f"床前{MASK}月", 1) == revision


def test_nothing_is_reported_from_inside_a_call(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.service.fill_finished):
        desk.show(f"床前{MASK}月")
    desk.show("床前明月")
    before = list(desk.events.seen)
    desk.show(f"床前{MASK}月")
    desk.service.request_now()
    assert desk.events.seen == before


def test_while_composing_nothing_runs_and_it_catches_up_after(
    qtbot: QtBot, desk: Desk, worker: Worker
) -> None:
    desk.service.set_composing(True)
    desk.show(f"他{MASK}")
    desk.show(f"他在{MASK}")
    desk.service.request_now()
    _drain(qtbot, worker)
    assert desk.engine.asked == []
    with qtbot.waitSignal(desk.service.fill_finished) as finished:
        desk.service.set_composing(False)
    assert finished.args is not None
    assert finished.args[0] == desk.service.revision
    assert desk.texts_asked() == [f"他在{MASK}"]


def test_composing_stops_a_run_and_it_is_taken_up_after(qtbot: QtBot, held: Desk) -> None:
    revision = held.show(f"他{MASK}")
    qtbot.waitUntil(held.engine.running.is_set)
    with qtbot.waitSignal(held.service.fill_cancelled):
        held.service.set_composing(True)
    held.engine.go_on.set()
    with qtbot.waitSignal(held.service.fill_finished) as finished:
        held.service.set_composing(False)
    assert finished.args is not None
    assert finished.args[0] == revision


def test_switched_off_it_fills_only_on_request(qtbot: QtBot, desk: Desk, worker: Worker) -> None:
    desk.service.set_automatic(False)
    desk.show(f"他{MASK}")
    _drain(qtbot, worker)
    assert desk.engine.asked == []
    with qtbot.waitSignal(desk.service.fill_finished):
        desk.service.request_now()


def test_a_request_does_not_wait_for_the_debounce(qtbot: QtBot, worker: Worker) -> None:
    desk = Desk(worker, debounce_ms=3_600_000)
    desk.show(f"他{MASK}")
    with qtbot.waitSignal(desk.service.fill_finished):
        desk.service.request_now()


@pytest.mark.parametrize(
    ("text", "error"), [("", EmptyTextError), (" \n", EmptyTextError), ("没有空", NoBlankError)]
)
def test_a_request_without_a_blank_says_so(
    qtbot: QtBot, desk: Desk, text: str, error: type[BubaiError]
) -> None:
    revision = desk.show(text)
    with qtbot.waitSignal(desk.service.fill_failed) as failed:
        desk.service.request_now()
    assert failed.args is not None
    assert failed.args[0] == revision
    assert isinstance(failed.args[1], error)


def test_cancel_stops_the_run_until_the_text_changes(
    qtbot: QtBot, held: Desk, worker: Worker
) -> None:
    revision = held.show(f"他{MASK}", 0)
    qtbot.waitUntil(held.engine.running.is_set)
    with qtbot.waitSignal(held.service.fill_cancelled) as cancelled:
        held.service.cancel()
    assert cancelled.args == [revision]
    held.engine.go_on.set()
    held.show(f"他{MASK}", 1)
    _drain(qtbot, worker)
    assert len(held.engine.asked) == 1
    with qtbot.waitSignal(held.service.fill_finished):
        held.show(f"他来{MASK}")


def test_a_failure_of_the_engine_is_reported_and_the_next_text_is_filled(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.engine.error = ValueError("秘密的文字")
    with qtbot.waitSignal(desk.service.fill_failed) as failed:
        desk.show(f"他{MASK}")
    assert failed.args is not None
    assert isinstance(failed.args[1], InternalError)
    desk.engine.error = None
    with qtbot.waitSignal(desk.service.fill_finished):
        desk.show(f"她{MASK}")


def test_a_failed_load_can_be_tried_again_and_then_fills(qtbot: QtBot, worker: Worker) -> None:
    engine = FakeEngine()
    loads: list[Callable[[], FakeEngine]] = []

    def load() -> FakeEngine:
        loads.append(load)
        if len(loads) == 1:
            raise ModelMissingError(folder="fill", file="model.onnx")
        return engine

    service = FillService(worker, load, fake_explain, debounce_ms=0)
    with qtbot.waitSignal(service.model_failed) as failed:
        service.load_model()
    assert failed.args is not None
    assert isinstance(failed.args[0], ModelMissingError)
    assert not service.is_ready
    text = f"他{MASK}"
    service.document_changed(Snapshot(text, find_spans(text), 0))
    with qtbot.waitSignal(service.fill_failed) as refused:
        service.request_now()
    assert refused.args is not None
    assert refused.args[1] is failed.args[0]
    with qtbot.waitSignals([service.model_ready, service.fill_finished]):
        service.load_model()
    assert service.is_ready


def test_the_model_is_loaded_once(qtbot: QtBot, desk: Desk, worker: Worker) -> None:
    desk.service.load_model()
    desk.service.load_model()
    qtbot.waitUntil(lambda: desk.service.is_ready)
    desk.service.load_model()
    _drain(qtbot, worker)
    assert desk.events.count("loading") == 1


def test_the_selected_word_is_scored_with_the_fill(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.service.fill_finished) as finished:
        desk.show(f"他{MASK}", words=("跑",))
    assert finished.args is not None
    assert [word.text for word in finished.args[1].spans[0].scored] == ["跑"]


def test_an_own_word_is_scored_in_the_document(qtbot: QtBot, desk: Desk) -> None:
    text = f"{LONG}它飞{MASK}了。"
    with qtbot.waitSignal(desk.service.fill_finished):
        desk.show(text, len(text))
    with qtbot.waitSignal(desk.service.word_scored) as scored:
        desk.service.score_word("走")
    assert scored.args is not None
    word, result = scored.args
    assert word == "走"
    assert result.spans[0].scored[0].rank == 7
    assert result.spans[0].span == find_spans(text)[0]


def test_a_word_that_cannot_stand_there_is_refused(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.service.fill_finished):
        desk.show(f"他{MASK}")
    desk.engine.error = WordError(word="一 二")
    with qtbot.waitSignal(desk.service.word_failed) as failed:
        desk.service.score_word("一 二")
    assert failed.args == ["一 二", desk.engine.error]


def test_a_word_is_not_scored_in_a_text_that_changed(qtbot: QtBot, held: Desk) -> None:
    held.service.set_automatic(False)
    held.show(f"他{MASK}")
    held.service.score_word("跑")
    qtbot.waitUntil(held.engine.running.is_set)
    with qtbot.waitSignal(held.service.word_failed) as failed:
        held.show(f"她{MASK}")
    assert failed.args is not None
    assert isinstance(failed.args[1], Cancelled)


def test_an_explanation_comes_with_the_offsets_of_the_document(qtbot: QtBot, desk: Desk) -> None:
    text = f"{LONG}它飞{MASK}了。"
    span = find_spans(text)[0]
    desk.show(text, len(text))
    with qtbot.waitSignal(desk.service.explanation_finished) as finished:
        desk.service.explain(span.start_char, ("走", "来"))
    assert finished.args is not None
    explanation = finished.args[0]
    assert isinstance(explanation, Explanation)
    assert explanation.span == span
    assert [text[vote.start_char] for vote in explanation.votes] == ["飞"]
    assert [word.text for word in explanation.words] == ["走", "来"]


def test_where_no_blank_is_nothing_is_explained(qtbot: QtBot, desk: Desk) -> None:
    desk.show(f"他{MASK}")
    with qtbot.waitSignal(desk.service.explanation_failed) as failed:
        desk.service.explain(0, ("走",))
    assert failed.args is not None
    assert isinstance(failed.args[0], NoBlankError)
