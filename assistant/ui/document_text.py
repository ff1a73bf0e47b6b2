"""The document for the services that judge it, and what all of them tell and are told.

Imports services and ui.
"""

from __future__ import annotations

from typing import Any

from assistant.services.lazy_model import LazyModel
from assistant.services.live_analysis import LiveAnalysis
from assistant.services.scope import DocumentText, Scope
from assistant.ui.editor import Editor
from assistant.ui.panels.panel_head import PanelHead
from assistant.ui.panels.progress_line import ProgressLine


def read_document(editor: Editor) -> DocumentText:
    """Return the text with the selection, or the caret; a few milliseconds for a novel."""
    start, end = _selection(editor)
    return DocumentText(editor.plain_text(), start, end)


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
    start, end = _selection(editor)
    if service.scope is not Scope.SELECTION or start < end:
        service.caret_moved()


def _selection(editor: Editor) -> tuple[int, int]:
    """Return what the person selected; what was found (a mistake, a match) is only a caret."""
    cursor = editor.textCursor()
    if editor.is_selected_quietly:
        return cursor.position(), cursor.position()
    return cursor.selectionStart(), cursor.selectionEnd()
