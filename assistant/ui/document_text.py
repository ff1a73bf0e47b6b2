"""The document for what works on it, and what the services that judge it tell and are told.

Imports services and ui.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QTextCursor

from assistant.services.lazy_model import LazyModel
from assistant.services.live_analysis import LiveAnalysis
from assistant.services.scope import DocumentText, Scope
from assistant.ui.editor import Editor
from assistant.ui.panels.panel_head import PanelHead
from assistant.ui.panels.progress_line import ProgressLine


def read_document(editor: Editor) -> DocumentText:
    """Return the text with the selection, or the caret; a few milliseconds for a novel."""
    start, end = selected_range(editor)
    return DocumentText(editor.plain_text(), start, end)


def selected_range(editor: Editor) -> tuple[int, int]:
    """Return what the person selected; what was found (a mistake, a match) is only a caret.

    Positions in the document; both are the caret's where nothing is selected.
    """
    cursor = editor.textCursor()
    if editor.is_selected_quietly:
        return cursor.position(), cursor.position()
    return cursor.selectionStart(), cursor.selectionEnd()


def text_between(editor: Editor, start_utf16: int, end_utf16: int) -> str:
    """Return what stands between two positions, as it is saved; only what there is of it."""
    document = editor.document()
    end = document.characterCount() - 1
    cursor = QTextCursor(document)
    cursor.setPosition(min(start_utf16, end))
    cursor.setPosition(min(end_utf16, end), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2029", "\n")


def follow(
    editor: Editor,
    head: PanelHead,
    progress: ProgressLine,
    service: LiveAnalysis,
    model: LazyModel[Any],
) -> None:
    """Join ``service`` to the caret and to what every panel of an analysis has."""
    editor.state_changed.connect(lambda: _tell_caret(editor, service))
    editor.composing_changed.connect(service.set_composing)
    head.run_requested.connect(service.refresh)
    progress.cancel_requested.connect(service.cancel)
    service.progressed.connect(progress.step)
    # Two services may share a model: what one waits for is of no matter to the other.
    model.loading.connect(lambda: progress.begin(loading=True) if service.busy else None)


def _tell_caret(editor: Editor, service: LiveAnalysis) -> None:
    """Tell ``service`` that the caret moved; a selection stays judged when the caret leaves it."""
    start, end = selected_range(editor)
    if service.scope is not Scope.SELECTION or start < end:
        service.caret_moved()
