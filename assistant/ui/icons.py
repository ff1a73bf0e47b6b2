"""Monochrome icons in the colour of the theme, from ``resources/icons``. Imports only theme."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from assistant.ui.theme import Colours

_SIZE = 20
_RATIOS = (1, 2, 3)
_DRAWN_IN = "#000000"


class Icons:
    """Draws the icons of one folder."""

    def __init__(self, folder: Path) -> None:
        """Read icons from ``folder`` when they are asked for."""
        self._folder = folder

    def action(self, name: str, colours: Colours) -> QIcon:
        """Return the icon ``name``, muted when its action is disabled."""
        return _icon(self._folder / f"{name}.svg", colours.text, colours.border)

    def app(self) -> QIcon:
        """Return the icon of the app."""
        return QIcon(str(self._folder / "bubai.svg"))


@cache
def _icon(path: Path, colour: str, disabled: str) -> QIcon:
    icon = QIcon()
    source = path.read_text(encoding="utf-8")
    for mode, stroke in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        renderer = QSvgRenderer(QByteArray(source.replace(_DRAWN_IN, stroke).encode()))
        for ratio in _RATIOS:
            pixmap = QPixmap(_SIZE * ratio, _SIZE * ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, _SIZE * ratio, _SIZE * ratio))
            painter.end()
            pixmap.setDevicePixelRatio(ratio)
            icon.addPixmap(pixmap, mode)
    return icon
