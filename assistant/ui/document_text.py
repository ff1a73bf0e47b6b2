"""Read the whole document for the services that judge it. Imports services and ui."""

from __future__ import annotations

from assistant.services.understanding import DocumentText
from assistant.ui.editor import Editor


def read_document(editor: Editor) -> DocumentText:
    """Return the text with the selection; a few milliseconds for a novel."""
    cursor = editor.textCursor()
    return DocumentText(editor.plain_text(), cursor.selectionStart(), cursor.selectionEnd())
