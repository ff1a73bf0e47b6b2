"""The 情感 tab: the verdict, the curve, the sentences, and why.

It shows what it is told and tells what the person wants; the controller does the rest. Imports
records, services' records and ui only.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QWidget

from assistant.errors import BubaiError
from assistant.records import TextSentiment
from assistant.services.scope import Scope
from assistant.ui.icons import Icons
from assistant.ui.mood.book import SentenceBook
from assistant.ui.panels.mood_curve import MoodCurve
from assistant.ui.panels.mood_filter import MoodFilter
from assistant.ui.panels.note import Note
from assistant.ui.panels.panel_head import PanelHead
from assistant.ui.panels.progress_line import ProgressLine
from assistant.ui.panels.scroll_panel import ScrollPanel, section
from assistant.ui.panels.sentence_card import SentenceCard
from assistant.ui.panels.sentence_list import ReadText, SentenceList
from assistant.ui.panels.verdict_row import VerdictRow
from assistant.ui.theme import Colours
from assistant.ui.wording import percent

_LEAST_ROWS = 5
_MOST_ROOM = 1000
"""Stretch of the list: what is over goes to it, and below everything only without it."""


class Idle(Enum):
    """Why the panel has no verdict to show."""

    EMPTY = auto()
    CANCELLED = auto()


class SentimentPanel(ScrollPanel):
    """Everything about the mood of the text."""

    retry_requested = Signal()
    marks_wanted = Signal(bool)
    sentence_chosen = Signal(int)
    """Index in the book: go there."""
    entered = Signal()
    """Go on writing there."""

    def __init__(self, icons: Icons, read_text: ReadText, parent: QWidget | None = None) -> None:
        """Make the panel in its empty state."""
        super().__init__(parent)
        self._book = SentenceBook()
        self._current = -1
        self._has_verdict = False
        self.head = PanelHead(icons)
        self.note = Note()
        self.verdict = VerdictRow()
        self.curve = MoodCurve()
        self.progress = ProgressLine()
        self.filter = MoodFilter()
        self.marks_box = QCheckBox()
        self.marks_box.setChecked(True)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.list = SentenceList(read_text)
        self.card = SentenceCard()
        self._build()
        self._connect()
        self._retranslate()
        self.show_idle(Idle.EMPTY)

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        for part in (self.head, self.verdict, self.curve, self.list, self.card):
            part.set_colours(colours)

    def show_idle(self, why: Idle) -> None:
        """Show no verdict, and say why; the sentences found so far stay."""
        if why is Idle.EMPTY:
            self.show_book(SentenceBook(), 0, 1)
        self._has_verdict = False
        self.progress.end()
        words = {
            Idle.EMPTY: lambda: self.tr("写几句中文，光标所在句和全文的情感就显示在这里。"),
            Idle.CANCELLED: lambda: self.tr("已取消。按 ⟳ 重新分析。"),
        }
        self.note.say(words[why])
        self._update()

    def show_working(self) -> None:
        """Show that a verdict is on its way; one that is on show stays."""
        self.note.clear()
        self.progress.begin()

    def show_error(self, error: BubaiError) -> None:
        """Say what went wrong instead of a verdict."""
        self._has_verdict = False
        self.show_book(SentenceBook(), 0, 1)
        self.progress.end()
        self.note.tell(error, self.retry_requested.emit)
        self._update()

    def show_verdict(self, verdict: TextSentiment) -> None:
        """Show the verdict on the whole of what was judged."""
        self._has_verdict = True
        self.progress.end()
        self.note.clear()
        self.verdict.show_verdict(verdict.polarity, verdict.confidence, verdict.lean)
        self._update()

    def show_book(self, book: SentenceBook, first_utf16: int, last_utf16: int) -> None:
        """Show sentences; the curve is the text between the two positions."""
        self._book = book
        self.curve.show_book(book, first_utf16, last_utf16)
        self.filter.show_book(book)
        self._fit_line()
        self.list.show_book(book, self.filter.polarity)
        current, self._current = self._current, -2
        self.show_current(current if current < len(book) else -1)

    def show_current(self, index: int) -> None:
        """Show the sentence at the caret; −1 for none."""
        self.curve.show_current(index)
        self.list.show_current(index)
        if index != self._current:
            self._current = index
            if index >= 0:
                verdict = self._book.placed(index).verdict
                self.card.show_sentence(verdict, index + 1, len(self._book))
            self._update()

    def set_stale(self, stale: bool) -> None:
        """Say whether the text has changed since the verdict."""
        self.verdict.set_stale(stale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_line()

    def _fit_line(self) -> None:
        """Put the tick box below the counts where both have no room beside each other."""
        parts, margins = (self.filter, self.marks_box), self.column.contentsMargins()
        needed = sum(part.sizeHint().width() for part in parts) + self._line.spacing()
        room = self.viewport().width() - margins.left() - margins.right()
        beside = needed <= room
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._line.setStretch(0, int(beside))

    def _build(self) -> None:
        column = self.column
        for part in (self.head, self.note, self.verdict, self.progress, self.curve):
            column.addWidget(part)
        self._line.addWidget(self.filter)
        self._line.addWidget(self.marks_box)
        column.addLayout(self._line)
        self.list.setMinimumHeight(_LEAST_ROWS * self.list.row_height)
        column.addWidget(self.list, _MOST_ROOM)
        self._section = section(self.card)
        column.addWidget(self._section)
        column.addStretch(1)

    def _connect(self) -> None:
        self.marks_box.toggled.connect(self.marks_wanted)
        self.head.copy_requested.connect(self._on_copy)
        self.filter.chosen.connect(self._on_filter)
        self.curve.described.connect(lambda index: self.curve.show_tip(self.list.describe(index)))
        for part in (self.curve, self.list):
            part.sentence_chosen.connect(self.sentence_chosen)
        self.list.entered.connect(self.entered)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("情感栏"))
        self.head.title.setText(self.tr("情感"))
        self.marks_box.setText(self.tr("在文中标出"))
        self.marks_box.setToolTip(self.tr("正面句下画直线，负面句下画波浪线，中性句下画点线"))
        self.curve.setAccessibleName(self.tr("情感曲线"))
        self.curve.setToolTip(self.tr("单击到那一句；左右方向键逐句移动"))
        self._fit_line()
        self._update()

    def _update(self) -> None:
        several = self.head.scope is not Scope.SENTENCE and len(self._book) > 0
        self.verdict.setVisible(self._has_verdict)
        self.head.copy_button.setEnabled(len(self._book) > 0)
        for part in (self.curve, self.filter, self.marks_box, self.list):
            part.setVisible(several)
        self._section.setVisible(0 <= self._current < len(self._book))
        self.card.show_verdict(shown=self.head.scope is not Scope.SENTENCE)
        self.curve.setAccessibleDescription(self._describe())

    def _describe(self) -> str:
        if not 0 <= self._current < len(self._book):
            return self.tr("共 {n} 句").format(n=len(self._book))
        return self.tr("共 {n} 句，光标在第 {k} 句：{verdict}").format(
            n=len(self._book), k=self._current + 1, verdict=self.card.verdict.words()
        )

    def _on_filter(self) -> None:
        self.list.show_book(self._book, self.filter.polarity)
        self.list.show_current(self._current)

    def _on_copy(self) -> None:
        lines = [
            "\t".join((self._book.polarity(i).value, percent(self._book.confidence(i)),
                       self.list.text(i)))
            for i in range(len(self._book))
        ]  # fmt: skip
        QGuiApplication.clipboard().setText("\n".join(lines))
