"""The made exercise with numbered gaps to click on. Imports cloze/ and ui."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from assistant.cloze.exercise import Exercise
from assistant.cloze.open_blanks import has_blank
from assistant.cloze.places import Place
from assistant.ui.cloze.sheet_document import Look, Piece, write_sheet
from assistant.ui.theme import LIGHT, Colours


class SheetView(QTextEdit):
    """Shows an exercise; tells which gap is meant and where a new one is wanted.

    Everything by keyboard: the caret moves with the arrows and selects with Shift; in a gap Enter
    goes to its card and Delete gives the word back to the text.
    """

    gap_selected = Signal(str)
    """Gap uid, empty for none."""
    card_requested = Signal()
    gap_removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty sheet."""
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(22)
        self.setTabChangesFocus(True)
        self._exercise: Exercise | None = None
        self._pieces: tuple[Piece, ...] = ()
        self._selected = ""
        self._colours = LIGHT
        self._with_answers = True
        self._font = QFont(self.font())
        self._writing = False
        self.cursorPositionChanged.connect(self._on_caret_moved)
        self._retranslate()

    @property
    def selected(self) -> str:
        """The uid of the gap in question, or an empty string."""
        return self._selected

    def show_exercise(self, exercise: Exercise | None, selected: str = "") -> None:
        """Show ``exercise`` with the gap ``selected`` marked."""
        self._exercise, self._selected = exercise, selected
        self._write()

    def set_colours(self, colours: Colours) -> None:
        """Write in ``colours``."""
        self._colours = colours
        self._write()

    def set_font(self, font: QFont) -> None:
        """Write in ``font``."""
        self._font = QFont(font)
        self._write()

    def set_with_answers(self, shown: bool) -> None:
        """Show the gaps' words, or blanks as the students see them."""
        self._with_answers = shown
        self._write()

    def select_gap(self, uid: str) -> None:
        """Mark the gap and bring it into view."""
        if uid != self._selected:
            self._selected = uid
            self._write()
        piece = next((piece for piece in self._pieces if piece.uid == uid), None)
        if piece is not None and uid:
            self._set_caret(piece.start_utf16)
            self.ensureCursorVisible()

    def selected_place(self) -> Place | None:
        """Return where in the passage the selected text stands, None where it cannot be a gap."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        for piece in self._pieces:
            inside = piece.start_utf16 <= start and end <= piece.end_utf16
            if inside and not piece.uid and start < end:
                place = Place(piece.char_at(start), piece.char_at(end))
                return _stripped(piece.text, piece.start_char, place)
        return None

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        text = self.textCursor().selectedText()
        data.setText(text.replace("\u2029", "\n").replace("\u00a0", " "))
        return data

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()  # the window's menu knows what can be done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self._selected:
            self.card_requested.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._selected:
            self.gap_removed.emit(self._selected)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._write()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("练习预览"))
        self.setAccessibleDescription(
            self.tr("方向键移动；在空上按回车看这一空，按 Delete 去掉；选中词语按 Ctrl+M 加一个空")
        )
        self.setPlaceholderText(self.tr("还没有练习。在右边选好方式，按“出题”。"))

    def _write(self) -> None:
        scrolled = self.verticalScrollBar().value()
        caret = self.textCursor().position()
        self._writing = True
        self.clear()
        self._pieces = ()
        if self._exercise is not None:
            cursor = QTextCursor(self.document())
            look = Look(
                self._font, self._colours, self._with_answers, self._selected, self.tr("备选词：")
            )
            cursor.beginEditBlock()
            self._pieces = write_sheet(self._exercise, cursor, look)
            cursor.endEditBlock()
        self._writing = False
        self._set_caret(min(caret, self.document().characterCount() - 1))
        self.verticalScrollBar().setValue(scrolled)

    def _set_caret(self, position_utf16: int) -> None:
        self._writing = True
        cursor = QTextCursor(self.document())
        cursor.setPosition(position_utf16)
        self.setTextCursor(cursor)
        self._writing = False

    def _on_caret_moved(self) -> None:
        cursor = self.textCursor()
        if self._writing or self._exercise is None or cursor.hasSelection():
            return
        at = cursor.position()
        found = (p.uid for p in self._pieces if p.uid and p.start_utf16 <= at < p.end_utf16)
        uid = next(found, "")
        if uid and uid != self._selected:
            self._selected = uid
            self._write()
            self.gap_selected.emit(uid)


def _stripped(text: str, start_char: int, place: Place) -> Place | None:
    """Return ``place`` without white space at its ends.

    None if nothing is left, it has lines, or it touches a blank that nobody knows the word of.
    """
    word = text[place.start_char - start_char : place.end_char - start_char]
    core = word.strip()
    if not core or "\n" in core:
        return None
    first = place.start_char - start_char + word.index(core)
    if has_blank(text, Place(first, first + len(core))):
        return None
    return Place(start_char + first, start_char + first + len(core))
