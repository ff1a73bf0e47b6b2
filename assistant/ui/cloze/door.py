"""The way to the workshop: its tab, menu and keys. The workshop is built when they are used.

Imports ui only, and of the workshop itself nothing before it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from assistant.services.journal import Journal
from assistant.ui.late_page import LatePage
from assistant.ui.main_window import MainWindow
from assistant.ui.tab_order import Place

if TYPE_CHECKING:
    from assistant.services.cloze_jobs import ClozeJobs
    from assistant.ui.cloze.workshop import Workshop

_KEYS = {
    "make": "Ctrl+Shift+E", "export": "Ctrl+E", "print": "Ctrl+P", "panel": Place.CLOZE.key,
    "open": "", "save": "", "student": "", "report": "",
}  # fmt: skip

translate = QCoreApplication.translate


class WorkshopDoor(QObject):
    """What the window shows of the workshop before somebody goes there."""

    def __init__(self, window: MainWindow, jobs: Callable[[], ClozeJobs], journal: Journal) -> None:
        """Add the tab and the menu to ``window``; ``jobs`` is asked for with the workshop."""
        super().__init__(window)
        self._window, self._jobs, self._journal = window, jobs, journal
        self._built: Workshop | None = None
        self.page = LatePage(window.tabs, Place.CLOZE, self._panel)
        self.menu = QMenu(window)
        self.actions = {name: QAction(window) for name in _KEYS}
        self._fill_menu()
        self._connect()
        self._retranslate()

    @property
    def workshop(self) -> Workshop:
        """The workshop; built now, if nobody has been there."""
        if self._built is None:
            from assistant.ui.cloze.workshop import Workshop

            self._built = Workshop(self._window, self.page, self._jobs(), self._journal)
        return self._built

    def offer_recovery(self) -> bool:
        """Offer the exercises that a crash left; return whether one is now in hand."""
        left = self._journal.recoverable()
        return bool(left) and self.workshop.offer_recovery(left)

    def _panel(self) -> QWidget:
        return self.workshop.panel

    def _fill_menu(self) -> None:
        for name, action in self.actions.items():
            if _KEYS[name]:
                action.setShortcut(QKeySequence(_KEYS[name]))
            self._window.addAction(action)
        for name in ("make", "panel", "", "open", "save", "", "export", "print", "",
                     "student", "report"):  # fmt: skip
            if name:
                self.menu.addAction(self.actions[name])
            else:
                self.menu.addSeparator()
        self._window.menus.insert_menu(self.menu)

    def _connect(self) -> None:
        deeds: dict[str, Callable[[Workshop], object]] = {
            "make": lambda shop: shop.make(),
            "export": lambda shop: shop.dialogs.export(),
            "print": lambda shop: shop.dialogs.print_preview(),
            "panel": lambda shop: shop.show_panel(),
            "open": lambda shop: shop.files.ask_open(),
            "save": lambda shop: shop.files.save(),
            "student": lambda shop: shop.dialogs.start_student(),
            "report": lambda shop: shop.dialogs.report(),
        }
        for name, do in deeds.items():
            self.actions[name].triggered.connect(lambda _checked=False, do=do: do(self.workshop))
        window = self._window
        window.documents.exercise_chosen.connect(self._open)
        window.leave_questions.append(self._may_leave)
        window.retranslated.connect(self._retranslate)

    def _open(self, path: Path) -> None:
        self.workshop.open(path)

    def _may_leave(self) -> bool:
        return self._built is None or self._built.files.may_leave()

    def _retranslate(self) -> None:
        self.page.set_words(translate("Workshop", "出题"))
        self.menu.setTitle(translate("Workshop", "出题(&C)"))
        words = {
            "make": translate("Workshop", "出题(&M)"),
            "panel": translate("Workshop", "转到出题栏(&G)"),
            "open": translate("Workshop", "打开练习(&O)…"),
            "save": translate("Workshop", "保存练习(&S)"),
            "export": translate("Workshop", "导出(&E)…"),
            "print": translate("Workshop", "打印预览(&P)…"),
            "student": translate("Workshop", "学生模式(&T)"),
            "report": translate("Workshop", "成绩分析(&R)…"),
        }
        for name, text in words.items():
            self.actions[name].setText(text)
