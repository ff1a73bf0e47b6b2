from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from assistant.errors import EmptyTextError, ModelMissingError
from assistant.services.lazy_model import LazyModel
from assistant.services.scope import DocumentText, Scope
from assistant.services.translation import (
    BETTER,
    Interpretation,
    PlacedPair,
    TranslationService,
)
from assistant.services.worker import Worker
from tests.services.toy_translator import ToyTranslator

TEXT = "我看山。你看水。\n他看云。"


class Desk:
    """The service on a toy, with what it reported."""

    def __init__(self, worker: Worker) -> None:
        self.engine = ToyTranslator()
        self.error: ModelMissingError | None = None
        self.loads = 0
        self.document = DocumentText("", 0, 0)
        self.service = TranslationService(
            worker, LazyModel(self._load), lambda: self.document, debounce_ms=0
        )
        self.plans: list[tuple[PlacedPair, ...]] = []
        self.found: list[tuple[int, str]] = []
        self.answers: list[Interpretation] = []
        self.errors: list[object] = []
        self.service.planned.connect(lambda _n, plan: self.plans.append(plan))
        self.service.sentences_found.connect(
            lambda _n, batch: self.found.extend((i, one.target) for i, one in batch)
        )
        self.service.finished.connect(lambda _n, answer: self.answers.append(answer))
        self.service.failed.connect(self.errors.append)

    def _load(self) -> Any:
        self.loads += 1
        if self.error is not None:
            raise self.error
        return self.engine

    def show(self, text: str, start_utf16: int = 0, end_utf16: int = 0) -> None:
        self.document = DocumentText(text, start_utf16, end_utf16)
        self.service.document_changed()


@pytest.fixture
def desk(worker: Worker) -> Iterator[Desk]:
    made = Desk(worker)
    yield made
    made.engine.gate.set()


def translated(desk: Desk, qtbot: QtBot, text: str, *selection: int) -> Interpretation:
    desk.show(text, *selection)
    with qtbot.waitSignal(desk.service.finished):
        desk.service.set_active(True)
    return desk.answers[-1]


def test_nothing_loads_before_somebody_looks(desk: Desk, qtbot: QtBot):
    desk.show(TEXT)
    qtbot.wait(20)
    assert desk.loads == 0


def test_pairs_are_placed_in_the_editor(desk: Desk, qtbot: QtBot):
    answer = translated(desk, qtbot, "𠮷。\n我看山。")
    assert [(p.start_utf16, p.end_utf16, p.source) for p in answer.pairs] == [
        (0, 3, "𠮷。"), (4, 8, "我看山。"),
    ]  # fmt: skip
    assert answer.result.translation == "EN1(𠮷。)\nEN1(我看山。)"
    assert [pair.translation for pair in answer.pairs] == list(answer.result.sentences)


def test_the_plan_comes_first_and_sentences_stream_in(desk: Desk, qtbot: QtBot):
    desk.engine.gate.clear()
    desk.show(TEXT)
    with qtbot.waitSignal(desk.service.sentences_found):
        desk.service.set_active(True)
    assert [pair.source for pair in desk.plans[0]] == ["我看山。", "你看水。", "他看云。"]
    assert desk.found == [(0, "EN1(我看山。)")]
    assert desk.answers == []
    with qtbot.waitSignal(desk.service.finished):
        desk.engine.gate.set()
    assert [i for i, _ in desk.found] == [0, 1, 2]


def test_cancelling_in_the_middle_keeps_what_was_found_and_reports_nothing_more(
    desk: Desk, qtbot: QtBot
):
    desk.engine.gate.clear()
    desk.show(TEXT)
    with qtbot.waitSignal(desk.service.sentences_found):
        desk.service.set_active(True)
    with qtbot.waitSignal(desk.service.cancelled):
        desk.service.cancel()
    desk.engine.gate.set()
    qtbot.wait(20)
    assert len(desk.found) == 1
    assert desk.answers == []


def test_an_edit_asks_for_the_changed_sentence_only(desk: Desk, qtbot: QtBot):
    translated(desk, qtbot, TEXT)
    desk.engine.asked.clear()
    with qtbot.waitSignal(desk.service.finished):
        desk.show(TEXT.replace("水", "河"))
    assert desk.engine.asked == [("你看河。", 1)]


def test_what_an_outdated_job_finds_is_not_reported(desk: Desk, qtbot: QtBot):
    desk.engine.gate.clear()
    desk.show(TEXT)
    with qtbot.waitSignal(desk.service.sentences_found):
        desk.service.set_active(True)
    with qtbot.waitSignal(desk.service.finished):
        desk.show("花。")
        desk.engine.gate.set()
    assert [answer.result.text for answer in desk.answers] == ["花。"]
    assert (1, "EN1(你看水。)") not in desk.found


def test_better_translations_are_asked_for_anew(desk: Desk, qtbot: QtBot):
    translated(desk, qtbot, TEXT)
    with qtbot.waitSignal(desk.service.finished):
        desk.service.set_beams(BETTER)
    assert desk.answers[-1].result.translation.startswith("EN4(我看山。)")
    assert desk.service.beams == BETTER


def test_only_the_selection_is_translated_where_that_is_asked(desk: Desk, qtbot: QtBot):
    desk.service.set_scope(Scope.SELECTION)
    answer = translated(desk, qtbot, TEXT, 4, 8)
    assert [(p.start_utf16, p.source) for p in answer.pairs] == [(4, "你看水。")]
    assert answer.result.text == "你看水。"


def test_text_without_chinese_needs_no_model(desk: Desk, qtbot: QtBot):
    answer = translated(desk, qtbot, "Only English.")
    assert answer.pairs == ()
    assert desk.loads == 0


def test_an_empty_document_is_told(desk: Desk, qtbot: QtBot):
    desk.show(" \n")
    with qtbot.waitSignal(desk.service.failed):
        desk.service.set_active(True)
    assert isinstance(desk.errors[0], EmptyTextError)


def test_a_missing_model_is_told_and_loaded_when_asked_again(desk: Desk, qtbot: QtBot):
    desk.error = ModelMissingError(folder="translate", file="manifest.json")
    desk.show(TEXT)
    with qtbot.waitSignal(desk.service.failed):
        desk.service.set_active(True)
    assert desk.errors == [desk.error]
    desk.error = None
    desk.service.model.reload()
    with qtbot.waitSignal(desk.service.finished):
        desk.service.refresh()
    assert desk.loads == 2


def test_the_model_is_loaded_once_and_its_loading_told(desk: Desk, qtbot: QtBot):
    with qtbot.waitSignal(desk.service.model.loading):
        translated(desk, qtbot, TEXT)
    with qtbot.waitSignal(desk.service.finished):
        desk.show("花。")
    assert desk.loads == 1
