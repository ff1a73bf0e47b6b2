"""Colours of the window: tables for light, dark and high contrast, and the style made from them.

Nothing else in ui/ names a colour. Imports nothing of ours but the Theme setting.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from assistant.services.settings import Theme
from assistant.ui.style_sheet import style_sheet
from assistant.ui.system_contrast import system_wants_contrast


@dataclass(frozen=True, slots=True)
class Colours:
    """What each colour is for; every value is ``#rrggbb``."""

    window: str
    base: str
    raised: str
    text: str
    muted: str
    border: str
    accent: str
    on_accent: str
    selection: str
    selection_text: str
    chip: str
    chip_border: str
    chip_text: str
    chip_active: str
    bar: str
    trough: str
    speaks_for: str
    speaks_against: str
    notice: str
    notice_text: str
    error: str
    error_text: str
    found: str


LIGHT = Colours(
    window="#f3f0e9",
    base="#fffdf8",
    raised="#faf7f0",
    text="#26241f",
    muted="#68645b",
    border="#d8d2c5",
    accent="#1d6a64",
    on_accent="#ffffff",
    selection="#c5e0da",
    selection_text="#15302d",
    chip="#e2eee9",
    chip_border="#9cc3ba",
    chip_text="#2b665f",
    chip_active="#1d6a64",
    bar="#5aa398",
    trough="#e6e1d6",
    speaks_for="#1f5f9e",
    speaks_against="#a34a08",
    notice="#e6eef5",
    notice_text="#1f3f5c",
    error="#f8e4dc",
    error_text="#7c2510",
    found="#f6e2a4",
)

DARK = Colours(
    window="#1f2123",
    base="#26292b",
    raised="#2c2f32",
    text="#e8e5de",
    muted="#b0aca3",
    border="#43474b",
    accent="#74c6ba",
    on_accent="#0e2421",
    selection="#31544f",
    selection_text="#f0fffc",
    chip="#2d423f",
    chip_border="#54827a",
    chip_text="#a3dbd0",
    chip_active="#74c6ba",
    bar="#4f9a8f",
    trough="#33373a",
    speaks_for="#82bcf0",
    speaks_against="#efa263",
    notice="#2a3a48",
    notice_text="#cfe3f4",
    error="#4a2a22",
    error_text="#ffd3c4",
    found="#6a5a20",
)


CONTRAST = Colours(
    window="#000000",
    base="#000000",
    raised="#000000",
    text="#ffffff",
    muted="#e6e6e6",
    border="#ffffff",
    accent="#ffff00",
    on_accent="#000000",
    selection="#ffff00",
    selection_text="#000000",
    chip="#000000",
    chip_border="#00ffff",
    chip_text="#00ffff",
    chip_active="#ffff00",
    bar="#00ffff",
    trough="#4d4d4d",
    speaks_for="#7fd0ff",
    speaks_against="#ffb066",
    notice="#00224d",
    notice_text="#ffffff",
    error="#4d0000",
    error_text="#ffffff",
    found="#5c4500",
)


class ThemeKeeper(QObject):
    """Keeps the application's style in the chosen theme; follows the system at run time."""

    changed = Signal()

    def __init__(self, app: QApplication, icons: Path, parent: QObject | None = None) -> None:
        """Take charge of the look of ``app``; nothing changes before :meth:`choose`.

        ``icons`` is the folder of the style sheet's images.
        """
        super().__init__(parent)
        self._app = app
        self._icons = icons
        self._theme = Theme.SYSTEM
        self._colours: Colours | None = None
        if not app.styleSheet():
            app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def colours(self) -> Colours:
        """The colours in force."""
        return self._colours or LIGHT

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than its ground."""
        return self.colours is not LIGHT

    def choose(self, theme: Theme) -> None:
        """Use ``theme`` from now on."""
        self._theme = theme
        self._apply()

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._theme is Theme.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        colours = _TABLES.get(self._theme) or _wanted_by_system()
        if colours is self._colours:
            return
        self._colours = colours
        self._app.setPalette(make_palette(self.colours))
        self._app.setStyleSheet(style_sheet(self.colours, self._icons))
        self.changed.emit()


_TABLES = {Theme.LIGHT: LIGHT, Theme.DARK: DARK, Theme.CONTRAST: CONTRAST}


def _wanted_by_system() -> Colours:
    if system_wants_contrast():
        return CONTRAST
    return DARK if system_is_dark() else LIGHT


def system_is_dark() -> bool:
    """Return whether the system asks for dark windows."""
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def make_palette(colours: Colours) -> QPalette:
    """Return the palette in which every widget of Qt draws itself."""
    role = QPalette.ColorRole
    table = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.error_text,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.selection_text,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Accent: colours.accent,
        role.Light: colours.raised,
        role.Midlight: colours.border,
        role.Mid: colours.border,
        role.Dark: colours.border,
        role.Shadow: colours.border,
    }
    palette = QPalette()
    for name, value in table.items():
        palette.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.muted))
    return palette
