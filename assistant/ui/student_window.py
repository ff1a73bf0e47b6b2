"""The student mode: one exercise fills the screen, with hints by degrees and a score at the end.

Imports cloze/ and ui. The way out is a courtesy to the teacher, no lock.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assistant.cloze.answers_file import StudentAnswers, save_answers
from assistant.cloze.exercise import Exercise, Kind
from assistant.cloze.grading import SheetScore, grade
from assistant.cloze.hints import LEVELS, Hints, hints_of
from assistant.errors import BubaiError
from assistant.ui.dialogs.questions import commit_input_method
from assistant.ui.student_sheet import StudentSheet
from assistant.ui.theme import Colours

_WIDEST = 1000


class StudentWindow(QWidget):
    """A sheet to fill in, without anything else."""

    left = Signal()
    """The student is gone."""

    def __init__(
        self, exercise: Exercise, font: QFont, colours: Colours, folder: Path, language: str,
    ) -> None:  # fmt: skip
        """Prepare the sheet; results go to ``folder`` unless another is chosen."""
        super().__init__()
        self._exercise, self._folder, self._language = exercise, folder, language
        self._hints: dict[str, Hints] | None = None
        self._levels: dict[str, int] = {}
        self._uid = exercise.gaps[0].uid
        self._stored = False
        self._given: dict[str, str] = {}
        self.score: SheetScore | None = None
        self.setWindowTitle(self.tr("学生模式"))
        self.title = QLabel(exercise.title or self.tr("练习"))
        self.title.setProperty("role", "title")
        self.name_field = QLineEdit()
        self.name_field.setFixedWidth(200)
        self.name_field.setMaxLength(40)
        self.name_field.setPlaceholderText(self.tr("姓名"))
        self.name_field.setAccessibleName(self.tr("姓名"))
        self.bank = QLabel("　".join(word.text for word in exercise.bank))
        self.bank.setWordWrap(True)
        self.bank.setVisible(exercise.kind is Kind.BANK)
        self.bank.setObjectName("bank")
        self.bank.setAccessibleName(self.tr("备选词：") + self.bank.text())
        self.sheet = StudentSheet(exercise, font, colours)
        self.count_label, self.hint_label, self.result_label = QLabel(), QLabel(), QLabel()
        for label in (self.hint_label, self.result_label):
            label.setWordWrap(True)
        self.result_label.setProperty("role", "heading")
        self.hint_button = QPushButton(self.tr("提示（F1）"))
        self.submit_button = QPushButton(self.tr("交卷"))
        self.save_button = QPushButton(self.tr("保存成绩文件…"))
        self.save_button.hide()
        self.leave_button = QPushButton(self.tr("离开"))
        self._lay_out()
        self._connect()
        self._show_count()

    def start(self) -> None:
        """Fill the screen and begin at the name."""
        self.setGeometry(self.screen().geometry())  # where no window manager does it
        self.showFullScreen()
        self.name_field.setFocus()

    def submit(self) -> None:
        """Score the sheet and show how it went."""
        if self.score is not None:
            return
        commit_input_method()
        self._given = self.sheet.responses()
        self.score = grade(self._exercise, self._given, self.name_field.text().strip())
        self.sheet.show_score(self.score.gaps)
        self.result_label.setText(self._result(self.score))
        self.hint_label.clear()
        for widget in (self.hint_button, self.submit_button):
            widget.setEnabled(False)
        self.save_button.show()
        self.save_button.setFocus()

    def save(self) -> bool:
        """Ask where the answers go and write them; return whether they are on disk."""
        student = self.name_field.text().strip()
        name = "".join(c for c in student if c.isalnum()) or self.tr("学生")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("保存成绩文件"), str(self._folder / f"{name}.json"),
            self.tr("答卷 (*.json)"),
        )  # fmt: skip
        if not chosen:
            return False
        exercise = self._exercise
        answers = StudentAnswers(exercise.uid, student, exercise.version, self._given)
        try:
            save_answers(answers, Path(chosen))
        except BubaiError as error:
            self.hint_label.setText(error.message(self._language))
            return False
        self._stored = True
        self.hint_label.setText(self.tr("已保存：{name}").format(name=Path(chosen).name))
        return True

    def give_hint(self) -> None:
        """Tell a little more about the blank in question."""
        if self.score is None:
            self._levels[self._uid] = min(LEVELS, self._levels.get(self._uid, 0) + 1)
            self._show_hint()
            self.sheet.focus_blank(self._uid)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._stored and not self._may_leave():
            event.ignore()
            return
        event.accept()
        self.left.emit()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.name_field)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.count_label)
        foot.addWidget(self.hint_label, 1)
        for button in (self.hint_button, self.submit_button, self.save_button, self.leave_button):
            foot.addWidget(button)
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(_WIDEST)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.sheet)
        middle = QHBoxLayout()
        middle.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.bank)
        column.addLayout(middle, 1)
        column.addWidget(self.result_label)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.sheet.blank_entered.connect(self._on_blank_entered)
        self.sheet.changed.connect(self._show_count)
        self.hint_button.clicked.connect(self.give_hint)
        self.submit_button.clicked.connect(self._on_submit)
        self.save_button.clicked.connect(self.save)
        self.leave_button.clicked.connect(self.close)
        QShortcut(QKeySequence("F1"), self, self.give_hint)
        QShortcut(QKeySequence("Esc"), self, self.close)
        order = [self.name_field, *self.sheet.fields.values(), self.hint_button,
                 self.submit_button, self.save_button, self.leave_button]  # fmt: skip
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _on_blank_entered(self, uid: str) -> None:
        self._uid = uid
        self._show_hint()

    def _on_submit(self) -> None:
        commit_input_method()
        left = sum(not given for given in self.sheet.responses().values())
        if left and not self._ask(
            self.tr("还有 {n} 空没填，要交卷吗？").format(n=left), self.tr("交卷")
        ):
            return
        self.submit()

    def _show_count(self) -> None:
        given = self.sheet.responses()
        done = sum(bool(word) for word in given.values())
        self.count_label.setText(self.tr("已填 {n} / {m} 空").format(n=done, m=len(given)))

    def _show_hint(self) -> None:
        if self.score is not None:
            return
        gaps = [gap.uid for gap in self._exercise.gaps]
        gap = self._exercise.gaps[gaps.index(self._uid)]
        level = self._levels.get(self._uid, 0)
        parts = [self.tr("第 {n} 空").format(n=gaps.index(self._uid) + 1)]
        if gap.hint or gap.pinyin:
            parts.append("，".join(part for part in (gap.pinyin, gap.hint) if part))
        if level:
            if self._hints is None:  # the readings take a moment: only when a hint is asked for
                self._hints = hints_of(self._exercise)
            hints = self._hints[self._uid]
            parts.append(self.tr("{n} 个字").format(n=hints.length))
            if level == 2:
                parts.append(self.tr("首字母 {letters}").format(letters=" ".join(hints.initials)))
            elif level >= LEVELS:
                parts.append(self.tr("拼音 {pinyin}").format(pinyin=" ".join(hints.pinyin)))
        self.hint_label.setText(" · ".join(parts))

    def _result(self, score: SheetScore) -> str:
        points, total = f"{score.points:g}", f"{score.total:g}"
        return self.tr(
            "得分 {points} / {total} · 原词 {exact} 空 · 可接受 {accepted} 空 · 共 {count} 空"
        ).format(
            points=points, total=total, exact=score.exact, accepted=score.accepted,
            count=len(score.gaps),
        )  # fmt: skip

    def _may_leave(self) -> bool:
        commit_input_method()
        if self.score is None:
            return self._ask(
                self.tr("还没有交卷，离开后填写的内容会丢失。要离开吗？"), self.tr("离开")
            )
        return self._ask(self.tr("成绩还没有保存成文件。要离开吗？"), self.tr("离开"))

    def _ask(self, question: str, yes: str) -> bool:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.windowTitle())
        box.setText(question)
        agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("继续做题"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        box.deleteLater()
        return box.clickedButton() is agreed
