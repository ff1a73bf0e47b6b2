"""The whole window with all its tabs and dialogs, without a loaded model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget

from assistant.app import App
from assistant.paths import find_paths
from assistant.ui.late_page import LatePage
from build_tools.trials.driver import every_action as actions_of

offscreen = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
SHOWN_ELSEWHERE = {"quit", "open", "save_as"}
"""Actions that end the app, or open a dialog of the system."""


@pytest.fixture(scope="module")
def app(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app with its window shown and its tabs built; no job is begun."""
    home = tmp_path_factory.mktemp("home")
    paths = replace(find_paths(), data=home / "data", config=home / "config", logs=home / "logs")
    app = App(paths, qapp)
    app.window.show()
    for page in app.window.findChildren(LatePage):
        page.build()
    app.window.editor.setPlainText("春天来了，院子里的[MASK]开了。")
    app.window.editor.document().setModified(False)
    app.window.survey.take()  # else it counts in the middle of a test, and the status bar changes
    yield app
    app.window.editor.document().setModified(False)
    app.window.leave_questions.clear()
    app.window.close()
    app.stop()
    app.window.parts.languages.withdraw()
    app.withdraw()


def every_action(app: App) -> list[QAction]:
    """Return the actions of all menus, those inside menus inside menus too."""
    return actions_of(app.window.menuBar())


@pytest.fixture
def see_dialogs(app: App, monkeypatch, tmp_path) -> Callable[[Callable[[QWidget], None]], set[str]]:
    """Open every dialog that an action leads to, let it be looked at, and close it."""

    def see(look: Callable[[QWidget], None]) -> set[str]:
        seen: set[str] = set()

        def instead(dialog: QDialog) -> int:
            dialog.show()
            QApplication.processEvents()
            seen.add(type(dialog).__name__)
            look(dialog)
            dialog.close()
            return 0

        monkeypatch.setattr(QDialog, "exec", instead)
        monkeypatch.setattr(QMessageBox, "exec", instead)
        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_a, **_k: ("", ""))
        avoided = {id(app.window.actions_[name]) for name in SHOWN_ELSEWHERE}
        for action in every_action(app):
            if action.isEnabled() and id(action) not in avoided and not action.isCheckable():
                app.window.editor.document().setModified(False)
                action.trigger()
                QApplication.processEvents()
        return seen

    return see
