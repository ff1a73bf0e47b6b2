"""Print preview, printing and PDF of a sheet, by Qt. Imports export/ and ui."""

from __future__ import annotations

import os
import sys

from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from assistant.cloze.exercise import Exercise
from assistant.export import pdf
from assistant.export.passage import printable
from assistant.export.wording import sheet_title
from assistant.ui.dialogs.room import open_at


class PrintPreview(QPrintPreviewDialog):
    """Shows the pages of a sheet with its key; prints them, and saves them as PDF, by itself."""

    def __init__(self, exercise: Exercise, parent: QWidget) -> None:
        """Lay the sheet out for the usual printer, or for none."""
        _ask_only_this_machine()
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        super().__init__(self._printer, parent)
        self._exercise, _ = printable(exercise)
        self._printer.setDocName(sheet_title(exercise))
        pdf.set_page(self._printer)
        title = sheet_title(exercise)
        self.setWindowTitle(self.tr("打印预览 — {name}").format(name=title))
        open_at(self, 900, 720)
        self.paintRequested.connect(self._on_paint_requested)

    def _on_paint_requested(self, printer: QPrinter) -> None:
        pdf.document(self._exercise, printer).print_(printer)


def _ask_only_this_machine() -> None:
    """Let CUPS, which Linux prints with, look for printers at this machine's own service only.

    Left alone it looks names up on the network. Who names a server in CUPS_SERVER means it.
    """
    if sys.platform.startswith("linux"):
        os.environ.setdefault("CUPS_SERVER", "/run/cups/cups.sock")
