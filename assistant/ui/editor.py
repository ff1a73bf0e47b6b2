"""The editor: plain text with blanks shown as chips. Imports text/ and ui; no services.

The input-method contract lives here: while something is being composed nothing changes text,
caret or look by program, and keys that would are inert.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, QRect, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from assistant.errors import PasteTooLongError
from assistant.text.limits import check_paste
from assistant.ui import blank_keys
from assistant.ui.chips import ChipPainter, Preview, fragments
from assistant.ui.local_text import LocalText
from assistant.ui.theme import LIGHT, Colours
from assistant.ui.whole_text import whole_text
from assistant.ui.word_clicks import select_word

_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)

_VERTICAL = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Editor(QPlainTextEdit):
    """Plain text whose blanks are chips."""

    state_changed = Signal()
    """Text, caret or selection changed, and nothing is being composed. Once per event, later."""
    composing_changed = Signal(bool)
    """An input method began or ended composing."""
    view_moved = Signal()
    """What is visible was scrolled or resized."""
    file_dropped = Signal(object)
    """Path of a file dropped on the editor."""
    paste_refused = Signal(object)
    """BubaiError: what was pasted or dropped is too long."""
    zoom_requested = Signal(int)
    """Steps of Ctrl+wheel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty editor."""
        super().__init__(parent)
        self.setObjectName("editor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setTabChangesFocus(False)
        self.document().setDocumentMargin(18)
        self.document().setModified(False)  # a margin counts as a change for Qt
        self.viewport().setMouseTracking(True)
        self._colours = LIGHT
        self._composing = False
        self._preedit_in = QTextBlock()
        self._is_taking_input = False
        self._previews: dict[int, Preview] = {}
        self._active_utf16: int | None = None
        self._quiet: tuple[int, int] | None = None
        self._marks: dict[str, list[QTextEdit.ExtraSelection]] = {}
        # One key changes text, caret and selection: tell it once.
        self._told = QTimer(self)
        self._told.setSingleShot(True)
        self._told.setInterval(0)
        self._told.timeout.connect(self._tell)
        for changed in (self.textChanged, self.cursorPositionChanged):
            changed.connect(self._follow_preedit)
            changed.connect(self._on_state_changed)
        self.selectionChanged.connect(self._on_state_changed)
        self.verticalScrollBar().valueChanged.connect(self.view_moved)

    @property
    def composing(self) -> bool:
        """Whether an input method is composing just now."""
        return self._composing

    @property
    def previews(self) -> tuple[Preview, ...]:
        """What is shown in grey just now."""
        return tuple(self._previews.values())

    @property
    def is_selected_quietly(self) -> bool:
        """Whether what is selected was only found, and is no question: see :meth:`select`."""
        cursor = self.textCursor()
        return self._quiet == (cursor.selectionStart(), cursor.selectionEnd())

    def set_colours(self, colours: Colours) -> None:
        """Draw chips in ``colours``."""
        self._colours = colours
        self.viewport().update()

    def set_font(self, font: QFont) -> None:
        """Write in ``font``."""
        self.setFont(font)
        self.setCursorWidth(2 if font.pointSizeF() > 18 else 1)
        self.view_moved.emit()

    def plain_text(self) -> str:
        """Return the text as it is saved."""
        return whole_text(self.document())

    def local_text(self) -> LocalText:
        """Return a copy of what stands around the caret."""
        local = LocalText(self.textCursor())
        if local.word and self.is_selected_quietly:
            local.ignore_word()
        return local

    def set_active(self, start_utf16: int | None) -> None:
        """Mark the blank that starts there as the one in question."""
        if start_utf16 != self._active_utf16:
            self._active_utf16 = start_utf16
            self.viewport().update()

    def set_marks(self, layer: str, marks: Sequence[QTextEdit.ExtraSelection]) -> None:
        """Show the marks of one ``layer`` instead of its old ones; those of others stay.

        Only for what is visible or near: each of them costs time. Layers that were given later
        are drawn over the earlier ones.
        """
        if marks or self._marks.get(layer):
            self._marks[layer] = list(marks)
            self.setExtraSelections([mark for marks in self._marks.values() for mark in marks])

    def show_previews(self, previews: Sequence[Preview]) -> None:
        """Show fills in grey, instead of those shown before; none clears them."""
        new = {} if self._composing else {preview.start_utf16: preview for preview in previews}
        if new != self._previews:
            self._previews = new
            self.viewport().update()

    def place_of(self, start_utf16: int, end_utf16: int) -> QRect:
        """Return where that text stands, in viewport coordinates: its last line's rectangle.

        Where there is none any more, as an answer may come after the text was cut: the caret's.
        """
        block = self.document().findBlock(start_utf16)
        if not block.isValid():
            return self.cursorRect()
        origin = self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()
        start = block.position()
        rects = list(fragments(block, start_utf16 - start, end_utf16 - start))
        return rects[-1].translated(origin).toAlignedRect() if rects else self.cursorRect()

    def text_lines(self) -> list[QRect]:
        """Return where lines of text stand that are visible, in viewport coordinates."""
        bounds = self.viewport().rect()
        found: list[QRect] = []
        for block, origin in self._blocks_in(bounds):
            layout = block.layout()
            for number in range(layout.lineCount()):
                rect = layout.lineAt(number).naturalTextRect().translated(origin).toAlignedRect()
                if rect.top() > bounds.bottom():
                    break
                if rect.width() > 1 and rect.bottom() >= bounds.top():
                    found.append(rect)
        return found

    def replace(self, fills: Sequence[Preview]) -> bool:
        """Put texts in place of ranges of the document as one undo step.

        The caret ends behind the one that it was in or beside (or the last). Does nothing and
        returns False while composing.
        """
        if self._composing or not fills or self.isReadOnly():
            return False
        caret = self.textCursor().position()
        cursor = QTextCursor(self.document())
        end = QTextCursor(self.document())
        end.setPosition(fills[-1].end_utf16)
        cursor.setPosition(caret)  # where undo puts the caret back
        cursor.beginEditBlock()
        for fill in sorted(fills, key=lambda fill: -fill.start_utf16):
            cursor.setPosition(fill.start_utf16)
            cursor.setPosition(fill.end_utf16, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(fill.text)
            if fill.start_utf16 <= caret <= fill.end_utf16:
                end = QTextCursor(cursor)
        cursor.endEditBlock()
        self.setTextCursor(end)
        return True

    def select(self, start_utf16: int, end_utf16: int, *, quietly: bool = False) -> None:
        """Move the caret behind a range and select it; an empty one only moves the caret.

        A word selected ``quietly`` (found by searching) is no question to the engine. What
        reaches beyond the text ends with it: positions that follow edits may do so by one, as Qt
        counts the end of the last paragraph among what was added.
        """
        if self._composing:
            return
        last = self.document().characterCount() - 1
        start, end = min(start_utf16, last), min(end_utf16, last)
        self._quiet = (start, end) if quietly else None
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.preeditString():
            # The gate closes before Qt touches the document.
            self._set_composing(True)
        self._is_taking_input = True
        # Without half a surrogate pair, as when pasting: see insertFromMimeData.
        event.setCommitString(
            event.commitString(), event.replacementStart(), event.replacementLength()
        )
        super().inputMethodEvent(event)
        self._is_taking_input = False
        self._follow_preedit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._composing and event.modifiers() & _MODIFIERS:
            event.accept()
            return
        if self._composing or not blank_keys.handle(self, event):
            super().keyPressEvent(event)
            if not self._composing and event.key() in _VERTICAL:
                blank_keys.leave_inside(self)
        self._follow_preedit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._quiet = None
        super().mousePressEvent(event)
        self._follow_preedit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cursor = None
        if not self._composing and event.button() is Qt.MouseButton.LeftButton:
            cursor = select_word(self.cursorForPosition(event.position().toPoint()))
        super().mouseDoubleClickEvent(event)
        self._follow_preedit()
        if cursor is not None:
            self.setTextCursor(cursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self._composing:
            blank_keys.leave_inside(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._follow_preedit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view_moved.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not self._composing and (_file_of(source) is not None or source.hasText())

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self._composing:
            return
        text = source.text()
        try:
            check_paste(text)
        except PasteTooLongError as error:
            self.paste_refused.emit(error)
        else:
            # Half a surrogate pair, which PySide leaves out of every str, would stay in the
            # document, and all offsets behind it be wrong by one.
            whole = QMimeData()
            whole.setText(text)
            super().insertFromMimeData(whole)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if _file_of(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        path = _file_of(event.mimeData())
        if path is None:
            super().dropEvent(event)
            return
        event.acceptProposedAction()
        self.file_dropped.emit(path)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        chips = ChipPainter(painter, self.font(), self._colours)
        for block, origin in self._blocks_in(event.rect()):
            chips.draw_blanks(block, origin, self._active_utf16, self._previews)
            for preview in self._previews.values():
                if block.contains(preview.start_utf16) and preview.text:
                    self._draw_word_preview(chips, block, origin, preview)
        painter.end()

    def _blocks_in(self, rect: QRect) -> Iterator[tuple[QTextBlock, QPointF]]:
        """Yield the blocks that touch ``rect`` of the viewport, and where their layouts stand."""
        block, offset = self.firstVisibleBlock(), self.contentOffset()
        while block.isValid():
            area = self.blockBoundingGeometry(block).translated(offset)
            if area.top() > rect.bottom():
                return
            if area.bottom() >= rect.top():
                yield block, area.topLeft()
            block = block.next()

    def _draw_word_preview(
        self, chips: ChipPainter, block: QTextBlock, origin: QPointF, preview: Preview
    ) -> None:
        selected = self.textCursor()
        if selected.hasSelection() and selected.selectionStart() == preview.start_utf16:
            chips.draw_preview(block, origin, preview)

    def _follow_preedit(self) -> None:
        """Note whether something is composed; Qt forgets it in a line that the caret has left."""
        if self._is_taking_input:
            return
        here, before = self.textCursor().block(), self._preedit_in
        has_preedit = bool(here.layout().preeditAreaText())
        self._preedit_in = here if has_preedit else QTextBlock()
        if before.isValid() and before != here and before.layout().preeditAreaText():
            before.layout().setPreeditArea(-1, "")
            before.layout().clearFormats()
            self.document().markContentsDirty(before.position(), before.length())
            QGuiApplication.inputMethod().reset()
        self._set_composing(has_preedit)

    def _set_composing(self, composing: bool) -> None:
        if composing == self._composing:
            return
        if composing:
            self.show_previews(())
        self._composing = composing
        self.composing_changed.emit(composing)
        if not composing:
            self._on_state_changed()

    def _on_state_changed(self) -> None:
        if not self._composing:
            self.show_previews(())
            self._told.start()

    def _tell(self) -> None:
        if not self._composing:
            self.state_changed.emit()


def _file_of(data: QMimeData) -> Path | None:
    """Return the local file that is dragged, if it is one."""
    urls: list[QUrl] = data.urls() if data.hasUrls() else []
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
