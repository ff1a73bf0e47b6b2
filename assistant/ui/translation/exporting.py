"""Asks where a translation is to be written, and writes it. Imports export/ and ui."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from assistant.errors import BubaiError
from assistant.export.translations import FORMATS, export
from assistant.records import Translation
from assistant.ui.dialogs.questions import commit_input_method, may_write_over
from assistant.ui.main_window import MainWindow

translate = QCoreApplication.translate


def ask_export(window: MainWindow, translation: Translation) -> Path | None:
    """Ask for a file and write ``translation`` there; return where, or None.

    What went wrong, or was changed, is told in the window's bar.
    """
    commit_input_method()
    filters = {
        f"{one.description(window.parts.languages.code)} (*{one.suffix})": one.suffix
        for one in FORMATS.values()
    }
    start = _start(window)
    name, chosen = QFileDialog.getSaveFileName(
        window, translate("TranslationExport", "导出译文"), str(start), ";;".join(filters)
    )
    if not name:
        return None
    path = Path(name)
    suffixes = {one.suffix for one in FORMATS.values()}
    if path.suffix.lower() not in suffixes:
        path = path.with_name(path.name + filters.get(chosen, ".docx"))
        if not may_write_over(window, [path]):
            return None
    try:
        notes = export(translation, path)
    except BubaiError as error:
        window.messages.show_error(error)
        return None

    def said() -> str:
        code = window.parts.languages.code
        done = translate("TranslationExport", "已导出译文：{name}").format(name=path.name)
        return " ".join([done, *(note.message(code) for note in notes)])

    window.messages.show_notice(said)
    return path


def _start(window: MainWindow) -> Path:
    """Return the name proposed: beside the document, named after it."""
    path = window.documents.state.path
    stem = path.stem if path is not None else translate("TranslationExport", "译文")
    folder = path.parent if path is not None else Path.home()
    return folder / f"{stem}-en.docx"
