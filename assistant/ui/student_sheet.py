"""The passage with a field in every blank, as a student fills it in. Imports cloze/ and ui.

The text cannot be edited; each blank is an invisible picture in it, with a field laid over.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QTextEdit, QWidget

from assistant.cloze.exercise import Exercise, Gap, Kind
from assistant.cloze.grading import GapScore
from assistant.export.passage import has_options
from assistant.export.sheet import blank_em
from assistant.ui.cloze.sheet_document import mark_headings
from assistant.ui.theme import LIGHT, Colours

_CLEAR = "bubai:clear"
_MARGIN = 40


class StudentSheet(QTextEdit):
    """Shows the passage; ``responses`` are what stands in its fields."""

    blank_entered = Signal(str)
    """Gap uid of the field that has the focus now."""
    changed = Signal()
    """Something was filled in."""

    def __init__(
        self, exercise: Exercise, font: QFont, colours: Colours = LIGHT,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Make the sheet with empty fields."""
        super().__init__(parent)
        self._exercise, self._colours = exercise, colours
        self._places: dict[str, int] = {}
        self.fields: dict[str, QWidget] = {}
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFont(font)
        self.document().setDocumentMargin(_MARGIN)
        clear = QImage(1, 1, QImage.Format.Format_ARGB32)
        clear.fill(Qt.GlobalColor.transparent)
        resource = QTextDocument.ResourceType.ImageResource.value
        self.document().addResource(resource, QUrl(_CLEAR), clear)
        self._make_fields()
        self._write()
        self.verticalScrollBar().valueChanged.connect(self.place_fields)
        self.document().documentLayout().documentSizeChanged.connect(self.place_fields)

    def responses(self) -> dict[str, str]:
        """Return what the student gave, by gap uid."""
        return {uid: _value(field) for uid, field in self.fields.items()}

    def show_score(self, scores: tuple[GapScore, ...]) -> None:
        """Lock the fields and mark each: right, partly right, or wrong with the answer."""
        answers = {gap.uid: gap.answer for gap in self._exercise.gaps}
        for score in scores:
            field = self.fields[score.uid]
            field.setEnabled(False)
            mark = "✓" if score.credit == 1 else "◐" if score.credit else "✗"
            shown = _value(field) or "—"
            text = (
                f"{mark} {shown}" if score.credit == 1 else f"{mark} {shown} → {answers[score.uid]}"
            )
            self._replace_with_mark(score.uid, field, text)
        self._write()
        self.place_fields()

    def focus_blank(self, uid: str) -> None:
        """Put the caret into the field of a gap."""
        self.fields[uid].setFocus(Qt.FocusReason.TabFocusReason)

    def place_fields(self) -> None:
        """Lay every field over its blank."""
        for uid, position in self._places.items():
            cursor = QTextCursor(self.document())
            cursor.setPosition(position)
            rect = self.cursorRect(cursor)
            field = self.fields[uid]
            field.move(QPoint(rect.left() + 2, rect.center().y() - field.height() // 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_fields()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            for uid, field in self.fields.items():
                if field is watched:
                    self._show_field(field)
                    self.blank_entered.emit(uid)
        return super().eventFilter(watched, event)

    def _show_field(self, field: QWidget) -> None:
        """Scroll so that the field is in view."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if field.y() < 8:
            bar.setValue(bar.value() + field.y() - 40)
        elif field.y() + field.height() > room - 8:
            bar.setValue(bar.value() + field.y() + field.height() - room + 40)

    def _make_fields(self) -> None:
        exercise = self._exercise
        unit = self.fontMetrics().horizontalAdvance("字")
        before: QWidget | None = None
        for number, gap in enumerate(exercise.gaps, 1):
            field = self._make_field(gap, unit)
            field.setFont(self.font())
            field.setParent(self.viewport())
            field.setAccessibleName(self.tr("第 {n} 空").format(n=number))
            field.setFixedHeight(self.fontMetrics().height() + 8)
            field.installEventFilter(self)
            field.show()
            if before is not None:
                self.setTabOrder(before, field)
            before = field
            self.fields[gap.uid] = field

    def _make_field(self, gap: Gap, unit: int) -> QWidget:
        exercise = self._exercise
        if exercise.kind is Kind.OPEN:
            line = QLineEdit()
            line.setFixedWidth(unit * (blank_em(exercise) + 1))
            line.textChanged.connect(self.changed)
            return line
        if has_options(exercise):
            words = [(f"{chr(ord('A') + i)}. {word}", word) for i, word in enumerate(gap.options)]
        else:
            words = [(word.text, word.text) for word in exercise.bank]
        box = QComboBox()
        box.addItem("", "")
        for shown, word in words:
            box.addItem(shown, word)
        longest = max(self.fontMetrics().horizontalAdvance(shown) for shown, _ in words)
        box.setFixedWidth(longest + unit * 2 + 24)
        box.currentIndexChanged.connect(self.changed)
        return box

    def _replace_with_mark(self, uid: str, field: QWidget, text: str) -> None:
        """Put a fixed text where the field was: a disabled field is hard to read."""
        mark = QLineEdit(text, self.viewport())
        mark.setReadOnly(True)
        mark.setFont(self.font())
        mark.setAccessibleName(field.accessibleName())
        mark.setFixedHeight(field.height())
        mark.setFixedWidth(self.fontMetrics().horizontalAdvance(text) + 26)
        mark.setCursorPosition(0)
        mark.show()
        field.hide()
        field.deleteLater()
        self.fields[uid] = mark

    def _write(self) -> None:
        self._places = {}  # clearing lays the fields out anew
        self.clear()
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(self.fontMetrics().height() + 22,
                            QTextBlockFormat.LineHeightTypes.MinimumHeight.value)  # fmt: skip
        if self._exercise.verse:
            block.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        cursor.setBlockFormat(block)
        plain, small = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QColor(self._colours.text))
        plain.setFont(self.font())
        small.setForeground(QColor(self._colours.accent))
        font = QFont(self.font())
        font.setBold(True)
        small.setFont(font)
        for number, segment in self._exercise.numbered():
            if not isinstance(segment, Gap):
                cursor.insertText(segment.text, plain)
                continue
            cursor.insertText(f" {number}\u00a0", small)
            self._places[segment.uid] = cursor.position()
            image = QTextImageFormat()
            image.setName(_CLEAR)
            image.setWidth(self.fields[segment.uid].width() + 4)
            image.setHeight(self.fontMetrics().height())
            cursor.insertImage(image)
        mark_headings(self._exercise.text, self.document(), 0)
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _value(field: QWidget) -> str:
    if isinstance(field, QComboBox):
        return str(field.currentData() or "")
    return field.text().strip() if isinstance(field, QLineEdit) else ""
