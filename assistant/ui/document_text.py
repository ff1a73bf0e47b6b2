"""The document for the services that judge it, and what they learn of the caret.

Imports services and ui.
"""

from __future__ import annotations

from assistant.services.live_analysis import LiveAnalysis
from assistant.services.scope import DocumentText, Scope
from assistant.ui.editor import Editor


def read_document(editor: Editor) -> DocumentText:
    """Return the text with the selection, or the caret; a few milliseconds for a novel."""
    start, end = _selection(editor)
    return DocumentText(editor.plain_text(), start, end)


def tell_caret(editor: Editor, service: LiveAnalysis) -> None:
    """Tell ``service`` that the caret moved; a selection stays judged when the caret leaves it."""
    start, end = _selection(editor)
    if service.scope is not Scope.SELECTION or start < end:
        service.caret_moved()


def _selection(editor: Editor) -> tuple[int, int]:
    """Return what the person selected; what was found (a mistake, a match) is only a caret."""
    cursor = editor.textCursor()
    if editor.is_selected_quietly:
        return cursor.position(), cursor.position()
    return cursor.selectionStart(), cursor.selectionEnd()
