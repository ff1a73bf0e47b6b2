"""The 译文 tab: the sentences of the text beside their translations.

It shows what it is told and tells what the person wants; the controller does the rest. Imports
services' records and ui only.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assistant.errors import BubaiError
from assistant.services.translation import BETTER, FAST
from assistant.ui.icons import Icons
from assistant.ui.panels.note import Note
from assistant.ui.panels.pair_list import PairList
from assistant.ui.panels.panel_head import PanelHead
from assistant.ui.panels.progress_line import ProgressLine
from assistant.ui.theme import Colours
from assistant.ui.translation.book import PairBook


class TranslationIdle(Enum):
    """Why the panel has nothing to show."""

    EMPTY = auto()
    NO_CHINESE = auto()
    CANCELLED = auto()


class TranslationPanel(QWidget):
    """Everything about the translation."""

    beams_chosen = Signal(int)
    retry_requested = Signal()
    export_requested = Signal()
    doubtful_requested = Signal()
    """Go to the next sentence that the model doubts."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        """Make the panel in its empty state."""
        super().__init__(parent)
        self._book = PairBook()
        self._is_done = False
        self.head = PanelHead(icons)
        self.quality_label = QLabel()
        self.quality_box = QComboBox()
        self.quality_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for beams in (FAST, BETTER):
            self.quality_box.addItem("", beams)
        self.quality_label.setBuddy(self.quality_box)
        self.note = Note()
        self.progress = ProgressLine()
        self.list = PairList()
        self.summary = QLabel()
        self.summary.setProperty("role", "muted")
        self.summary.setWordWrap(True)
        self.doubtful_button, self.export_button = QPushButton(), QPushButton()
        self._build()
        self._connect()
        self._retranslate()
        self.show_idle(TranslationIdle.EMPTY)

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self.head.set_colours(colours)
        self.list.set_colours(colours)

    def show_idle(self, why: TranslationIdle) -> None:
        """Say why nothing is translated; when cancelled, what there is stays."""
        self._is_done = False
        if why is not TranslationIdle.CANCELLED:
            self.show_book(PairBook())
        self.progress.end()
        words = {
            TranslationIdle.EMPTY: lambda: self.tr("写几句中文，英文译文就逐句列在这里。"),
            TranslationIdle.NO_CHINESE: lambda: self.tr("没有中文句子。"),
            TranslationIdle.CANCELLED: lambda: self.tr("已取消。按 ⟳ 继续翻译。"),
        }
        self.note.say(words[why])
        self._update()

    def show_error(self, error: BubaiError) -> None:
        """Say what went wrong instead of a list."""
        self._is_done = False
        self.show_book(PairBook())
        self.progress.end()
        self.note.tell(error, self.retry_requested.emit)
        self._update()

    def show_book(self, book: PairBook) -> None:
        """Show the pairs of ``book``, translated or not."""
        self._book = book
        self.note.clear()
        self.list.show_book(book)
        self._update()

    def show_new(self, indices: list[int]) -> None:
        """Show the translations that came in."""
        self.list.refresh(indices)
        self._update()

    def show_done(self, *, done: bool) -> None:
        """Say that the translation is complete, or not any more."""
        self._is_done = done
        if done:
            self.progress.end()
            self.note.clear()
        self._update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        quality = QHBoxLayout()
        quality.setSpacing(6)
        quality.addWidget(self.quality_label)
        quality.addWidget(self.quality_box)
        quality.addStretch(1)
        quality.addWidget(self.export_button)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.doubtful_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(10)
        column.addWidget(self.head)
        column.addLayout(quality)
        column.addWidget(self.note)
        column.addWidget(self.progress)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self._room = QWidget()
        column.addWidget(self._room, 1)

    def _connect(self) -> None:
        self.quality_box.currentIndexChanged.connect(
            lambda index: self.beams_chosen.emit(self.quality_box.itemData(index))
        )
        self.export_button.clicked.connect(self.export_requested)
        self.doubtful_button.clicked.connect(self.doubtful_requested)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("译文栏"))
        self.head.title.setText(self.tr("译文"))
        self.quality_label.setText(self.tr("质量"))
        self.quality_box.setItemText(0, self.tr("快"))
        self.quality_box.setItemText(1, self.tr("更好，较慢"))
        self.quality_box.setAccessibleName(self.tr("翻译质量"))
        self.quality_box.setToolTip(
            self.tr("“快”逐词取最可能的译法；“更好”同时比较四种译法，约慢一倍")
        )
        self.export_button.setText(self.tr("导出…"))
        self.export_button.setToolTip(self.tr("导出为 Word 双语对照、表格、翻译记忆或纯文本"))
        self.doubtful_button.setText(self.tr("下一句存疑"))
        self._update()

    def _update(self) -> None:
        count, doubtful = len(self._book), len(self._book.doubtful)
        self.list.setVisible(count > 0)
        self._room.setVisible(count == 0)
        self.summary.setVisible(count > 0)
        self.doubtful_button.setVisible(doubtful > 0)
        self.head.copy_button.setEnabled(self._is_done and count > 0)
        self.export_button.setEnabled(self._is_done and count > 0)
        if self._is_done:
            words = self.tr("{n} 句，{m} 句存疑（?）") if doubtful else self.tr("{n} 句")
        else:
            words = self.tr("已译 {done} / {n} 句")
        self.summary.setText(
            words.format(n=f"{count:,}", m=f"{doubtful:,}", done=f"{self._book.done:,}")
        )
