"""Keys at a blank: the caret steps over a mark and erases it as a whole; Ctrl+M hides words.

Functions over the editor's widget class; imports text/ and ui only.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from assistant.text.masks import MASK
from assistant.ui.local_text import Blank, blank_at, block_blanks, first_mark, last_mark

_Key = Qt.Key
_Move = QTextCursor.MoveMode


def handle(editor: QPlainTextEdit, event: QKeyEvent) -> bool:
    """Do what the key means at a blank; return False where it means nothing special."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = event.key()
    if key in (_Key.Key_Left, _Key.Key_Right):
        keep = held == Qt.KeyboardModifier.ShiftModifier
        plain = held == Qt.KeyboardModifier.NoModifier
        return (plain or keep) and _step(editor, right=key == _Key.Key_Right, keep=keep)
    if held or key not in (_Key.Key_Backspace, _Key.Key_Delete):
        return False
    return _erase(editor, right=key == _Key.Key_Delete)


def leave_inside(editor: QPlainTextEdit) -> None:
    """Move a caret that a click put inside a mark to the blank's nearer end."""
    cursor = editor.textCursor()
    blank = blank_at(cursor)
    if cursor.hasSelection() or blank is None:
        return
    place = cursor.position()
    if blank.start_utf16 < place < blank.end_utf16:
        nearer_end = blank.end_utf16 - place <= place - blank.start_utf16
        cursor.setPosition(blank.end_utf16 if nearer_end else blank.start_utf16)
        editor.setTextCursor(cursor)


def hide_selection(editor: QPlainTextEdit) -> None:
    """Put a mark in place of the selection; at a blank add one; else insert one at the caret.

    A selection over several paragraphs is no word: it is left alone.
    """
    cursor = editor.textCursor()
    if "\u2029" in cursor.selectedText():
        return
    if cursor.hasSelection():
        _widen_to_blanks(cursor)
    elif (blank := blank_at(cursor)) is not None:
        cursor.setPosition(blank.end_utf16)
    cursor.beginEditBlock()
    cursor.insertText(MASK)
    cursor.endEditBlock()
    editor.setTextCursor(cursor)


def _widen_to_blanks(cursor: QTextCursor) -> None:
    """Make the selection hold blanks wholly or not at all."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    for place in (start, end):
        probe = QTextCursor(cursor.document())
        probe.setPosition(place)
        blank = blank_at(probe)
        if blank is not None and blank.start_utf16 < place < blank.end_utf16:
            start, end = min(start, blank.start_utf16), max(end, blank.end_utf16)
    cursor.setPosition(start)
    cursor.setPosition(end, _Move.KeepAnchor)


def _touching(cursor: QTextCursor, *, right: bool) -> tuple[Blank, str] | None:
    """Return the blank directly right (or left) of the caret, or around it, and its text."""
    block = cursor.block()
    start, place = block.position(), cursor.position() - block.position()
    for blank in block_blanks(block):
        inside = blank.start_utf16 < place < blank.end_utf16
        at_edge = place == (blank.start_utf16 if right else blank.end_utf16)
        if inside or at_edge:
            # block.text() counts code points; a cursor counts as Qt does.
            probe = QTextCursor(cursor)
            probe.setPosition(start + blank.start_utf16)
            probe.setPosition(start + blank.end_utf16, _Move.KeepAnchor)
            whole = Blank(start + blank.start_utf16, start + blank.end_utf16, blank.marks)
            return whole, probe.selectedText()
    return None


def _edge(cursor: QTextCursor, *, right: bool) -> int | None:
    """Return the far edge of the mark beside the caret, in the direction asked for."""
    found = _touching(cursor, right=right)
    if found is None:
        return None
    blank, text = found
    inside = blank.start_utf16 < cursor.position() < blank.end_utf16
    if inside:
        return blank.end_utf16 if right else blank.start_utf16
    if right:
        return blank.start_utf16 + first_mark(text)
    return blank.end_utf16 - last_mark(text)


def _step(editor: QPlainTextEdit, *, right: bool, keep: bool) -> bool:
    cursor = editor.textCursor()
    if cursor.hasSelection() and not keep:
        return False
    found = _touching(cursor, right=right)
    if found is None:
        return False
    blank, _ = found
    target = blank.end_utf16 if right else blank.start_utf16
    cursor.setPosition(target, _Move.KeepAnchor if keep else _Move.MoveAnchor)
    editor.setTextCursor(cursor)
    return True


def _erase(editor: QPlainTextEdit, *, right: bool) -> bool:
    cursor = editor.textCursor()
    edge = None if cursor.hasSelection() else _edge(cursor, right=right)
    if edge is None:
        return False
    cursor.setPosition(edge, _Move.KeepAnchor)
    cursor.removeSelectedText()
    editor.setTextCursor(cursor)
    return True
