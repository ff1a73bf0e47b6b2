"""What tests of the window share: an engine that answers at once, and a whole window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistant.errors import BubaiError
from assistant.paths import Paths, find_paths
from assistant.records import (
    Candidate,
    CharacterVote,
    Choice,
    Evidence,
    Explanation,
    FillRequest,
    FillResult,
    JointFill,
    PackageInfo,
    ScoredWord,
    Source,
    SpanFill,
    Task,
)
from assistant.services.analysis import FillService
from assistant.services.documents import Documents
from assistant.services.journal import Journal
from assistant.services.settings import SettingsStore
from assistant.services.worker import Worker
from assistant.ui import wiring
from assistant.ui.languages import Languages
from assistant.ui.main_window import MainWindow, Parts
from assistant.ui.theme import ThemeKeeper

WORDS = ("啼", "鸣", "叫", "群鸟", "小鸟", "飞", "歌", "唱", "春", "水")
CHANCES = (0.91, 0.042, 0.021, 0.011, 0.004, 0.003, 0.002, 0.001, 0.0009, 0.0003)


class FakeEngine:
    """Answers every blank with the same words, and counts what it was asked."""

    def __init__(self) -> None:
        self.requests: list[FillRequest] = []
        self.error: BubaiError | None = None
        self.info = PackageInfo(Task.FILL, "fake", "1.0", "MIT", "fill", 14_400_000, 120.0)

    def fill(self, request: FillRequest, cancel: object = None) -> FillResult:
        del cancel
        self.requests.append(request)
        if self.error is not None:
            raise self.error
        evidence = (Evidence("闻", "鸟", 41),)
        candidates = [Candidate(WORDS[0], CHANCES[0], Source.MEMORY, evidence)]
        candidates += [Candidate(w, p) for w, p in zip(WORDS[1:], CHANCES[1:], strict=True)]
        own = request.span_words or ((),) * len(request.spans)
        fills = tuple(
            SpanFill(
                span,
                tuple(candidates[: request.top]),
                tuple(ScoredWord(word, 0.006, 7) for word in (*request.words, *words)),
                tuple(Choice(word, 0.5**place) for place, word in enumerate(request.choices, 1)),
            )
            for span, words in zip(request.spans, own, strict=True)
        )
        joint = (JointFill(tuple(WORDS[: len(request.spans)]), 0.3),)
        return FillResult(request.text, fills, joint, 12.3)


def fake_explain(
    engine: FakeEngine, request: FillRequest, index: int, words: tuple[str, ...], cancel: object
) -> Explanation:
    """Let every character speak: the first of the text for, the others against."""
    del engine, cancel
    span = request.spans[index]
    votes = tuple(
        CharacterVote(place, character, tuple(2.0 if place == 0 else -0.5 for _ in words))
        for place, character in enumerate(request.text[: span.start_char])
    )
    return Explanation(span, tuple(Candidate(word, 0.5) for word in words), votes, 5.0)


@dataclass
class Running:
    """A window with everything behind it."""

    window: MainWindow
    engine: FakeEngine
    paths: Paths
    journal: Journal


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def running(qtbot: QtBot, qapp: QApplication, engine: FakeEngine) -> Iterator[Running]:
    """A shown window whose engine is the fake one, loaded."""
    paths = find_paths()
    worker = Worker()
    service = FillService(worker, lambda: engine, fake_explain, debounce_ms=0)
    journal = Journal(paths.data / "journal")
    themes, languages = (
        ThemeKeeper(qapp, paths.resources / "icons"),
        Languages(qapp, paths.resources / "i18n"),
    )
    window = MainWindow(
        Parts(
            paths=paths,
            settings=SettingsStore(paths.config),
            documents=Documents(paths.data / "backups"),
            journal=journal,
            fills=service,
            themes=themes,
            languages=languages,
        )
    )
    wiring.connect(window)
    window.show()
    with qtbot.waitSignal(service.model_ready):
        service.load_model()
    yield Running(window, engine, paths, journal)
    window.editor.document().setModified(False)
    window.close()
    assert worker.stop()
    journal.close()
    languages.withdraw()
    for part in (window, themes, languages):
        part.deleteLater()  # a keeper left behind would style the app with every change of theme


@pytest.fixture
def write(running: Running, qtbot: QtBot) -> Callable[[str], None]:
    """Put text into the editor, the caret where ``|`` stands, and wait for its fill if any."""

    def put(text: str) -> None:
        editor = running.window.editor
        place = text.index("|")
        editor.setPlainText(text.replace("|", ""))
        cursor = editor.textCursor()
        cursor.setPosition(place)
        editor.setTextCursor(cursor)
        with qtbot.waitSignal(editor.state_changed):
            pass

    return put


@pytest.fixture
def ask(running: Running, write: Callable[[str], None], qtbot: QtBot) -> Callable[[str], None]:
    """Like ``write``, for a caret in a blank: wait for its candidates."""

    def put(text: str) -> None:
        write(text)
        qtbot.waitUntil(lambda: bool(running.window.fills.candidates))

    return put
