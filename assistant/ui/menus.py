"""The menu bar, the toolbar and the editor's context menu. Imports ui only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from assistant.ui.actions import APPLY_KEYS, Actions


class Menus(QObject):
    """Builds the menus of the window from its actions."""

    recent_chosen = Signal(object)
    """Path of a recent file."""
    recent_cleared = Signal()

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        """Fill the menu bar and the toolbar of ``window``."""
        super().__init__(window)
        self._window, self._actions = window, actions
        self._read_recent: Callable[[], Sequence[Path]] = tuple
        self._titles: list[tuple[QMenu, Callable[[], str]]] = []
        self.recent = QMenu(window)
        self.recent.aboutToShow.connect(self._fill_recent)
        self.analysis: QMenu
        """Leads to the panels that look at the text; they add themselves."""
        self._build()
        self.toolbar = self._make_toolbar()
        self.retranslate()

    def set_recent(self, read: Callable[[], Sequence[Path]]) -> None:
        """Ask ``read`` for the recent files whenever their menu is opened."""
        self._read_recent = read

    def retranslate(self) -> None:
        """Set the titles in the language of the window."""
        for menu, title in self._titles:
            menu.setTitle(title())
        self.toolbar.setWindowTitle(self.tr("工具栏"))

    def insert_menu(self, menu: QMenu) -> None:
        """Put another menu before that of the view."""
        self._window.menuBar().insertMenu(self._view.menuAction(), menu)

    def add_to(self, menu: QMenu) -> None:
        """Add what concerns blanks to the editor's context menu."""
        first = menu.actions()[0] if menu.actions() else None
        names = ("mask", "run")
        if first is None:
            menu.addActions([self._actions[name] for name in names])
        else:
            menu.insertActions(first, [self._actions[name] for name in names])
            menu.insertSeparator(first)

    def _build(self) -> None:
        file = self._menu(lambda: self.tr("文件(&F)"))
        self._add(file, "new", "open")
        file.addMenu(self.recent)
        self._titles.append((self.recent, lambda: self.tr("最近的文件(&R)")))
        self._add(file, "", "save", "save_as", "", "quit")
        edit = self._menu(lambda: self.tr("编辑(&E)"))
        self._add(edit, "undo", "redo", "", "cut", "copy", "paste", "select_all", "")
        self._add(edit, "find", "replace")
        fill = self._menu(lambda: self.tr("填空(&B)"))
        self._add(fill, "mask", "run", "cancel", "", "previous", "next", "")
        apply = QMenu(fill)
        self._titles.append((apply, lambda: self.tr("填入(&I)")))
        self._add(apply, *(f"apply_{n}" for n in range(1, APPLY_KEYS + 1)))
        fill.addMenu(apply)
        lengths = QMenu(fill)
        self._titles.append((lengths, lambda: self.tr("空的长度(&G)")))
        lengths.addActions(self._actions.lengths.actions())
        self._add(lengths, "", "length")
        fill.addMenu(lengths)
        self._add(fill, "more", "", "automatic")
        self._build_rest()

    def _build_rest(self) -> None:
        self.analysis = self._menu(lambda: self.tr("分析(&A)"))
        view = self._view = self._menu(lambda: self.tr("视图(&V)"))
        self._add(view, "show_panel", "panel", "", "zoom_in", "zoom_out", "zoom_reset", "")
        for title, group in (
            (lambda: self.tr("外观(&T)"), self._actions.themes),
            (lambda: self.tr("语言 Language(&L)"), self._actions.languages),
        ):
            menu = QMenu(view)
            menu.addActions(group.actions())
            self._titles.append((menu, title))
            view.addMenu(menu)
        tools = self._menu(lambda: self.tr("工具(&T)"))
        self._add(tools, "memories", "models", "", "settings")
        help_menu = self._menu(lambda: self.tr("帮助(&H)"))
        self._add(help_menu, "guide", "sample", "keys", "", "offline_check", "diagnostics", "")
        self._add(help_menu, "model", "licences", "about")

    def _menu(self, title: Callable[[], str]) -> QMenu:
        menu = QMenu(self._window)
        self._window.menuBar().addMenu(menu)
        self._titles.append((menu, title))
        return menu

    def _add(self, menu: QMenu, *names: str) -> None:
        for name in names:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()

    def _make_toolbar(self) -> QToolBar:
        bar = QToolBar(self._window)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(QSize(18, 18))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in ("open", "save", "", "mask", "run", "previous", "next"):
            if not name:
                bar.addSeparator()
                continue
            bar.addAction(self._actions[name])
            button = bar.widgetForAction(self._actions[name])
            if isinstance(button, QToolButton) and name in ("mask", "run"):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(space)
        for name in ("language_toggle", "theme_toggle", "zoom_out", "zoom_in"):
            bar.addAction(self._actions[name])
        self._window.addToolBar(bar)
        return bar

    def _fill_recent(self) -> None:
        self.recent.clear()
        for path in self._read_recent():
            action = self.recent.addAction(_shown(path))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, path=path: self.recent_chosen.emit(path))
        if self.recent.isEmpty():
            self.recent.addAction(self.tr("（没有）")).setEnabled(False)
            return
        self.recent.addSeparator()
        self.recent.addAction(self.tr("清除记录(&C)")).triggered.connect(self.recent_cleared)


def _shown(path: Path) -> str:
    """Return how a path is shown in a menu: its name and folder, ampersands kept."""
    return f"{path.name}  —  {path.parent}".replace("&", "&&")
