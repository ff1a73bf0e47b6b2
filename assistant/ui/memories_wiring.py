"""Connects the personal memories to the window: their dialog, and the open document.

Imports services and ui.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import BubaiError
from assistant.services.memories import MemoryService
from assistant.ui.dialogs.questions import commit_input_method
from assistant.ui.main_window import MainWindow

if TYPE_CHECKING:
    from assistant.ui.dialogs.memories_dialog import MemoriesDialog


def connect(window: MainWindow, service: MemoryService) -> None:
    """Connect ``service`` to ``window``. Called once."""
    open_dialogs: list[MemoriesDialog] = []

    def show_dialog() -> None:
        from assistant.ui.dialogs.memories_dialog import MemoriesDialog

        commit_input_method()
        dialog = MemoriesDialog(service, window.settings.language.value, window)
        open_dialogs.append(dialog)
        dialog.exec()
        open_dialogs.remove(dialog)
        dialog.deleteLater()

    def show_document() -> None:
        state = window.documents.state
        service.set_document(state.document_id, state.path)

    def show_error(error: BubaiError) -> None:
        # The dialog tells it itself while it is open.
        if not open_dialogs:
            window.messages.show_error(error)

    window.actions_["memories"].triggered.connect(show_dialog)
    window.documents.state_changed.connect(show_document)
    service.failed.connect(show_error)
    show_document()
