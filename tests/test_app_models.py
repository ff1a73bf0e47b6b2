"""Another model package in the whole app: switched without a restart, passed over when damaged."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication

from assistant.app import App
from assistant.engine.store import ModelStore, StoredPackage
from assistant.engine.store_install import install
from assistant.paths import find_paths
from assistant.records import Task
from tests.engine import evil


@pytest.fixture
def toy(tmp_path: Path) -> StoredPackage:
    """Install a toy package that fills 乙 after 甲; it is not in use."""
    source = evil.package(tmp_path / "toy")
    return install(ModelStore(find_paths()), source, try_out=lambda *_arguments: None)


@pytest.fixture
def start(qapp: QApplication) -> Iterator:
    running: list[App] = []

    def begin() -> App:
        paths = find_paths()
        paths.config.mkdir(parents=True, exist_ok=True)
        (paths.config / "settings.json").write_text("{}", "utf-8")  # not the first start
        app = App(paths, qapp)
        running.append(app)
        app.start([])
        return app

    yield begin
    for app in running:
        app.window.editor.document().setModified(False)
        app.window.close()
        app.stop()
        app.window.parts.languages.withdraw()
        app.window.deleteLater()


def loaded(app: App, qtbot) -> str:
    with qtbot.waitSignal(app.fills.model_ready, timeout=60_000) as caught:
        pass
    return caught.args[0].name


def first_candidate(app: App, qtbot) -> str:
    window = app.window
    window.fills.run()
    qtbot.waitUntil(lambda: bool(window.fills.candidates), timeout=60_000)
    return window.fills.candidates[0].text


def damage(package: StoredPackage) -> None:
    graph = package.folder / "model.onnx"
    graph.write_bytes(bytes(graph.stat().st_size))


def test_a_switch_changes_the_candidates_without_a_restart(start, qtbot, toy):
    app = start()
    bundled = loaded(app, qtbot)
    editor = app.window.editor
    editor.insertPlainText("庚甲[MASK]")
    cursor = editor.textCursor()
    cursor.setPosition(4)
    editor.setTextCursor(cursor)
    before = first_candidate(app, qtbot)
    with qtbot.waitSignal(app.fills.fill_finished, timeout=60_000):
        app.models.use(toy)
        assert loaded(app, qtbot) == "toy"
    assert first_candidate(app, qtbot) == "乙" != before
    app.models.rollback(Task.FILL)
    assert loaded(app, qtbot) == bundled


def test_a_package_that_cannot_be_loaded_is_switched_back_by_itself(start, qtbot, toy):
    app = start()
    bundled = loaded(app, qtbot)
    store = ModelStore(find_paths())
    store.use(toy)
    damage(toy)
    with qtbot.waitSignal(app.models.fell_back, timeout=60_000):
        app.fills.reload_model()
        assert loaded(app, qtbot) == bundled
    assert store.active(Task.FILL) == store.bundled(Task.FILL)
    assert "toy-1 无法使用" in app.window.messages.label.text()
    assert app.window.messages.isVisible()


def test_at_the_start_a_damaged_package_is_passed_over_with_a_message(start, qtbot, toy):
    store = ModelStore(find_paths())
    store.use(toy)
    store.settle(Task.FILL)
    damage(toy)
    app = start()
    with qtbot.waitSignal(app.models.fell_back, timeout=60_000):
        assert loaded(app, qtbot) == "bubai-fill"
    assert "toy-1 无法使用，已改用 bubai-fill" in app.window.messages.label.text()
    assert app.window.messages.isVisible()
    assert app.window.messages.action_button.text() == "模型…"


@pytest.mark.parametrize(
    ("task", "judged"), [(Task.UNDERSTAND, ["mood", "labels"]), (Task.TRANSLATE, ["translation"])]
)
def test_only_what_a_model_judged_is_judged_again_after_a_switch(start, monkeypatch, task, judged):
    app = start()
    again: list[str] = []
    services = {"mood": app.moods, "labels": app.labels, "translation": app.translations}
    for name, service in services.items():
        monkeypatch.setattr(service, "document_changed", partial(again.append, name))
    app.models.switched.emit(SimpleNamespace(package=SimpleNamespace(task=task)))
    assert again == judged
