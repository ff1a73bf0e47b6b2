"""One life of the real app: it recovers what its last life lost, then writes until it is killed.

Driven offscreen by its own timer; every state of the text goes to a log file the moment it exists.
Run by ``faults``, never imported by the app.

Usage: ``python -m build_tools.trials.fault_child FOLDER SEED AIM`` with BUBAI_HOME set
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assistant.app import App
from assistant.cloze.exercise import Exercise
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.make import make_exercise
from assistant.cloze.options import Options
from assistant.cloze.places import Place
from assistant.cloze.strategies import Strategy
from assistant.paths import find_paths
from assistant.ui.cloze.export_run import export_files
from assistant.ui.dialogs.recovery_dialog import RecoveryDialog

FILE, LOG, EXPORTS = "文稿.txt", "states.jsonl", "导出"
ARMED = "armed"
"""While this file is there, the deed aimed at is killed in its middle."""
MAX_CHARS = 3_000
_SYLLABLES = (("ni", "你"), ("hao", "好"), ("chun", "春"), ("tian", "天"), ("hua", "花"))
_WEIGHTS = {"type": 8, "compose": 8, "erase": 2, "mask": 2, "fill": 3, "undo": 2, "save": 2,
            "export": 1}  # fmt: skip


class Life:
    """Writes in the window of ``app`` and logs what stands there."""

    def __init__(self, app: App, folder: Path, seed: int, aim: str) -> None:
        """Log to ``folder``; nothing happens before :meth:`begin`."""
        self._app, self._folder, self._aim = app, folder, aim
        self._random = random.Random(seed)
        self._log = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._count = 0
        self._preedit = ""
        self._exercise = _exercise()
        self._deeds: dict[str, Callable[[], None]] = {
            "type": self._type, "compose": self._compose, "erase": self._erase,
            "mask": self._mask, "fill": self._fill, "undo": self._undo, "save": self._save,
            "export": self._export,
        }  # fmt: skip
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._act)

    def begin(self, recovered: bool) -> None:
        """Open the file unless a text was recovered, log what there is, and write on."""
        documents = self._app.window.documents
        file = self._folder / FILE
        saved = file.read_bytes().decode() if file.exists() else None
        text = self._app.window.editor.plain_text()
        self._write(start=True, recovered=recovered, text=text, file=saved)
        if not recovered and saved is not None:
            documents.open(file)
            self._tell()
        self._app.window.editor.moveCursor(self._app.window.editor.textCursor().MoveOperation.End)
        self._timer.start(10)

    def _act(self) -> None:
        name = self._random.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        if self._preedit:
            name = "compose"
        self._write(doing=name)
        if name == self._aim and (self._folder / ARMED).exists():
            self._die_soon()
        self._deeds[name]()
        self._tell()
        self._timer.start(self._random.randint(10, 90))

    def _die_soon(self) -> None:
        """Have somebody else kill this process in a few milliseconds."""
        (self._folder / ARMED).unlink()
        wait_s = self._random.uniform(0.0, 0.1 if self._aim == "export" else 0.02)
        subprocess.Popen(["sh", "-c", f"sleep {wait_s:.3f}; kill -9 {os.getpid()}"])

    def _type(self) -> None:
        editor = self._app.window.editor
        if len(editor.plain_text()) > MAX_CHARS:
            editor.selectAll()
        self._count += 1
        for character in f"{self._count}.":
            QTest.keyClick(editor, character)
        if self._random.random() < 0.2:
            QTest.keyClick(editor, Qt.Key.Key_Return)

    def _compose(self) -> None:
        syllable, character = self._random.choice(_SYLLABLES)
        event = QInputMethodEvent(syllable, [])
        if self._preedit:
            event = QInputMethodEvent("", [])
            event.setCommitString(f"{character}{self._count}")
        self._preedit = "" if self._preedit else syllable
        QApplication.sendEvent(self._app.window.editor, event)

    def _erase(self) -> None:
        QTest.keyClick(self._app.window.editor, Qt.Key.Key_Backspace)

    def _mask(self) -> None:
        self._app.window.actions_["mask"].trigger()

    def _fill(self) -> None:
        fills = self._app.window.fills
        if fills.candidates:
            fills.apply(self._random.randrange(len(fills.candidates)))
        else:
            self._app.window.actions_["run"].trigger()

    def _undo(self) -> None:
        name = "undo" if self._random.random() < 0.7 else "redo"
        self._app.window.actions_[name].trigger()

    def _save(self) -> None:
        self._app.window.documents._write(self._folder / FILE)

    def _export(self) -> None:
        formats = self._random.sample(("docx", "html", "csv", "gift"), 2)
        export_files(
            self._exercise, self._folder / EXPORTS, "练习", formats, papers=False, project=True
        )

    def _tell(self) -> None:
        self._write(text=self._app.window.editor.plain_text())

    def _write(self, **record: object) -> None:
        line = json.dumps({"at": time.monotonic(), **record}, ensure_ascii=False)
        os.write(self._log, f"{line}\n".encode("utf-8", "surrogatepass"))


def _exercise() -> Exercise:
    text = "院子里的桃花开了，小猫在草地上跑来跑去。"
    options = Options(Strategy.MANUAL, count=None)
    lexicon = Lexicon(find_paths().resources / "lexicon")
    return make_exercise(text, options, lexicon, places=(Place(4, 6),))


def _take_recovery() -> None:
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, RecoveryDialog):
        dialog.open_button.click()


def main(folder: Path, seed: int, aim: str) -> int:
    """Live until killed."""
    qt = QApplication(["bubai"])
    app = App(find_paths(), qt)
    life = Life(app, folder, seed, aim)
    offer = app.window.documents.offer_recovery

    def offer_and_begin() -> bool:
        recovered = offer()
        life.begin(recovered)
        return recovered

    app.window.documents.offer_recovery = offer_and_begin
    clicker = QTimer()
    clicker.timeout.connect(_take_recovery)
    clicker.start(20)
    app.start([])
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
