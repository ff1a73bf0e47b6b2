"""The card of one gap: answers, difficulty, alarm, options with reasons, hint.

It shows what it is told and tells what the teacher wants. Imports cloze/ and ui.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assistant.cloze.exercise import Certainty, Exercise, Gap
from assistant.cloze.reasons import reason
from assistant.export.passage import has_options
from assistant.ui.cloze.rows import Rows
from assistant.ui.cloze.sheet_document import ALARM, UNSURE
from assistant.ui.cloze.wording import band_word, level_words, reason_word
from assistant.ui.icons import Icons
from assistant.ui.theme import Colours
from assistant.ui.wording import confidence_note, percent

_WIDE = 420
"""From this width on other answers stand in two columns."""


class GapCard(QWidget):
    """Everything about one gap of the exercise."""

    accepted = Signal(str)
    """A word to accept as another answer."""
    dropped = Signal(str)
    """An accepted answer to accept no longer."""
    move_requested = Signal()
    swap_requested = Signal(str)
    """A wrong option to replace."""
    hint_changed = Signal(str)
    remove_requested = Signal()
    step_requested = Signal(int)
    """1 for the next gap, −1 for the one before."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        """Make a card without a gap."""
        super().__init__(parent)
        self._icons = icons
        self._exercise: Exercise | None = None
        self._gap: Gap | None = None
        self._number = 0
        self._language = "zh"
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.previous_button, self.next_button = QToolButton(), QToolButton()
        self.remove_button = QPushButton()
        self.difficulty = QLabel()
        self.difficulty.setWordWrap(True)
        self.difficulty.setProperty("role", "muted")
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.answers = Rows()
        self.answer_field = QLineEdit()
        self.answer_button = QPushButton()
        self.alarm = QFrame()
        self.alarm.setObjectName("alarm")
        self.alarm_title = QLabel()
        self.alarm_title.setWordWrap(True)
        self.alarm_title.setProperty("role", "heading")
        self.rivals = Rows()
        self.move_button, self.hint_button = QPushButton(), QPushButton()
        self.options_title = QLabel()
        self.options_title.setProperty("role", "heading")
        self.options = Rows()
        self.hint_field = QLineEdit()
        self.hint_note = QLabel()
        self.hint_note.setWordWrap(True)
        self._hint_caption, self._answer_caption = QLabel(), QLabel()
        self._lay_out()
        self._connect()
        self._retranslate()

    def show_gap(self, exercise: Exercise, uid: str) -> bool:
        """Show the gap ``uid``; return whether the exercise has it."""
        before = self._gap
        found = ((n, gap) for n, gap in enumerate(exercise.gaps, 1) if gap.uid == uid)
        self._number, self._gap = next(found, (0, None))
        self._exercise = exercise
        if before is None or self._gap is None or before.uid != self._gap.uid:
            self.hint_field.setModified(False)  # what was written belongs to another gap
        self._update()
        return self._gap is not None

    def commit(self) -> None:
        """Tell a hint that is still being written."""
        text = self.hint_field.text().strip()
        self.hint_field.setModified(False)
        if self._gap is not None and text != self._gap.hint:
            self.hint_changed.emit(text)

    def set_language(self, language: str) -> None:
        """Give the reasons in ``language`` ("zh" or "en")."""
        self._language = language
        self._update()

    def set_colours(self, colours: Colours) -> None:
        """Draw the icons in ``colours``."""
        self.previous_button.setIcon(self._icons.action("previous", colours))
        self.next_button.setIcon(self._icons.action("next", colours))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title, 1)
        for button in (self.previous_button, self.next_button, self.remove_button):
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(self.difficulty)
        column.addWidget(self.verdict)
        inside = QVBoxLayout(self.alarm)
        inside.setContentsMargins(10, 8, 10, 8)
        inside.setSpacing(6)
        inside.addWidget(self.alarm_title)
        inside.addWidget(self.rivals)
        ways = QHBoxLayout()
        ways.addWidget(self.move_button)
        ways.addWidget(self.hint_button)
        ways.addStretch(1)
        column.addWidget(self.alarm)
        column.addLayout(ways)  # also where the model only is not sure
        column.addWidget(self.options_title)
        column.addWidget(self.options)
        column.addWidget(self.answers)
        column.addLayout(_line(self._answer_caption, self.answer_field, self.answer_button))
        column.addLayout(_line(self._hint_caption, self.hint_field))
        column.addWidget(self.hint_note)

    def _connect(self) -> None:
        self.previous_button.clicked.connect(lambda: self.step_requested.emit(-1))
        self.next_button.clicked.connect(lambda: self.step_requested.emit(1))
        self.remove_button.clicked.connect(self.remove_requested)
        self.move_button.clicked.connect(self.move_requested)
        self.hint_button.clicked.connect(self._on_hint_wanted)
        self.answer_button.clicked.connect(self._on_answer_given)
        self.answer_field.returnPressed.connect(self._on_answer_given)
        self.hint_field.editingFinished.connect(self.commit)

    def _retranslate(self) -> None:
        for button, text in (
            (self.previous_button, self.tr("上一空")), (self.next_button, self.tr("下一空")),
        ):  # fmt: skip
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.remove_button.setText(self.tr("去掉此空"))
        self.move_button.setText(self.tr("换个位置"))
        self.hint_button.setText(self.tr("加提示"))
        self.answer_button.setText(self.tr("接受"))
        self.answer_field.setPlaceholderText(self.tr("也算对的词"))
        self._answer_caption.setText(self.tr("另加"))
        self.answer_field.setAccessibleName(self.tr("另加一个可接受的答案"))
        self._hint_caption.setText(self.tr("提示"))
        self.hint_field.setPlaceholderText(self.tr("给学生看的提示，可不填"))
        self.hint_field.setAccessibleName(self.tr("此空的提示"))
        self.difficulty.setToolTip(confidence_note())
        self._update()

    def _update(self) -> None:
        gap, exercise = self._gap, self._exercise
        self.setVisible(gap is not None)
        if gap is None or exercise is None:
            return
        self.title.setText(
            self.tr("第 {n} 空 / 共 {m} 空：{word}").format(
                n=self._number, m=len(exercise.gaps), word=gap.answer
            )
        )
        self.setAccessibleName(self.title.text())
        self.difficulty.setText(self._difficulty_text(gap))
        self.verdict.setText(self._verdict_text(gap))
        self.verdict.setVisible(bool(self.verdict.text()))
        self._update_answers(gap)
        self._update_alarm(gap)
        self._update_options(gap, shown=has_options(exercise))
        given_away = next((a.text for a in gap.answers if a.text in gap.hint), "")
        self.hint_note.setVisible(bool(given_away))
        self.hint_note.setText(
            f"{ALARM} " + self.tr("提示里有答案“{word}”").format(word=given_away)
        )
        if not self.hint_field.isModified() and self.hint_field.text() != gap.hint:
            self.hint_field.setText(gap.hint)

    def _difficulty_text(self, gap: Gap) -> str:
        judged = gap.difficulty
        level = f"{level_words(gap.level)} · " if gap.level else ""
        if judged is None:
            return level + self.tr("难度：未评估")
        return level + self.tr("难度：{band} · 模型猜中的把握 {chance} · 熵 {bits} 比特").format(
            band=band_word(judged.band),
            chance=percent(judged.confidence),
            bits=f"{judged.entropy:.1f}",
        )

    def _verdict_text(self, gap: Gap) -> str:
        """Return what is known of the gap's uniqueness; the alarm has a frame of its own."""
        if gap.certainty is Certainty.UNSURE:
            return f"{UNSURE} " + self.tr("模型对此空没有把握：请自己看答案是否唯一")
        return "✓ " + self.tr("模型没有找到别的答案") if gap.certainty is Certainty.UNIQUE else ""

    def _update_answers(self, gap: Gap) -> None:
        self.answers.clear()
        self.answers.setVisible(len(gap.answers) > 1)
        for answer in gap.answers[1:]:
            share = "" if answer.weight == 1 else f" {answer.weight:.0%}"
            row = self.answers.add(answer.text, self.tr("也算对") + share)
            row.button(
                self.tr("不接受"),
                self.tr("不再接受“{word}”").format(word=answer.text),
                lambda word=answer.text: self.dropped.emit(word),
            )

    def _update_alarm(self, gap: Gap) -> None:
        self.rivals.clear()
        self.rivals.columns = 2 if self.width() >= _WIDE and len(gap.alternatives) > 2 else 1
        self.alarm.setVisible(bool(gap.alternatives))
        self.alarm_title.setText(f"{ALARM} " + self.tr("此空有多个合理答案"))
        for rival in gap.alternatives:
            row = self.rivals.add(rival.text, percent(rival.confidence))
            row.note.setToolTip(confidence_note())
            row.button(
                self.tr("接受为答案"),
                self.tr("把“{word}”接受为答案").format(word=rival.text),
                lambda word=rival.text: self.accepted.emit(word),
            )

    def _update_options(self, gap: Gap, *, shown: bool) -> None:
        self.options.clear()
        self.options_title.setVisible(shown)
        self.options.setVisible(shown)
        self.options_title.setText(self.tr("选项"))
        if not shown:
            return
        wrong = {distractor.text: distractor for distractor in gap.distractors}
        for i, option in enumerate(gap.options):
            letter = f"{chr(ord('A') + i)}．{option}"
            if option not in wrong:
                self.options.add(letter, self.tr("✓ 答案"))
                continue
            why = reason(wrong[option], self._language) or reason_word(wrong[option].kind)
            row = self.options.add(letter, why)
            row.button(
                self.tr("换一个"),
                self.tr("换掉选项“{word}”").format(word=option),
                lambda word=option: self.swap_requested.emit(word),
            )

    def _on_answer_given(self) -> None:
        word = self.answer_field.text().strip()
        if word:
            self.answer_field.clear()
            self.accepted.emit(word)

    def _on_hint_wanted(self) -> None:
        self.hint_field.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(6)
    for widget in widgets:
        line.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
    return line
