"""The user guide: pages with pictures that come with the app. Imports ui only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from assistant.ui.dialogs.room import open_at

GUIDE = "guide/guide.md"
_PICTURE_WIDTH = 660
_BESIDE_PICTURES = 280
"""What chapters and margins take of the dialog's width."""


class _Pages(QTextBrowser):
    """Shows pictures as wide as the page."""

    picture_width = _PICTURE_WIDTH

    def loadResource(self, type: int, name: QUrl | str) -> object:
        kind, name = type, QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        image = QImage(self.document().baseUrl().resolved(name).toLocalFile())
        smooth = Qt.TransformationMode.SmoothTransformation
        if image.isNull():
            return image
        ratio = self.devicePixelRatioF()
        image = image.scaledToWidth(round(self.picture_width * ratio), smooth)
        image.setDevicePixelRatio(ratio)
        return image


class GuideDialog(QDialog):
    """Shows the guide beside its chapters."""

    def __init__(self, resources: Path, parent: QWidget | None = None) -> None:
        """Read the guide in ``resources``; a missing one is said."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("使用手册"))
        open_at(self, 940, 680)
        path = resources / GUIDE
        self.text = _Pages()
        self.text.picture_width = min(_PICTURE_WIDTH, self.width() - _BESIDE_PICTURES)
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(self.tr("使用手册"))
        self.text.document().setBaseUrl(QUrl.fromLocalFile(f"{path.parent}/"))
        self.text.document().setDocumentMargin(20)
        self.text.setMarkdown(_read(path) or self.tr("没有找到使用手册。"))
        self.chapters = QListWidget()
        self.chapters.setAccessibleName(self.tr("目录"))
        self._places = [(block.text(), block.position()) for block in _headings(self.text)]
        self.chapters.addItems([title for title, _ in self._places])
        self.chapters.currentRowChanged.connect(self._on_chapter)
        middle = QSplitter()
        middle.addWidget(self.chapters)
        middle.addWidget(self.text)
        middle.setSizes([200, 740])
        middle.setChildrenCollapsible(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(middle, 1)
        column.addWidget(buttons)

    def _on_chapter(self, row: int) -> None:
        """Bring the chapter's heading to the top."""
        cursor = QTextCursor(self.text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self.text.setTextCursor(cursor)
        cursor.setPosition(self._places[row][1])
        self.text.setTextCursor(cursor)
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + self.text.cursorRect().top())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _headings(text: QTextBrowser) -> list[QTextBlock]:
    block = text.document().begin()
    found: list[QTextBlock] = []
    while block.isValid():
        if block.blockFormat().headingLevel() == 2:
            found.append(block)
        block = block.next()
    return found
