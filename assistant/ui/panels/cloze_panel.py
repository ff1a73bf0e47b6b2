"""The 出题 tab: how to make an exercise, what came of it, and the card of one gap.

It shows what it is told and tells what the teacher wants. Imports cloze/ and ui.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from assistant.cloze.bank import BankCheck
from assistant.cloze.exercise import Exercise, Kind
from assistant.ui.cloze.examples import EXAMPLES, example_word
from assistant.ui.cloze.gap_card import GapCard
from assistant.ui.cloze.options_form import OptionsForm
from assistant.ui.cloze.summary import bank_words, summary
from assistant.ui.icons import Icons
from assistant.ui.panels.progress_line import move_bar
from assistant.ui.panels.scroll_panel import ScrollPanel, line, section
from assistant.ui.theme import Colours


class ClozePanel(ScrollPanel):
    """Everything about the exercise but its text."""

    make_requested = Signal()
    reshuffle_requested = Signal()
    cancel_requested = Signal()
    sheet_shown = Signal(bool)
    """Show the exercise (True) or the text (False)."""
    answers_shown = Signal(bool)
    add_requested = Signal()
    undo_requested = Signal()
    export_requested = Signal()
    print_requested = Signal()
    student_requested = Signal()
    example_chosen = Signal(object)
    """Example to show."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        """Make the panel without an exercise."""
        super().__init__(parent)
        self._icons = icons
        self._exercise: Exercise | None = None
        self._bank: BankCheck | None = None
        self._with_model = True
        self._scope = (0, False)
        self.text_button, self.sheet_button = QPushButton(), QPushButton()
        for button in (self.text_button, self.sheet_button):
            button.setCheckable(True)
            button.setAutoExclusive(True)
        self.text_button.setChecked(True)
        self.undo_button = QToolButton()
        self.form_button = QToolButton()
        self.form_button.setObjectName("disclosure")
        self.form_button.setCheckable(True)
        self.form_button.setChecked(True)
        self.form_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.form = OptionsForm()
        self.scope_label, self.summary, self.bank_label = QLabel(), QLabel(), QLabel()
        self.make_button, self.reshuffle_button = QPushButton(), QPushButton()
        self.example_button = QToolButton()
        self.example_button.setObjectName("disclosure")
        self.example_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.example_menu = QMenu(self.example_button)
        self.example_button.setMenu(self.example_menu)
        self.make_button.setProperty("role", "primary")
        self.cancel_button = QPushButton()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.working_label = QLabel()
        self.answers_box = QCheckBox()
        self.answers_box.setChecked(True)
        self.add_button = QPushButton()
        self.card = GapCard(icons)
        self.pick_label = QLabel()
        self.export_button, self.print_button = QPushButton(), QPushButton()
        self.student_button = QPushButton()
        for label in (self.scope_label, self.summary, self.bank_label, self.pick_label):
            label.setWordWrap(True)
        for label in (self.scope_label, self.pick_label, self.working_label):
            label.setProperty("role", "muted")
        self._build()
        self._connect()
        self.show_working(None)
        self._retranslate()

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self.card.set_colours(colours)
        self.undo_button.setIcon(self._icons.action("undo", colours))

    def show_exercise(
        self, exercise: Exercise | None, bank: BankCheck | None, *, with_model: bool
    ) -> None:
        """Say what the exercise holds."""
        self._exercise, self._bank, self._with_model = exercise, bank, with_model
        self._update()

    def show_gap(self, uid: str) -> None:
        """Show the card of the gap, or none."""
        shown = self._exercise is not None and self.card.show_gap(self._exercise, uid)
        self.card.setVisible(shown)
        self._update()

    def show_scope(self, characters: int, *, selected: bool) -> None:
        """Say how much text the exercise would be made of."""
        self._scope = characters, selected
        self._update_scope()

    def show_working(self, steps: tuple[int, int] | None) -> None:
        """Show how far the work is, or that there is none."""
        working = steps is not None
        for widget in (self.progress, self.cancel_button, self.working_label):
            widget.setVisible(working)
        if steps is not None:
            move_bar(self.progress, steps[0], max(1, steps[1]))

    def show_side(self, *, sheet: bool) -> None:
        """Press the button of what is on show, without telling it."""
        (self.sheet_button if sheet else self.text_button).setChecked(True)
        self._update()

    def set_can_undo(self, possible: bool) -> None:
        """Say whether a step can be taken back."""
        self.undo_button.setEnabled(possible)

    def _build(self) -> None:
        column = self.column
        column.addLayout(
            line(self.text_button, self.sheet_button, None, self.answers_box, self.undo_button)
        )
        column.addLayout(line(
                self.make_button, self.reshuffle_button, None, self.example_button,
                self.form_button,
            )
        )  # fmt: skip
        column.addWidget(self.scope_label)
        column.addLayout(line(self.working_label, self.progress, self.cancel_button))
        column.addWidget(self.form)
        self._section = section(
            self.summary,
            self.bank_label,
            line(self.export_button, self.print_button, self.student_button, None),
            line(self.add_button, self.pick_label, None),
            self.card,
        )
        column.addWidget(self._section)
        column.addStretch(1)

    def _connect(self) -> None:
        self.text_button.clicked.connect(lambda: self.sheet_shown.emit(False))
        self.sheet_button.clicked.connect(lambda: self.sheet_shown.emit(True))
        self.answers_box.toggled.connect(self.answers_shown)
        self.form_button.toggled.connect(self._on_form_toggled)
        for button, signal in (
            (self.undo_button, self.undo_requested), (self.make_button, self.make_requested),
            (self.reshuffle_button, self.reshuffle_requested),
            (self.cancel_button, self.cancel_requested), (self.add_button, self.add_requested),
            (self.export_button, self.export_requested),
            (self.print_button, self.print_requested),
            (self.student_button, self.student_requested),
        ):  # fmt: skip
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("出题栏"))
        self.text_button.setText(self.tr("原文"))
        self.sheet_button.setText(self.tr("练习"))
        self.undo_button.setToolTip(self.tr("撤销对练习的改动（Ctrl+Z）"))
        self.undo_button.setAccessibleName(self.tr("撤销对练习的改动"))
        self.form_button.setText(self.tr("怎样出题"))
        self.make_button.setText(self.tr("出题"))
        self.reshuffle_button.setText(self.tr("重排"))
        self.example_button.setText(self.tr("示例"))
        self.example_button.setToolTip(self.tr("打开一篇示例文字，并选好出题方式"))
        self.example_menu.clear()
        for example in EXAMPLES:
            action = self.example_menu.addAction(example_word(example))
            action.triggered.connect(
                lambda _checked=False, one=example: self.example_chosen.emit(one)
            )
        self.reshuffle_button.setToolTip(self.tr("换一个种子，重新挖空和排列选项"))
        self.cancel_button.setText(self.tr("取消"))
        self.working_label.setText(self.tr("模型在看…"))
        self.progress.setAccessibleName(self.tr("出题进度"))
        self.answers_box.setText(self.tr("显示答案"))
        self.add_button.setText(self.tr("选中处加空"))
        self.add_button.setToolTip(self.tr("在练习里选中一个词，按 Ctrl+M 也行"))
        self.pick_label.setText(self.tr("点一个空，看它的答案和选项"))
        self.export_button.setText(self.tr("导出…"))
        self.print_button.setText(self.tr("打印预览…"))
        self.student_button.setText(self.tr("学生模式"))
        self._on_form_toggled(self.form_button.isChecked())
        self._update_scope()
        self._update()

    def _update_scope(self) -> None:
        characters, selected = self._scope
        text = self.tr("范围：选中的 {n} 字") if selected else self.tr("范围：全文 {n} 字")
        self.scope_label.setText(text.format(n=f"{characters:,}"))
        self.make_button.setEnabled(characters > 0)

    def _update(self) -> None:
        exercise = self._exercise
        showing = exercise is not None and self.sheet_button.isChecked()
        self.sheet_button.setEnabled(exercise is not None)
        self.reshuffle_button.setEnabled(exercise is not None)
        self._section.setVisible(showing)
        self.answers_box.setVisible(showing)
        self.undo_button.setVisible(showing)
        if exercise is None:
            return
        self.pick_label.setVisible(self.card.isHidden() and bool(exercise.gaps))
        self.summary.setText(summary(exercise, with_model=self._with_model))
        for button in (self.export_button, self.print_button, self.student_button):
            button.setEnabled(bool(exercise.gaps))
        bank = self._bank
        self.bank_label.setVisible(exercise.kind is Kind.BANK and bank is not None)
        if bank is not None:
            self.bank_label.setText(bank_words(exercise, bank))

    def _on_form_toggled(self, shown: bool) -> None:
        self.form.setVisible(shown)
        arrow = Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow
        self.form_button.setArrowType(arrow)
