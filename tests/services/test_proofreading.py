from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from assistant.errors import EmptyTextError, ModelMissingError
from assistant.services.ignored_words import IgnoredWords
from assistant.services.lazy_model import LazyModel
from assistant.services.proofreading import PlacedMistake, ProofService
from assistant.services.scope import DocumentText, Scope
from assistant.services.worker import Worker
from tests.services.toy_proofreader import ToyProofreader


class Desk:
    """The service on a toy, with what it reported."""

    def __init__(self, worker: Worker, folder: Path) -> None:
        self.engine = ToyProofreader()
        self.loads = 0
        self.document = DocumentText("", 0, 0)
        self.ignored = IgnoredWords(folder / "ignored.json")
        self.service = ProofService(
            worker, LazyModel(self._load), self.ignored, lambda: self.document,
            debounce_ms=0,
        )  # fmt: skip
        self.answers: list[tuple[PlacedMistake, ...]] = []
        self.found: list[PlacedMistake] = []
        self.errors: list[object] = []
        self.service.finished.connect(lambda _n, mistakes: self.answers.append(mistakes))
        self.service.mistakes_found.connect(lambda _n, batch: self.found.extend(batch))
        self.service.failed.connect(self.errors.append)

    def _load(self) -> Any:
        self.loads += 1
        return self.engine

    def show(self, text: str, start_utf16: int = 0, end_utf16: int = 0) -> None:
        self.document = DocumentText(text, start_utf16, end_utf16)
        self.service.document_changed()


@pytest.fixture
def desk(worker: Worker, tmp_path: Path) -> Desk:
    return Desk(worker, tmp_path)


def read(desk: Desk, qtbot: QtBot, text: str, *selection: int) -> tuple[PlacedMistake, ...]:
    desk.show(text, *selection)
    with qtbot.waitSignal(desk.service.finished):
        desk.service.set_active(True)
    return desk.answers[-1]


def test_nothing_loads_before_somebody_looks(desk: Desk, qtbot: QtBot):
    desk.show("去公圆。")
    qtbot.wait(20)
    assert desk.loads == 0


def test_mistakes_are_placed_in_the_editor_with_their_surroundings(desk: Desk, qtbot: QtBot):
    (placed,) = read(desk, qtbot, "第一行。\n𠮷去公圆散步。")
    assert (placed.start_utf16, placed.end_utf16) == (9, 10)
    assert (placed.mistake.start_char, placed.mistake.found) == (8, "圆")
    assert (placed.before, placed.after) == ("𠮷去公", "散步。")
    assert desk.found == [placed]


def test_only_the_selection_is_read_where_that_is_asked(desk: Desk, qtbot: QtBot):
    desk.service.set_scope(Scope.SELECTION)
    (placed,) = read(desk, qtbot, "去公圆。自己去。", 4, 8)
    assert (placed.start_utf16, placed.mistake.found) == (5, "己")
    assert desk.engine.read == ["自己去。"]


def test_ignored_words_are_left_alone_and_can_be_looked_at_again(desk: Desk, qtbot: QtBot):
    assert len(read(desk, qtbot, "自己去公圆。")) == 2
    with qtbot.waitSignal(desk.service.finished):
        desk.service.ignore("自己")
    assert [p.mistake.found for p in desk.answers[-1]] == ["圆"]
    with qtbot.waitSignal(desk.service.finished):
        desk.service.stop_ignoring("自己")
    assert len(desk.answers[-1]) == 2


def test_an_empty_text_is_told_and_the_next_one_read(desk: Desk, qtbot: QtBot):
    with qtbot.waitSignal(desk.service.failed):
        desk.service.set_active(True)
    assert isinstance(desk.errors[0], EmptyTextError)
    with qtbot.waitSignal(desk.service.finished):
        desk.show("去公圆。")


def test_after_a_failed_load_a_reload_tries_again(worker: Worker, qtbot: QtBot, tmp_path: Path):
    attempts: list[int] = []

    def load() -> Any:
        attempts.append(1)
        if len(attempts) == 1:
            raise ModelMissingError(folder="fill", file="model.onnx")
        return ToyProofreader()

    service = ProofService(
        worker, LazyModel(load), IgnoredWords(tmp_path / "i.json"),
        lambda: DocumentText("公圆", 0, 0), debounce_ms=0,
    )  # fmt: skip
    with qtbot.waitSignal(service.failed):
        service.set_active(True)
    service.model.reload()
    with qtbot.waitSignal(service.finished):
        service.refresh()
    assert len(attempts) == 2
