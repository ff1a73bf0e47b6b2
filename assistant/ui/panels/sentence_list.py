"""The sentences with their verdicts as a list that holds only the rows on show.

Not a view with a model of ours: a QListView asks for the place of each of 15,000 rows (60 ms), and
every question of a view to a model in Python waits for the interpreter, which the analysis keeps
busy. Here Qt paints rows that are filled before. Imports ui only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollBar, QWidget

from assistant.records import Polarity
from assistant.ui.mood.book import SentenceBook
from assistant.ui.mood.look import LIKELY, SIGNS, SURE, polarity_colour, polarity_word
from assistant.ui.panels.row_table import Row, RowTable
from assistant.ui.theme import LIGHT, Colours
from assistant.ui.wording import confidence_word, percent

_LONGEST = 80
"""Characters of a sentence shown in its row."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}

ReadText = Callable[[int, int], str]
"""The text between two positions of the document, in UTF-16 units."""


class SentenceList(QFrame):
    """Rows of sentences; moving to a row goes there in the text."""

    sentence_chosen = Signal(int)
    """Index in the book."""
    entered = Signal()
    """Enter: the person wants to go on writing there."""

    def __init__(self, read_text: ReadText, parent: QWidget | None = None) -> None:
        """Make an empty list; ``read_text`` is asked for the rows on show."""
        super().__init__(parent)
        self.setObjectName("sentences")
        self._read_text = read_text
        self._book = SentenceBook()
        self._polarity: Polarity | None = None
        self._rows = self._book.of(None)
        self._current = -1
        self._colours = LIGHT
        self.table = RowTable()
        self.bar = QScrollBar(Qt.Orientation.Vertical)
        line = QHBoxLayout(self)
        line.setContentsMargins(1, 1, 1, 1)
        line.setSpacing(0)
        line.addWidget(self.table, 1)
        line.addWidget(self.bar)
        self.table.cellClicked.connect(lambda row, _column: self._choose(self._top + row))
        self.table.cellDoubleClicked.connect(lambda _row, _column: self.entered.emit())
        self.bar.valueChanged.connect(self._fill)
        self.setFocusProxy(self.table)
        self._fit()

    @property
    def count(self) -> int:
        """How many sentences the list has, on show or not."""
        return len(self._rows)

    @property
    def row_height(self) -> int:
        """Height of a row in pixels."""
        return self.table.row_height

    @property
    def selected(self) -> int:
        """The sentence whose row is selected, or −1."""
        return self._current if self._row_of(self._current) >= 0 else -1

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        self._fill()

    def show_book(self, book: SentenceBook, polarity: Polarity | None) -> None:
        """Show the sentences of ``book`` (of one verdict); what was scrolled to stays."""
        self._book, self._polarity = book, polarity
        self._rows = book.of(polarity)
        self._set_range()
        self._fill()

    def show_current(self, sentence: int) -> None:
        """Select the row of a sentence, or none for −1, without telling it."""
        self._current = sentence
        row = self._row_of(sentence)
        if row >= 0:
            last = self._top + self.table.whole_rows - 1
            if row < self._top or row > last:
                self.bar.setValue(row if row < self._top else row - self.table.whole_rows + 1)
        self._select()

    def text(self, sentence: int, longest: int | None = None) -> str:
        """Return a sentence as it stands in the document, at most ``longest`` units of it."""
        start, end = self._book.range(sentence)
        return self._read_text(start, end if longest is None else min(end, start + longest))

    def describe(self, sentence: int) -> str:
        """Return a sentence and its verdict in words."""
        chance = self._book.confidence(sentence)
        polarity = self._book.polarity(sentence)
        return self.tr("{sign} {verdict} {chance}（{sureness}）\n{text}").format(
            sign=SIGNS[polarity], verdict=polarity_word(polarity), chance=percent(chance),
            sureness=confidence_word(chance, SURE, LIKELY), text=self._short(sentence),
        )  # fmt: skip

    def sizeHint(self) -> QSize:
        """Ask for no more than the least: the panel gives what is left, before it scrolls."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here = Qt.Key(event.key()), max(0, self._row_of(self._current))
        page = self.table.whole_rows
        steps = _STEPS | {Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key in steps:
            self._choose(here + steps[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose(0 if key == Qt.Key.Key_Home else self.count - 1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.bar.event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.make_rows(self.height())
        self._set_range()
        self._fill()
        self.show_current(self._current)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange,
                            QEvent.Type.StyleChange) and hasattr(self, "bar"):  # fmt: skip
            self._fit()

    @property
    def _top(self) -> int:
        return self.bar.value()

    def _fit(self) -> None:
        self.table.setAccessibleName(self.tr("各句的情感"))
        self.table.fit()
        self.table.make_rows(self.height())
        self._set_range()
        self._fill()

    def _set_range(self) -> None:
        """Fit the scroll bar to the rows; :meth:`_fill` has to follow."""
        with QSignalBlocker(self.bar):
            self.bar.setPageStep(self.table.whole_rows)
            self.bar.setRange(0, max(0, self.count - self.table.whole_rows))
        self.bar.setVisible(self.bar.maximum() > 0)

    def _fill(self) -> None:
        for row in range(self.table.rowCount()):
            place = self._top + row
            shown = self._row(self._rows[place]) if place < self.count else None
            self.table.show_row(row, shown)
        self._select()

    def _row(self, sentence: int) -> Row:
        book, colours = self._book, self._colours
        polarity = book.polarity(sentence)
        return Row(
            SIGNS[polarity], polarity_word(polarity), polarity_colour(polarity, colours),
            self._short(sentence), colours.muted if book.outdated[sentence] else colours.text,
            book.confidence(sentence), colours.muted,
        )  # fmt: skip

    def _short(self, sentence: int) -> str:
        text = self.text(sentence, 2 * _LONGEST)
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def _row_of(self, sentence: int) -> int:
        """Return the place of a sentence in the list, or −1."""
        row = bisect_left(self._rows, sentence)
        return row if row < self.count and self._rows[row] == sentence else -1

    def _select(self) -> None:
        place = self._row_of(self._current)
        row = place - self._top
        self.table.select(row if place >= 0 and 0 <= row < self.table.rowCount() else -1)

    def _choose(self, place: int) -> None:
        if self.count:
            self.sentence_chosen.emit(self._rows[min(max(0, place), self.count - 1)])
