"""What the tests of the workshop's windows share: a panel, a sheet and a model to judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistant.cloze.exercise import Kind
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.strategies import Strategy
from assistant.paths import find_paths
from assistant.services.cloze_jobs import ClozeJobs
from assistant.services.worker import Worker
from assistant.ui.cloze.controller import ClozeController
from assistant.ui.cloze.sheet_view import SheetView
from assistant.ui.editor import Editor
from assistant.ui.icons import Icons
from assistant.ui.panels.cloze_panel import ClozePanel
from tests.cloze.conftest import TEXT
from tests.services.test_cloze_jobs import Held


@dataclass
class Bench:
    """The workshop without a window around it."""

    editor: Editor
    panel: ClozePanel
    sheet: SheetView
    jobs: ClozeJobs
    controller: ClozeController
    scorer: Held
    errors: list[object] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    """Everything built, the sample text in the editor, nothing made."""
    worker, scorer, paths = Worker(), Held(), find_paths()
    jobs = ClozeJobs(worker, scorer, lambda: None, Lexicon(paths.resources / "lexicon"))
    editor, sheet = Editor(), SheetView()
    panel = ClozePanel(Icons(paths.resources / "icons"))
    for widget in (editor, panel, sheet):
        qtbot.addWidget(widget)
    controller = ClozeController(editor, panel, sheet, jobs)
    made = Bench(editor, panel, sheet, jobs, controller, scorer)
    controller.failed.connect(made.errors.append)
    controller.noticed.connect(made.notices.append)
    controller.sheet_wanted.connect(lambda shown: panel.show_side(sheet=shown))
    editor.setPlainText(TEXT)
    controller.show_scope()
    yield made
    scorer.go_on.set()
    assert worker.stop()


def choose(bench: Bench, strategy: Strategy, kind: Kind, words: str = "") -> None:
    """Set the form."""
    form = bench.panel.form
    form.strategy.setCurrentIndex(form.strategy.findData(strategy))
    form.kind.setCurrentIndex(form.kind.findData(kind))
    form.words.setPlainText(words)


@pytest.fixture
def make(bench: Bench, qtbot: QtBot) -> Callable[..., None]:
    """Make an exercise of two words through the form and its button."""

    def do(kind: Kind = Kind.CHOICE, words: str = "公园、荷花") -> None:
        choose(bench, Strategy.WORDLIST, kind, words)
        with qtbot.waitSignal(bench.jobs.made, timeout=20_000):
            bench.panel.make_button.click()

    return do
