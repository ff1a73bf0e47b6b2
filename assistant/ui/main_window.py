"""The main window: where everything stands, how it looks, and which language it speaks.

What the actions do is in ``wiring``. Imports services and ui.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from assistant.errors import FileWriteError
from assistant.paths import Paths
from assistant.services.analysis import FillService
from assistant.services.documents import Documents
from assistant.services.journal import Journal
from assistant.services.settings import Language, Settings, SettingsStore, Theme
from assistant.ui.actions import Actions, check
from assistant.ui.dialogs.find_bar import FindBar
from assistant.ui.document_controller import DocumentController
from assistant.ui.editor import Editor
from assistant.ui.fill_controller import FillController
from assistant.ui.fonts import editor_font
from assistant.ui.icons import Icons
from assistant.ui.languages import Languages
from assistant.ui.menus import Menus
from assistant.ui.message_bar import MessageBar
from assistant.ui.panels.fill_panel import FillPanel
from assistant.ui.status import Status
from assistant.ui.survey import Survey
from assistant.ui.theme import ThemeKeeper

SAMPLE = "samples/示例.txt"
_NARROW = 700
"""Below this width the panel stands under the editor instead of beside it."""
_LOW = 560
"""Below this height it does not: neither of the two would have room."""
_SMALLEST = (600, 320)
"""Fits a screen of 1280 × 720 pixels at 200 % with the system's bar."""
_ZOOMS = (50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the window works with; built by ``app``."""

    paths: Paths
    settings: SettingsStore
    documents: Documents
    journal: Journal
    fills: FillService
    themes: ThemeKeeper
    languages: Languages


class MainWindow(QMainWindow):
    """Editor left, panels right, a status bar, and the menus."""

    closing = Signal()
    """The person closed the window and nothing is left to save."""

    retranslated = Signal()
    """Everything now speaks the language of the settings."""

    def __init__(self, parts: Parts) -> None:
        """Build the window; it is not shown yet."""
        super().__init__()
        self.parts = parts
        self.icons = Icons(parts.paths.resources / "icons")
        self.editor = Editor()
        self.survey = Survey(self.editor.document(), parent=self)
        self.panel = FillPanel(self.icons)
        self.messages = MessageBar(self.icons)
        self.find_bar = FindBar(self.editor, self.icons)
        self.pages = QStackedWidget()
        """The editor, or what takes its place."""
        self.tabs = QTabWidget()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.actions_ = Actions(self.icons, self)
        self.menus = Menus(self, self.actions_)
        self.status = Status(self.statusBar())
        self.fills = FillController(self.editor, self.panel, parts.fills, self.survey, self)
        self.documents = DocumentController(
            self.editor, parts.documents, parts.journal, parts.settings,
            parts.paths.resources / SAMPLE, self,
        )  # fmt: skip
        self.leave_questions: list[Callable[[], bool]] = []
        self._lay_out()
        self._restore(parts.settings.current)
        self.apply_settings(parts.settings.current)
        self._apply_theme()
        self.retranslate()

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.parts.settings.current

    def change_settings(self, settings: Settings) -> None:
        """Put ``settings`` in force and keep them."""
        try:
            self.parts.settings.save(settings)
        except FileWriteError as error:
            self.messages.show_error(error)
        self.apply_settings(settings)

    def apply_settings(self, settings: Settings) -> None:
        """Bring the window in line with ``settings``."""
        self.parts.themes.choose(settings.theme)
        self.parts.languages.choose(settings.language)
        points = settings.font_size * settings.zoom_percent / 100
        self.editor.set_font(editor_font(settings.font_family, points))
        self.fills.set_length(settings.fill_length)
        self.fills.set_automatic(settings.automatic)
        self.parts.journal.set_interval(settings.autosave_seconds * 1000)
        self.actions_["automatic"].setChecked(settings.automatic)
        check(self.actions_.lengths, settings.fill_length)
        check(self.actions_.themes, settings.theme.value)
        check(self.actions_.languages, settings.language.value)

    def zoom(self, steps: int) -> None:
        """Make the editor's text larger or smaller; 0 gives its own size."""
        now = self.settings.zoom_percent
        if steps > 0:
            new = next((z for z in _ZOOMS if z > now), _ZOOMS[-1])
        elif steps < 0:
            new = next((z for z in reversed(_ZOOMS) if z < now), _ZOOMS[0])
        else:
            new = 100
        self.change_settings(replace(self.settings, zoom_percent=new))

    def toggle_theme(self) -> None:
        """Go from light to dark or back."""
        theme = Theme.LIGHT if self.parts.themes.is_dark else Theme.DARK
        self.change_settings(replace(self.settings, theme=theme))

    def toggle_language(self) -> None:
        """Go from Chinese to English or back."""
        is_chinese = self.settings.language is Language.ZH
        language = Language.EN if is_chinese else Language.ZH
        self.change_settings(replace(self.settings, language=language))

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.actions_.retranslate()
        self.menus.retranslate()
        self.status.retranslate()
        self.messages.retranslate(self.parts.languages.code)
        self.tabs.setTabText(0, self.tr("填空"))
        self.tabs.setAccessibleName(self.tr("右栏"))
        self.editor.setAccessibleName(self.tr("编辑区"))
        self.editor.setPlaceholderText(
            self.tr("在这里写。用 [MASK] 标出要填的地方，或选中一个词按 Ctrl+M。")
        )
        self.show_name()

    def show_name(self) -> None:
        """Show the document's name and whether it is saved in the title."""
        self.setWindowTitle(self.tr("补白 — {name}[*]").format(name=self.documents.name()))
        self.setWindowModified(self.editor.document().isModified())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "documents"):
            self.retranslate()
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "documents"):
            # Qt has told the widgets inside this one by now.
            self.retranslated.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = event.size()
        is_stacked = size.width() < _NARROW and size.height() >= _LOW
        wanted = Qt.Orientation.Vertical if is_stacked else Qt.Orientation.Horizontal
        if self.splitter.orientation() != wanted:
            self.splitter.setOrientation(wanted)
            self._share_room()

    def closeEvent(self, event: QCloseEvent) -> None:
        questions = (self.documents.may_leave, *self.leave_questions)
        if not all(may_leave() for may_leave in questions):
            event.ignore()
            return
        self._keep_geometry()
        event.accept()
        self.closing.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()

    def show_editor_menu(self, position) -> None:  # noqa: ANN001
        """Show Qt's context menu of the editor with our actions on top."""
        menu = self.editor.createStandardContextMenu(position)
        self.menus.add_to(menu)
        menu.exec(self.editor.viewport().mapToGlobal(position))
        menu.deleteLater()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        self.pages.addWidget(self.editor)
        column.addWidget(self.pages, 1)
        column.addWidget(self.find_bar)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.panel, "")
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.tabs)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        left.setMinimumWidth(290)
        self.tabs.setMinimumWidth(300)
        self.setCentralWidget(self.splitter)
        self.setMinimumSize(*_SMALLEST)
        self.setWindowIcon(self.icons.app())
        self.editor.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.editor.customContextMenuRequested.connect(self.show_editor_menu)
        self.parts.themes.changed.connect(self._apply_theme)

    def _apply_theme(self) -> None:
        colours = self.parts.themes.colours
        self.editor.set_colours(colours)
        self.panel.set_colours(colours)
        self.fills.strip.set_colours(colours)
        self.messages.set_colours(colours)
        self.find_bar.set_colours(colours)
        self.actions_.set_colours(colours)
        self.status.set_lock(self.icons.action("lock", colours))

    def _share_room(self) -> None:
        """Give the editor 60 % of the room."""
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([600, 400])

    def _restore(self, settings: Settings) -> None:
        geometry = _from_base64(settings.window_geometry)
        if not geometry or not self.restoreGeometry(geometry):
            room = QGuiApplication.primaryScreen().availableGeometry()
            self.resize(min(1180, room.width() - 40), min(760, room.height() - 60))
        self._share_room()
        state = _from_base64(settings.window_state)
        if state:
            self.splitter.restoreState(state)

    def _keep_geometry(self) -> None:
        state = self.splitter.saveState()
        try:
            self.parts.settings.save(
                replace(
                    self.settings,
                    window_geometry=_to_base64(self.saveGeometry()),
                    window_state=_to_base64(state),
                )
            )
        except FileWriteError:
            return  # the window's place is not worth keeping the person from leaving


def _to_base64(data: QByteArray) -> str:
    return base64.b64encode(data.data()).decode("ascii")


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
