"""A personal memory in the whole app, on the bundled model: from a file to a candidate."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from assistant.app import App
from assistant.paths import find_paths
from assistant.records import Source

# Made up, so that no model can have read it.
OWN = "林晚舟撑伞走进雾隐坡。雾隐坡上住着铁皮熊。\n" * 5
TEXT = "林晚舟撑伞走进雾隐[MASK]。"


@pytest.fixture
def app(qapp: QApplication) -> Iterator[App]:
    paths = find_paths()
    paths.config.mkdir(parents=True)
    (paths.config / "settings.json").write_text("{}", "utf-8")  # not the first start: no sample
    made = App(paths, qapp)
    made.start([])
    yield made
    made.window.editor.document().setModified(False)
    made.window.close()
    made.stop()
    made.window.parts.languages.withdraw()
    made.window.deleteLater()


def test_a_made_up_phrase_comes_first_while_its_memory_is_used(app: App, qtbot, tmp_path):
    (tmp_path / "own.txt").write_text(OWN, "utf-8")
    with qtbot.waitSignal(app.fills.model_ready, timeout=30_000):
        pass
    editor, fills = app.window.editor, app.window.fills
    editor.setPlainText(TEXT)
    cursor = editor.textCursor()
    cursor.setPosition(TEXT.index("[MASK]"))
    editor.setTextCursor(cursor)
    qtbot.waitUntil(lambda: bool(fills.candidates), timeout=10_000)
    assert fills.candidates[0].text != "坡"
    with qtbot.waitSignal(app.memories.added, timeout=10_000):
        app.memories.add("小说", [tmp_path / "own.txt"])
    app.memories.use("小说", True)
    qtbot.waitUntil(lambda: fills.candidates[0].text == "坡", timeout=10_000)
    assert fills.candidates[0].source is Source.PERSONAL
    assert fills.candidates[0].evidence[0].personal == "小说"
    with qtbot.waitSignal(app.memories.removed, timeout=10_000):
        app.memories.remove("小说")
    qtbot.waitUntil(lambda: fills.candidates[0].text != "坡", timeout=10_000)
    assert list(find_paths().memories.iterdir()) == []
