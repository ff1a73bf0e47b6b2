"""What a restless person does in the window: one method per deed, all chances from one seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from build_tools.trials.driver import Driver, every_action

_MAX_CHARS = 2_000
_PIECES = ("春天来了，", "院子里的桃花开了。", "小猫跑来跑去", "[MASK]", "……", "\n", "𠮷野家",
           "😀", "abc 12", "他[MASK][MASK]地笑了。", "（　　）", "糟透了！")  # fmt: skip
_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
         Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Tab,
         Qt.Key.Key_PageDown, Qt.Key.Key_Escape)  # fmt: skip
_ACTIONS = (
    "undo", "redo", "mask", "run", "next", "previous", "more", "length", "cancel", "zoom_in",
    "zoom_out", "zoom_reset", "theme_toggle", "language_toggle", "find", "replace", "copy",
    "paste", "select_all", "show_panel", "settings", "memories", "about", "keys", "model",
    "licences", "automatic",
)  # fmt: skip
_LEFT_ALONE = ("退出", "Quit", "打印", "Print")
"""Printing shows Qt's own dialog of printers, which this machine may not have."""


class Deeds:
    """Does one random thing after the other in the window of ``driver``."""

    def __init__(self, driver: Driver, folder: Path, seed: int) -> None:
        """Keep files in ``folder``."""
        self._driver, self._folder, self._random = driver, folder, random.Random(seed)
        self._window = driver.window
        self._deeds: dict[Callable[[], None], int] = {
            self.write: 20, self.compose: 8, self.press: 14, self.select: 8, self.apply: 8,
            self.act: 16, self.menu: 3, self.tab: 8, self.button: 8, self.click: 4, self.save: 3,
            self.open: 2, self.new: 1, self.make: 2, self.student: 1, self.resize: 2,
        }  # fmt: skip
        driver.save_name = str(folder / "另存.txt")

    def one(self) -> str:
        """Do one thing and return its name."""
        deed = self._random.choices(list(self._deeds), list(self._deeds.values()))[0]
        deed()
        return deed.__name__

    def write(self) -> None:
        """Put in a piece of text, or begin anew when there is much."""
        editor = self._window.editor
        if editor.document().characterCount() > _MAX_CHARS:
            editor.selectAll()
        editor.insertPlainText(self._random.choice(_PIECES))

    def compose(self) -> None:
        """Compose with an input method, and at times give it up."""
        editor = self._window.editor
        for preedit, commit in (
            ("ni", ""),
            ("ni hao", ""),
            ("", self._random.choice(("你好", ""))),
        ):
            event = QInputMethodEvent(preedit, [])
            event.setCommitString(commit)
            QApplication.sendEvent(editor, event)
            self._driver.wait(1)

    def press(self) -> None:
        """Press a key where the focus is."""
        where = QApplication.focusWidget() or self._window.editor
        QTest.keyClick(where, self._random.choice(_KEYS))

    def select(self) -> None:
        """Select a few characters."""
        cursor = self._window.editor.textCursor()
        end = self._window.editor.document().characterCount() - 1
        start = self._random.randint(0, end)
        cursor.setPosition(self._whole(start))
        stop = min(end, start + self._random.randint(0, 6))
        cursor.setPosition(self._whole(stop), QTextCursor.MoveMode.KeepAnchor)
        self._window.editor.setTextCursor(cursor)

    def apply(self) -> None:
        """Fill in a candidate, or ask for some."""
        fills = self._window.fills
        if fills.candidates:
            fills.apply(self._random.randrange(len(fills.candidates)))
        else:
            fills.run()

    def act(self) -> None:
        """Trigger one of the window's actions."""
        self._window.actions_[self._random.choice(_ACTIONS)].trigger()

    def menu(self) -> None:
        """Trigger anything in the menus that is enabled."""
        actions = every_action(self._window.menuBar())
        usable = [
            action
            for action in actions
            if action.isEnabled() and not any(word in action.text() for word in _LEFT_ALONE)
        ]
        if usable:
            self._mark_saved()
            self._random.choice(usable).trigger()

    def tab(self) -> None:
        """Go to another tab of the panel."""
        tabs = self._window.tabs
        tabs.setCurrentIndex(self._random.randrange(tabs.count()))

    def button(self) -> None:
        """Press a button of the tab on show."""
        buttons = self._driver.buttons()
        usable = [b for b in buttons if not any(word in b.text() for word in _LEFT_ALONE)]
        if usable:
            self._random.choice(usable).click()

    def click(self) -> None:
        """Click somewhere into the editor, at times twice."""
        editor = self._window.editor
        if not editor.isVisible():
            return
        size = editor.viewport().size()
        place = QPoint(self._random.randrange(size.width()), self._random.randrange(size.height()))
        click = self._random.choice((QTest.mouseClick, QTest.mouseDClick))
        click(editor.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def save(self) -> None:
        """Save; the first time under a name."""
        self._window.documents.save()

    def open(self) -> None:
        """Open one of a few files, in one of a few encodings."""
        codec = self._random.choice(("utf-8", "gb18030", "utf-16"))
        path = self._folder / f"{codec}.txt"
        if not path.exists():
            path.write_bytes(("".join(_PIECES[:4]) * 5).encode(codec))
        self._mark_saved()
        self._window.documents.open(path)

    def new(self) -> None:
        """Begin a new document."""
        self._mark_saved()
        self._window.documents.new()

    def make(self) -> None:
        """Make an exercise, and at times go back to the text."""
        workshop = self._driver.app.workshop
        if workshop.sheet_shown:
            workshop.show_sheet(False)
        else:
            workshop.controller.make()

    def student(self) -> None:
        """Open the student mode and leave it again."""
        dialogs = self._driver.app.workshop.dialogs
        dialogs.start_student()
        self._driver.wait(20)
        if dialogs.student is not None:
            dialogs.student._stored = True  # nobody answers whether to leave without saving
            dialogs.student.close()

    def resize(self) -> None:
        """Make the window narrower or wider."""
        self._window.resize(self._random.randint(480, 1300), self._random.randint(320, 900))

    def _whole(self, place: int) -> int:
        """Return ``place``, or that before a pair of surrogates: nobody can part one by hand."""
        character = self._window.editor.document().characterAt(place)
        return place - ("\udc00" <= character <= "\udfff")

    def _mark_saved(self) -> None:
        self._window.editor.document().setModified(False)
        self._driver.app.workshop.files.forget()
