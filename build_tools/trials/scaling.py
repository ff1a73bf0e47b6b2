"""Open everything on screens that are small or scaled, and say what is cut off or out of reach.

Run by ``scalings`` in one process for each screen: Qt reads the scale factor once. Prints one line
of JSON, the list of what is wrong; with a folder it writes a picture of everything there.

Usage: ``python -m build_tools.trials.scaling FACTOR WIDTH HEIGHT [PICTURES]``, the screen in pixels
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from assistant.services.documents import DocumentState
from assistant.services.journal import RecoveredDocument
from assistant.ui.dialogs import questions
from assistant.ui.dialogs.recovery_dialog import RecoveryDialog
from assistant.ui.main_window import MainWindow
from build_tools.trials.driver import Driver, every_action, running
from build_tools.trials.room import clipped, off_screen, outside

TEXT = """春眠不觉晓，处处闻[MASK]鸟。院子里的桃花开了，小猫在草地上跑来跑去。
昨天的雨下得真让人难受，鞋子全湿了，我再也不想走那条路。他以经准备好去爬山了。
"""
_LEFT_ALONE = ("quit", "open", "save_as")
"""Actions that end the app, or open a dialog of the system."""


class Look:
    """Looks at the windows that are open, and keeps what is wrong with them."""

    def __init__(self, driver: Driver, pictures: Path | None) -> None:
        """Put pictures into ``pictures``, if that is a folder."""
        self._driver, self._pictures = driver, pictures
        self.found: list[str] = []
        self.seen: list[str] = []

    def at(self, widget: QWidget, name: str) -> None:
        """Look at one window."""
        self._driver.wait(30)
        self._driver.wait_until(lambda: not _wrong_with(widget), seconds=2)  # laid out by now
        wrong = _wrong_with(widget)
        self.found += [f"{name}: {what}" for what in wrong]
        self.seen.append(name)
        if self._pictures is not None:
            widget.grab().save(str(self._pictures / f"{len(self.seen):02}-{name}.png"))


def _wrong_with(widget: QWidget) -> list[str]:
    if not widget.isVisible():
        return ["is not there to be looked at"]
    wrong = [f"is {where}" for where in [off_screen(widget)] if where]
    wrong += [f"cuts off {what}" for what in clipped(widget)]
    return wrong + [f"has out of reach {what}" for what in outside(widget)]


def look_at_all(driver: Driver, look: Look, language: str) -> None:
    """Show the window with every tab, and every dialog."""
    window = driver.window
    for index in range(window.tabs.count()):
        window.tabs.setCurrentIndex(index)
        driver.wait(1_200)
        driver.wait_until(lambda: not _is_busy(driver), seconds=60)
        look.at(window, f"{language}-tab-{index}")
    window.find_bar.open(replacing=True)
    look.at(window, f"{language}-find")
    window.find_bar.close_bar()
    _make_exercise(driver)
    look.at(window, f"{language}-exercise")
    _look_at_dialogs(driver, look, language)
    dialogs = driver.app.workshop.dialogs
    dialogs.start_student()
    if dialogs.student is not None:
        dialogs.student.submit()
        look.at(dialogs.student, f"{language}-student")
        dialogs.student._stored = True
        dialogs.student.close()
    driver.app.workshop.show_sheet(False)


def _look_at_dialogs(driver: Driver, look: Look, language: str) -> None:
    window = driver.window

    def instead(dialog: QDialog) -> int:
        driver.keep_open = True
        dialog.show()
        driver.wait(150)  # some ask a thread what to show
        look.at(dialog, f"{language}-{type(dialog).__name__}-{len(look.seen)}")
        dialog.close()
        driver.keep_open = False
        return 0

    before = QDialog.exec, QMessageBox.exec
    QDialog.exec = QMessageBox.exec = instead  # type: ignore[method-assign]
    try:
        avoided = {id(window.actions_[name]) for name in _LEFT_ALONE}
        for action in every_action(window.menuBar()):
            if action.isEnabled() and id(action) not in avoided and not action.isCheckable():
                window.editor.document().setModified(False)
                driver.app.workshop.files.forget()
                action.trigger()
        questions.ask_unsaved(window, "春天的早晨")
        questions.ask_changed(window, "文件已经被别的程序改动过：春天的早晨.txt")
        now = datetime.now().astimezone()
        left = RecoveredDocument(DocumentState(), TEXT, now, Path("x"))
        RecoveryDialog([left, left], window).exec()
    finally:
        QDialog.exec, QMessageBox.exec = before  # type: ignore[method-assign]


def _make_exercise(driver: Driver) -> None:
    workshop = driver.app.workshop
    workshop.show_sheet(False)
    driver.window.editor.setPlainText(TEXT.replace("[MASK]", "啼"))
    workshop.show_panel()
    workshop.controller.make()
    driver.wait_until(lambda: workshop.controller.exercise is not None, seconds=120)
    workshop.controller.step(1)


def _is_busy(driver: Driver) -> bool:
    app = driver.app
    return any(a.busy for a in (app.moods, app.labels, app.proofs, app.translations))


def _fill(driver: Driver) -> None:
    window = driver.window
    driver.wait_until(lambda: driver.app.fills.is_ready)
    window.editor.setPlainText(TEXT)
    window.fills.go(forward=True)
    window.fills.run()
    driver.wait_until(lambda: bool(window.fills.candidates))


def _sizes(window: MainWindow) -> list[Callable[[], None]]:
    """Return how the window may stand: as it opens, over the whole screen, as small as it gets."""
    room = window.screen().availableGeometry()
    smallest = window.minimumSize().boundedTo(room.size())
    return [lambda: None, lambda: window.setGeometry(room), lambda: window.resize(smallest)]


def main(factor: str, width: int, height: int, pictures: Path | None) -> int:
    """Look at everything on one screen; print what is wrong."""
    with tempfile.TemporaryDirectory(prefix="bubai-scaling-") as name:
        screen = Path(name) / "screen.json"
        one = {"name": "one", "x": 0, "y": 0, "width": width, "height": height, "dpr": 1,
               "logicalDpi": 96, "logicalBaseDpi": 96}  # fmt: skip
        screen.write_text(json.dumps({"screens": [one]}), "utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
        os.environ["QT_SCALE_FACTOR"] = factor
        with running(Path(name) / "home") as driver:
            QFileDialog.exec = lambda _dialog: 0  # type: ignore[method-assign]
            look = Look(driver, pictures)
            _fill(driver)
            for language in ("zh", "en"):
                look_at_all(driver, look, language)
                driver.window.toggle_language()
            for number, resize in enumerate(_sizes(driver.window)):
                resize()
                for index in range(driver.window.tabs.count()):
                    driver.window.tabs.setCurrentIndex(index)
                    look.at(driver.window, f"size-{number}-tab-{index}")
            found = look.found + driver.troubles
    print(json.dumps({"found": sorted(set(found)), "seen": look.seen}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    _pictures = Path(sys.argv[4]) if len(sys.argv) > 4 else None
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), _pictures))
