"""The window with the 情感 and 标签 tabs on a toy package: 好, 喜 positive, 坏, 悲 negative."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.engine.understand import Understander
from assistant.errors import BubaiError
from assistant.services.label_sets import LabelSets
from assistant.services.labels import LabelService
from assistant.services.lazy_model import LazyModel
from assistant.services.sentiment import SentimentService
from assistant.services.worker import Worker
from assistant.ui.document_text import read_document
from assistant.ui.editor import Editor
from assistant.ui.labels.controller import LabelsController
from assistant.ui.main_window import MainWindow
from assistant.ui.panels.labels_panel import LabelsPanel
from assistant.ui.panels.sentiment_panel import SentimentPanel
from assistant.ui.understanding_wiring import Understanding
from tests.engine.toy_understand import toy_understander
from tests.services.understanding_desk import Gate
from tests.ui.conftest import Running


@dataclass
class Tabs:
    """Both tabs in a window, and what is behind them."""

    window: MainWindow
    understanding: Understanding
    moods: SentimentService
    labels: LabelService
    model: LazyModel[Understander]
    sets: LabelSets
    gate: Gate
    loads: list[str] = field(default_factory=list)
    error: BubaiError | None = None

    @property
    def editor(self) -> Editor:
        return self.window.editor

    @property
    def mood_panel(self) -> SentimentPanel:
        return self.understanding.mood_panel

    @property
    def labels_panel(self) -> LabelsPanel:
        return self.understanding.labels_panel

    @property
    def labelling(self) -> LabelsController:
        return self.understanding.labels


@pytest.fixture
def tabs(running: Running, qtbot: QtBot, tmp_path: Path) -> Iterator[Tabs]:
    """The tabs, none of them opened yet; the editor is empty."""
    del qtbot
    window, worker = running.window, Worker()
    engine = toy_understander(tmp_path / "toy")
    made: list[Tabs] = []

    def load() -> Understander:
        made[0].loads.append("understand")
        if made[0].error is not None:
            raise made[0].error
        return engine

    model = LazyModel(load)
    read = partial(read_document, window.editor)
    moods = SentimentService(worker, model, read, debounce_ms=0)
    labels = LabelService(worker, model, read, debounce_ms=0)
    sets = LabelSets(running.paths.resources / "label_sets", tmp_path / "own")
    understanding = Understanding(window, lambda: moods, lambda: labels, lambda: sets)
    gate = Gate(engine._classifier)
    made.append(Tabs(window, understanding, moods, labels, model, sets, gate))
    yield made[0]
    gate.go_on.set()
    for service in (moods, labels):
        service.set_active(False)  # the window goes first
    assert worker.stop()
