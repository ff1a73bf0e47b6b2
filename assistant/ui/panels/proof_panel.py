"""The 校对 tab: the mistakes found, what was meant, and what to do about each.

It shows what it is told and tells what the person wants; the controller does the rest. Imports
records, services' records and ui only.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from assistant.errors import BubaiError
from assistant.ui.icons import Icons
from assistant.ui.panels.mistake_card import MistakeCard
from assistant.ui.panels.mistake_list import MistakeList
from assistant.ui.panels.note import Note
from assistant.ui.panels.panel_head import PanelHead
from assistant.ui.panels.progress_line import ProgressLine
from assistant.ui.panels.scroll_panel import ScrollPanel, section
from assistant.ui.proof.book import MistakeBook
from assistant.ui.theme import Colours


class ProofIdle(Enum):
    """Why the panel has no list to show."""

    EMPTY = auto()
    WORKING = auto()
    CANCELLED = auto()


class ProofPanel(ScrollPanel):
    """Everything about the mistakes of the text."""

    retry_requested = Signal()
    mistake_chosen = Signal(int)
    """Index in the book: go there."""
    correction_chosen = Signal(int, str)
    """Index in the book, and what is to stand there."""
    ignore_requested = Signal(int)
    """Index in the book."""
    ignored_words_requested = Signal()
    entered = Signal()
    """Go on writing there."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        """Make the panel in its empty state."""
        super().__init__(parent)
        self._book = MistakeBook()
        self._current = -1
        self._is_done = False
        self.head = PanelHead(icons)
        self.note = Note()
        self.progress = ProgressLine()
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.card = MistakeCard()
        self.list = MistakeList()
        self.words_button = QPushButton()
        self._build()
        self._connect()
        self._retranslate()
        self.show_idle(ProofIdle.EMPTY)

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self.head.set_colours(colours)

    def show_idle(self, why: ProofIdle) -> None:
        """Say why nothing is listed; what was found so far stays."""
        self._is_done = False
        if why is ProofIdle.EMPTY:
            self.show_book(MistakeBook())
        self.progress.end()
        words = {
            ProofIdle.EMPTY: lambda: self.tr("写几句中文，疑似的错字就列在这里。诗句不校对。"),
            ProofIdle.WORKING: lambda: self.tr("正在校对…"),
            ProofIdle.CANCELLED: lambda: self.tr("已取消。按 ⟳ 重新校对。"),
        }
        self.note.say(words[why])
        self._update()

    def show_working(self) -> None:
        """Show that a list is on its way; one that is on show stays."""
        self.note.clear()
        self.progress.begin()

    def show_error(self, error: BubaiError) -> None:
        """Say what went wrong instead of a list."""
        self._is_done = False
        self.show_book(MistakeBook())
        self.progress.end()
        self.note.tell(error, self.retry_requested.emit)
        self._update()

    def show_done(self) -> None:
        """Say that the list is complete."""
        self._is_done = True
        self.progress.end()
        self.note.clear()
        self._update()

    def show_book(self, book: MistakeBook) -> None:
        """List the mistakes of ``book``."""
        self._book = book
        self.list.show_book(book)
        self.show_current(self._current if self._current < len(book) else -1)

    def show_current(self, index: int) -> None:
        """Show the mistake at the caret; −1 for none."""
        self._current = index
        self.list.show_current(index)
        if index >= 0:
            self.card.show_mistake(self._book.placed(index))
        self._update()

    def _build(self) -> None:
        column = self.column
        for part in (self.head, self.note, self.progress, self.summary, self.list):
            column.addWidget(part)
        column.setStretchFactor(self.list, 1)
        self._section = section(self.card)
        column.addWidget(self._section)
        column.addWidget(self.words_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(0)

    def _connect(self) -> None:
        self.head.copy_requested.connect(self._on_copy)
        self.list.chosen.connect(self.mistake_chosen)
        self.list.entered.connect(self.entered)
        self.card.correction_chosen.connect(
            lambda word: self.correction_chosen.emit(self._current, word)
        )
        self.card.ignore_requested.connect(lambda: self.ignore_requested.emit(self._current))
        self.words_button.clicked.connect(self.ignored_words_requested)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("校对栏"))
        self.head.title.setText(self.tr("校对"))
        self.words_button.setText(self.tr("忽略的词…"))
        self.words_button.setToolTip(self.tr("人名、术语等不再提示的词"))
        self._update()

    def _update(self) -> None:
        count = len(self._book)
        self.summary.setVisible(self._is_done or count > 0)
        self.summary.setText(
            self.tr("发现 {n} 处疑似错字").format(n=count) if count else self.tr("没有发现错字。")
        )
        self.list.setVisible(count > 0)
        self.head.copy_button.setEnabled(count > 0)
        self._section.setVisible(0 <= self._current < count)

    def _on_copy(self) -> None:
        rows = (self._book.placed(i) for i in range(len(self._book)))
        lines = (
            "\t".join(
                (f"{r.before}【{r.mistake.found}】{r.after}", " ".join(r.mistake.suggestions))
            )
            for r in rows
        )
        QGuiApplication.clipboard().setText("\n".join(lines))
