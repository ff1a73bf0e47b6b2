"""The app as a whole, on the bundled model: first start, fill, orderly end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QWidget

from assistant.app import PICTURES_KEPT_KB, App
from assistant.engine.predictor import CACHED_QUERIES
from assistant.paths import Paths, find_paths
from assistant.records import Task
from assistant.services.documents import DocumentState
from assistant.services.journal import Journal
from assistant.ui.late_page import LatePage
from assistant.ui.theme import DARK
from tests.ui.test_languages import HAN, IN_ITS_OWN_LANGUAGE, texts_of


@pytest.fixture
def paths() -> Paths:
    return find_paths()


@pytest.fixture
def start(qapp: QApplication, qtbot, paths) -> Iterator:
    running: list[App] = []

    def begin(*files, paths=paths) -> App:
        app = App(paths, qapp)
        running.append(app)
        app.start(files)
        return app

    yield begin
    for app in running:
        app.window.editor.document().setModified(False)
        app.window.close()
        app.stop()
        app.window.parts.languages.withdraw()
        app.window.deleteLater()


def test_the_first_start_shows_the_sample_with_its_six_blanks(start, qtbot):
    window = start().window
    qtbot.waitUntil(lambda: window.survey.blanks == 6)
    assert not window.isWindowModified()


def test_the_editor_writes_in_the_size_of_the_settings(start):
    app = start()
    assert app.window.editor.font().pointSizeF() == app.settings.current.font_size


def test_qt_keeps_fewer_pictures_than_by_itself(start):
    QPixmapCache.setCacheLimit(10_240)
    start()
    assert QPixmapCache.cacheLimit() == PICTURES_KEPT_KB < 10_240


def test_proof_reading_keeps_few_predictions(start):
    reader = start()._load_proofreader()
    assert reader._source._predictor.kept < CACHED_QUERIES


def test_tabs_built_later_have_the_language_and_the_colours_of_the_window(start, qtbot):
    window = start().window
    window.toggle_theme()
    with qtbot.waitSignal(window.retranslated):
        window.toggle_language()
    pages = window.findChildren(LatePage)
    for page in pages:
        page.build()
    chinese = {words for words in texts_of(window) if HAN.search(words)}
    assert chinese <= IN_ITS_OWN_LANGUAGE
    drawn = [part for page in pages for part in page.findChildren(QWidget)]
    colours = {part._colours for part in drawn if hasattr(part, "_colours")}
    assert colours == {window.parts.themes.colours} == {DARK}


def test_every_tab_is_in_sight_in_english_on_a_small_screen(start, qtbot):
    window = start().window
    window.resize(1092, 580)  # 1366 x 768 at 125 %
    with qtbot.waitSignal(window.retranslated):
        window.toggle_language()
    bar = window.tabs.tabBar()
    assert bar.count() == 6
    assert bar.sizeHint().width() <= window.tabs.width()


def test_another_model_builds_no_tab_that_nobody_opened(start):
    app = start()
    for task in (app._reload_fillers, partial(app._reload, app.understanding)):
        task()
    assert {"moods", "labels", "proofs", "translations"} & set(vars(app)) == set()


def test_the_second_start_begins_empty(start, qtbot, paths):
    window = start().window
    qtbot.waitUntil((paths.config / "settings.json").exists)
    window.close()
    second = start()
    with qtbot.waitSignal(second.fills.model_ready, timeout=30_000):
        pass
    assert second.window.editor.toPlainText() == ""


def test_a_file_given_at_the_start_is_opened(start, qtbot, tmp_path):
    path = tmp_path / "诗.txt"
    path.write_text("处处闻[MASK]鸟。", encoding="utf-8")
    window = start(path).window
    qtbot.waitUntil(lambda: window.editor.toPlainText() == "处处闻[MASK]鸟。")


def test_the_window_is_usable_before_the_model_and_fills_after(start, qtbot):
    app = start()
    window = app.window
    assert window.isVisible()
    assert not app.fills.is_ready
    window.editor.setPlainText("床前明月光，疑是地[MASK]霜。")
    window.editor.document().setModified(False)
    qtbot.waitUntil(lambda: app.fills.is_ready, timeout=60_000)
    window.editor.setPlainText("床前明月光，疑是地[MASK]霜。")
    window.fills.run()
    qtbot.waitUntil(lambda: bool(window.fills.candidates), timeout=60_000)
    assert len(window.panel.candidates.rows) == 5
    assert all(0 < candidate.confidence <= 1 for candidate in window.fills.candidates)


def test_without_a_model_the_editor_works_and_says_what_to_do(start, qtbot, paths, tmp_path):
    bare = tmp_path / "resources"
    bare.mkdir()
    for name in ("icons", "i18n", "samples"):
        (bare / name).symlink_to(paths.resources / name)
    window = start(paths=Paths(bare, paths.data, paths.config, paths.logs)).window
    qtbot.waitUntil(window.messages.isVisible, timeout=20_000)
    assert Task.FILL.value in window.messages.label.text()
    window.editor.insertPlainText("照样写")
    assert "照样写" in window.editor.toPlainText()
    window.editor.document().setModified(False)


def test_text_left_unsaved_is_in_the_journal_after_the_end(qapp, qtbot, paths):
    app = App(paths, qapp)
    app.window.show()
    app.window.editor.insertPlainText("没有保存")
    app.stop()  # the session ended without the window being closed
    app.window.editor.document().setModified(False)
    app.window.parts.languages.withdraw()
    del app.window
    found = list((paths.data / "journal").rglob("*.json"))
    assert any("没有保存" in path.read_text(encoding="utf-8") for path in found)


def test_a_journal_of_nothing_offers_nothing(qapp, paths):
    journal = Journal(paths.data / "journal")
    journal.track(DocumentState(), str)
    assert journal.recoverable() == ()
    journal.close()
