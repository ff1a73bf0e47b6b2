"""The panel for filling: which blank, its length, candidates, own words, joint fills, why.

It shows what it is told and tells what the person wants; the controller does the rest. Imports
records and ui only.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from assistant.records import MAX_UNKNOWN_CHARS, FillResult, SpanFill
from assistant.ui.icons import Icons
from assistant.ui.panels.candidate_list import CandidateList
from assistant.ui.panels.explain_view import ExplainView
from assistant.ui.panels.joint_list import JointList
from assistant.ui.panels.own_word import OwnWord
from assistant.ui.panels.scroll_panel import ScrollPanel, section
from assistant.ui.theme import Colours
from assistant.ui.wording import percent

UNSURE = 0.01
"""If the best candidate is below this, the panel says that it does not know."""


class Idle(Enum):
    """Why the panel has no candidates to show."""

    NO_BLANK = auto()
    ELSEWHERE = auto()
    WAITING = auto()
    MANUAL = auto()
    LOADING = auto()
    NO_MODEL = auto()
    CANCELLED = auto()
    FAILED = auto()


class FillPanel(ScrollPanel):
    """Everything about the blank in question."""

    chosen = Signal(int)
    """Index of the candidate to fill in."""
    previewed = Signal(int)
    """Index of the candidate to show in grey; −1 for none."""
    joint_chosen = Signal(int)
    joint_previewed = Signal(int)
    length_chosen = Signal(object)
    """Number of characters, or None for automatic."""
    word_asked = Signal(str)
    word_accepted = Signal(str)
    explanation_asked = Signal()
    run_requested = Signal()
    sample_requested = Signal()
    model_requested = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        """Make the panel in its empty state."""
        super().__init__(parent)
        self._icons = icons
        self._idle: Idle | None = Idle.NO_BLANK
        self._number, self._blanks, self._word = 1, 0, ""
        self._fill: SpanFill | None = None
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self._length_caption = QLabel()
        self.length_box = QComboBox()
        self.length_box.currentIndexChanged.connect(self._on_length_changed)
        self.length_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._length_caption.setBuddy(self.length_box)
        self.run_button = QToolButton()
        self.run_button.clicked.connect(self.run_requested)
        self.copy_button = QToolButton()
        self.copy_button.clicked.connect(self._on_copy)
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "muted")
        self.empty_button = QPushButton()
        self.empty_button.clicked.connect(self._on_empty_button)
        self.unsure = QLabel()
        self.unsure.setWordWrap(True)
        self.unsure.setProperty("role", "muted")
        self.candidates = CandidateList()
        self.own_word = OwnWord()
        self.joint = JointList()
        self.why = ExplainView()
        self._build()
        self._connect()
        self._retranslate()

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self.candidates.set_colours(colours)
        self.why.set_colours(colours)
        self.run_button.setIcon(self._icons.action("refresh", colours))
        self.copy_button.setIcon(self._icons.action("copy", colours))

    def set_length(self, length: int | None) -> None:
        """Show the chosen length without telling it."""
        self.length_box.blockSignals(True)
        self.length_box.setCurrentIndex(length or 0)
        self.length_box.blockSignals(False)

    def show_place(self, number: int, blanks: int, word: str = "") -> None:
        """Say which blank is in question, or which selected word."""
        self._number, self._blanks, self._word = number, blanks, word
        self._update_title()

    def show_idle(self, why: Idle) -> None:
        """Show no candidates, and say why."""
        if why is not Idle.WAITING or self._fill is None:
            self._clear_result()
        self._idle = why
        self._update()

    def show_fill(self, fill: SpanFill, result: FillResult) -> None:
        """Show the candidates of one span of ``result``."""
        if self._fill != fill:
            self.own_word.show_answer(None)
            self.why.clear()
        self._idle, self._fill = None, fill
        self.candidates.offer(fill.candidates)
        self.joint.offer(result.joint)
        own = next((scored for scored in fill.scored if scored.text == self._word), None)
        self.own_word.show_selected(own)
        self._update()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title, 1)
        for widget in (self._length_caption, self.length_box, self.run_button, self.copy_button):
            head.addWidget(widget)
        column = self.column
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.candidates)
        column.addWidget(self.unsure)
        self._sections = [section(part) for part in (self.joint, self.own_word, self.why)]
        for part in self._sections:
            column.addWidget(part)
        column.addStretch(1)

    def _connect(self) -> None:
        self.candidates.chosen.connect(self.chosen)
        self.candidates.previewed.connect(self.previewed)
        self.joint.chosen.connect(self.joint_chosen)
        self.joint.previewed.connect(self.joint_previewed)
        self.own_word.asked.connect(self.word_asked)
        self.own_word.accepted.connect(self.word_accepted)
        self.why.asked.connect(self.explanation_asked)

    def _retranslate(self) -> None:
        index = max(0, self.length_box.currentIndex())
        self.length_box.blockSignals(True)
        self.length_box.clear()
        self.length_box.addItem(self.tr("自动"), None)
        for length in range(1, MAX_UNKNOWN_CHARS + 1):
            self.length_box.addItem(self.tr("{n} 字").format(n=length), length)
        self.length_box.setCurrentIndex(index)
        self.length_box.blockSignals(False)
        self._length_caption.setText(self.tr("长度"))
        self.length_box.setAccessibleName(self.tr("空的长度"))
        self.length_box.setToolTip(self.tr("一个空填几个字；“自动”让一到四个字的词一起比较"))
        self.run_button.setToolTip(self.tr("重新求填（Ctrl+Enter）"))
        self.run_button.setAccessibleName(self.tr("重新求填"))
        self.copy_button.setToolTip(self.tr("复制候选词"))
        self.copy_button.setAccessibleName(self.tr("复制候选词"))
        self.unsure.setText(self.tr("此处没有把握，换个长度？"))
        self.setAccessibleName(self.tr("填空栏"))
        self._update_title()
        self._update()

    def _update_title(self) -> None:
        if self._word:
            self.title.setText(self.tr("选中“{word}”").format(word=self._word))
        elif self._blanks:
            self.title.setText(
                self.tr("第 {n} 空 / 共 {m} 空").format(n=self._number, m=self._blanks)
            )
        else:
            self.title.setText(self.tr("填空"))

    def _update(self) -> None:
        fill = self._fill
        waiting = self._idle is Idle.WAITING and fill is not None
        showing = fill is not None and (self._idle is None or waiting)
        self.candidates.setVisible(showing)
        for part in (self.candidates, *self._sections):
            part.setEnabled(not waiting)
        self.copy_button.setEnabled(showing)
        for part in self._sections[1:]:
            part.setVisible(showing)
        self._sections[0].setVisible(showing and not self.joint.isHidden())
        best = fill.candidates[0].confidence if fill and fill.candidates else 0.0
        self.unsure.setVisible(showing and best < UNSURE)
        self.empty.setVisible(not showing)
        self.empty.setText(self._empty_text())
        button = self._empty_button_text()
        self.empty_button.setVisible(not showing and bool(button))
        self.empty_button.setText(button)

    def _empty_text(self) -> str:
        texts = {
            Idle.NO_BLANK: self.tr("选中一个词按 Ctrl+M，或输入 [MASK]。"),
            Idle.ELSEWHERE: self.tr("把光标移到一个空里，或按 Alt+↓ 到下一空。"),
            Idle.WAITING: self.tr("正在求填…"),
            Idle.MANUAL: self.tr("按 Ctrl+Enter 求填。"),
            Idle.LOADING: self.tr("模型加载中，好了就填。"),
            Idle.NO_MODEL: self.tr("未找到可用的模型，编辑和保存不受影响。"),
            Idle.CANCELLED: self.tr("已取消。按 Ctrl+Enter 重新求填。"),
            Idle.FAILED: self.tr("没有填出来，原因见上方消息。"),
        }
        return texts[self._idle] if self._idle is not None else ""

    def _empty_button_text(self) -> str:
        if self._idle is Idle.NO_BLANK:
            return self.tr("载入示例")
        if self._idle is Idle.NO_MODEL:
            return self.tr("重新加载模型")
        return ""

    def _clear_result(self) -> None:
        self._fill = None
        self.candidates.offer(())
        self.joint.offer(())
        self.own_word.show_selected(None)
        self.own_word.show_answer(None)
        self.why.clear()

    def _on_length_changed(self, index: int) -> None:
        self.length_chosen.emit(self.length_box.itemData(index))

    def _on_empty_button(self) -> None:
        if self._idle is Idle.NO_MODEL:
            self.model_requested.emit()
        else:
            self.sample_requested.emit()

    def _on_copy(self) -> None:
        if self._fill is not None:
            lines = [f"{c.text}\t{percent(c.confidence)}" for c in self._fill.candidates]
            QGuiApplication.clipboard().setText("\n".join(lines))
