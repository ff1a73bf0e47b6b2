"""About, licences, the model's card, the keys: pages of text. Imports ui only."""

from __future__ import annotations

import html
from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from assistant import __version__
from assistant.ui.dialogs.room import open_at, scrolling
from assistant.ui.icons import Icons


class Page(Enum):
    """What the dialog opens at."""

    ABOUT = 0
    LICENCES = 1
    MODEL = 2
    KEYS = 3


class AboutDialog(QDialog):
    """Says what 补白 is, under which licences, and what its model is."""

    def __init__(
        self, icons: Icons, resources: Path, model_folder: Path,
        keys: Sequence[tuple[str, str]], page: Page, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Read the texts from ``resources`` and ``model_folder``; ``keys`` are (words, key)."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("关于补白"))
        open_at(self, 680, 520)
        self.tabs = QTabWidget()
        self.tabs.addTab(scrolling(self._about(icons)), self.tr("关于"))
        licence = [read_text(resources, name) for name in ("LICENSE", "NOTICE")]
        self.tabs.addTab(
            self._text("\n\n".join(part for part in licence if part), markdown=False),
            self.tr("许可"),
        )
        card = read_text(model_folder, "MODEL_CARD.md") or read_text(resources, "MODEL_CARD.md")
        self.tabs.addTab(self._text(card, markdown=True), self.tr("模型"))
        self.tabs.addTab(self._keys(keys), self.tr("快捷键"))
        for index in range(1, self.tabs.count()):
            if (page_widget := self.tabs.widget(index)) is not None:
                page_widget.setAccessibleName(self.tabs.tabText(index))
        self.tabs.setCurrentIndex(page.value)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.tabs)
        column.addWidget(buttons)

    def _about(self, icons: Icons) -> QWidget:
        page = QWidget()
        picture = QLabel()
        picture.setPixmap(icons.app().pixmap(96, 96))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        title = QLabel(self.tr("补白 Bubai"))
        title.setProperty("role", "title")
        text = QLabel(
            self.tr(
                "版本 {version}\n\n"
                "离线的中文写作助手：在写作时填空、比较词语、说明理由。\n\n"
                "它不打开任何网络连接，写下的文字不会离开这台电脑。\n\n"
                "候选词来自一个小模型，所示概率不等于正确率，请自己判断。"
            ).format(version=__version__)
        )
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.addWidget(title)
        words.addWidget(text)
        words.addStretch(1)
        line = QHBoxLayout(page)
        line.setContentsMargins(24, 24, 24, 24)
        line.setSpacing(24)
        line.addWidget(picture)
        line.addLayout(words, 1)
        return page

    def _keys(self, keys: Sequence[tuple[str, str]]) -> QTextBrowser:
        view = QTextBrowser()
        rows = "".join(
            f"<tr><td style='padding:3px 28px 3px 6px'>{html.escape(words)}</td>"
            f"<td style='padding:3px'><b>{html.escape(key)}</b></td></tr>"
            for words, key in keys
        )
        view.setHtml(f"<table>{rows}</table>")
        return view

    def _text(self, text: str, *, markdown: bool) -> QTextBrowser:
        view = QTextBrowser()
        view.setOpenLinks(False)
        shown = text or self.tr("没有找到这份文件。")
        if markdown:
            view.setMarkdown(shown)
        else:
            view.setPlainText(shown)
        return view


def read_text(folder: Path, name: str) -> str:
    """Return a text file of ``folder`` or of those of the app; empty if there is none."""
    above = folder.parent
    for place in (folder / name, above / name, above / "licences" / name):
        try:
            return place.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
    return ""
