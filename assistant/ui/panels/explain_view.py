"""Why a word stands where it stands: votes of the context, and the top candidates compared.

Imports records and ui only.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from assistant.records import CharacterVote, Explanation
from assistant.ui.panels.effect_strip import SLIGHT, Cell, EffectStrip, signed
from assistant.ui.theme import LIGHT, Colours

_COLUMNS = 7
"""How many of the strongest characters the table compares."""
_NAMED = 3
"""How many characters the sentence names on each side."""


class ExplainView(QWidget):
    """A button that asks why, and the answer."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the view without an answer."""
        super().__init__(parent)
        self._colours = LIGHT
        self._explanation: Explanation | None = None
        self._waiting = False
        self.button = QPushButton()
        self.button.clicked.connect(self._on_clicked)
        self.word_box = QComboBox()
        self.word_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.word_box.currentIndexChanged.connect(self._on_word_changed)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.strip = EffectStrip()
        self._table_caption = QLabel()
        self._table_caption.setProperty("role", "muted")
        self._table_caption.setWordWrap(True)
        self.table = QTableWidget()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setTabKeyNavigation(False)
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addWidget(self.word_box)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        for widget in (self.sentence, self.strip, self._table_caption, self.table):
            column.addWidget(widget)
        self._retranslate()
        self.clear()

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        self.strip.set_colours(colours)
        self._fill_table()

    def clear(self) -> None:
        """Forget the answer."""
        self._explanation = None
        self._waiting = False
        self._update()

    def wait(self) -> None:
        """Show that the answer is being worked out."""
        self._waiting = True
        self._explanation = None
        self._update()

    def show_answer(self, explanation: Explanation) -> None:
        """Show ``explanation``."""
        self._waiting = False
        self._explanation = explanation if explanation.words else None
        self.word_box.blockSignals(True)
        self.word_box.clear()
        self.word_box.addItems([word.text for word in explanation.words])
        self.word_box.blockSignals(False)
        self._update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.button.setToolTip(self.tr("逐字遮住上下文，看每个字怎样改变这个词的概率"))
        self.word_box.setAccessibleName(self.tr("解释哪个词"))
        self.word_box.setToolTip(self.tr("解释哪个词"))
        self._table_caption.setText(
            self.tr("几个候选词的比较：＋ 支持，− 反对（遮住该字后 ln 概率的变化）")
        )
        self.table.setAccessibleName(self.tr("候选词与上下文各字的比较"))
        self._update()

    def _on_clicked(self) -> None:
        # Not disabled meanwhile: Qt would move the focus out of the panel.
        if not self._waiting:
            self.asked.emit()

    def _update(self) -> None:
        has_answer = self._explanation is not None
        self.button.setText(self.tr("正在分析…") if self._waiting else self.tr("为什么？"))
        for widget in (self.word_box, self.sentence, self.strip, self._table_caption, self.table):
            widget.setVisible(has_answer)
        if has_answer:
            self._fill_table()
            self._on_word_changed(max(0, self.word_box.currentIndex()))

    def _on_word_changed(self, index: int) -> None:
        explanation = self._explanation
        if explanation is None or not 0 <= index < len(explanation.words):
            return
        name = self.tr("上下文对“{word}”的作用").format(word=explanation.words[index].text)
        self.strip.show_cells(_cells(explanation, index), name)
        self.sentence.setText(self._say(explanation, index))

    def _say(self, explanation: Explanation, index: int) -> str:
        word = explanation.words[index].text
        votes = sorted(explanation.votes, key=lambda vote: -vote.effects[index])
        best = [v for v in votes if v.effects[index] >= SLIGHT][:_NAMED]
        worst = [v for v in reversed(votes) if v.effects[index] <= -SLIGHT][:_NAMED]
        parts = []
        if best:
            parts.append(
                self.tr("最支持“{word}”的字：{characters}。").format(
                    word=word, characters=_named(best, index)
                )
            )
        if worst:
            parts.append(
                self.tr("最不支持的字：{characters}。").format(characters=_named(worst, index))
            )
        return " ".join(parts) or self.tr("没有哪个字单独起作用。")

    def _fill_table(self) -> None:
        explanation = self._explanation
        if explanation is None:
            return
        votes = _strongest(explanation)
        table = self.table
        table.setRowCount(len(explanation.words))
        table.setColumnCount(len(votes))
        table.setHorizontalHeaderLabels([vote.character for vote in votes])
        table.setVerticalHeaderLabels([word.text for word in explanation.words])
        largest = max([abs(e) for v in votes for e in v.effects] + [0.5])
        for column, vote in enumerate(votes):
            for row, effect in enumerate(vote.effects):
                table.setItem(row, column, self._cell(effect, largest))
        header = table.horizontalHeader()
        header.setSectionResizeMode(header.ResizeMode.Stretch)
        header.setMinimumSectionSize(20)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
        table.verticalHeader().setSectionResizeMode(header.ResizeMode.Fixed)
        rows = table.verticalHeader().length() + header.sizeHint().height()
        table.setFixedHeight(rows + 2)

    def _cell(self, effect: float, largest: float) -> QTableWidgetItem:
        item = QTableWidgetItem(signed(effect))
        item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        colours = self._colours
        tint = QColor(colours.speaks_for if effect > 0 else colours.speaks_against)
        tint.setAlphaF(0.42 * min(1.0, abs(effect) / largest))
        item.setBackground(tint)
        item.setForeground(QColor(colours.text))
        return item


def _cells(explanation: Explanation, index: int) -> list[Cell]:
    """Return the context in text order, the blank with one of the explained words in it."""
    span, votes = explanation.span, explanation.votes
    before = [Cell(v.character, v.effects[index]) for v in votes if v.start_char < span.start_char]
    after = [Cell(v.character, v.effects[index]) for v in votes if v.start_char >= span.end_char]
    return [*before, Cell(explanation.words[index].text, None, is_subject=True), *after]


def _strongest(explanation: Explanation) -> list[CharacterVote]:
    """Return the characters that tell the words apart most, in text order."""
    ranked = sorted(
        explanation.votes, key=lambda vote: -max((abs(e) for e in vote.effects), default=0.0)
    )
    return sorted(ranked[:_COLUMNS], key=lambda vote: vote.start_char)


def _named(votes: list[CharacterVote], index: int) -> str:
    return "、".join(f"{v.character} {signed(v.effects[index])}" for v in votes)
