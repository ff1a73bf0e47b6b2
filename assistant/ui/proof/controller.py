"""Joins editor, proof-reading service and panel.

Imports services and ui. Runs on the UI thread only.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QTextCharFormat

from assistant.errors import BubaiError, EmptyTextError, FileWriteError
from assistant.services.proofreading import PlacedMistake, ProofService
from assistant.services.scope import Scope
from assistant.text.characters import is_han
from assistant.text.words import word_around
from assistant.ui.chips import Preview
from assistant.ui.document_text import follow
from assistant.ui.editor import Editor
from assistant.ui.panels.proof_panel import ProofIdle, ProofPanel
from assistant.ui.proof.book import MistakeBook
from assistant.ui.theme import LIGHT, Colours
from assistant.ui.visible_marks import VisibleMarks

LAYER = "proof"


class ProofController(QObject):
    """Everything that the 校对 tab does."""

    failed = Signal(object)
    """BubaiError: the list of ignored words could not be written."""

    def __init__(
        self,
        editor: Editor,
        panel: ProofPanel,
        service: ProofService,
        parent: QObject | None = None,
    ) -> None:
        """Connect the parts; nothing is read before the service is made active."""
        super().__init__(parent)
        self._editor, self._panel, self._service = editor, panel, service
        self._colours = LIGHT
        self._book = MistakeBook()
        self._incoming: list[PlacedMistake] | None = None
        self.marks = VisibleMarks(editor, LAYER, self)
        self._connect()

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        self._panel.set_colours(colours)
        self.marks.start_anew()

    def set_active(self, active: bool) -> None:
        """Say whether the panel is on show: out of sight nothing is read or marked."""
        self._service.set_active(active)
        self.marks.set_wanted(active)

    def step(self, forward: bool) -> None:
        """Go to the next mistake, or to the one before."""
        place = self._editor.textCursor().position()
        here = self._book.at(place)
        start = self._book.starts[here] if here >= 0 else place
        index = self._book.after(start + (here >= 0)) if forward else self._book.before(start)
        if index >= 0:
            self._go_to(index)

    def correct_current(self) -> None:
        """Put the first suggestion in the place of the mistake at the caret, and go on."""
        index = self._book.at(self._editor.textCursor().position())
        if index >= 0:
            self._correct(index, self._book.placed(index).mistake.suggestions[0])

    def _connect(self) -> None:
        editor, panel, service = self._editor, self._panel, self._service
        follow(editor, panel.head, panel.progress, service, service.model)
        editor.document().contentsChange.connect(self._on_edited)
        editor.state_changed.connect(self._on_caret_moved)
        panel.head.scope_chosen.connect(self._on_scope)
        panel.retry_requested.connect(self._retry)
        panel.mistake_chosen.connect(self._go_to)
        panel.correction_chosen.connect(self._correct)
        panel.ignore_requested.connect(self._ignore)
        panel.entered.connect(editor.setFocus)
        service.started.connect(self._on_started)
        service.mistakes_found.connect(self._on_found)
        service.finished.connect(self._on_finished)
        service.failed.connect(self._on_failed)
        service.cancelled.connect(self._on_cancelled)

    def _on_edited(self, position: int, removed: int, added: int) -> None:
        if self._book.shift(position, removed, added):
            self._show(self._book)
        self._service.document_changed()

    def _on_caret_moved(self) -> None:
        self._panel.show_current(self._book.at(self._editor.textCursor().position()))

    def _on_scope(self, scope: Scope) -> None:
        self._service.set_scope(scope)
        self._show(MistakeBook())
        self._panel.show_idle(ProofIdle.WORKING)

    def _retry(self) -> None:
        self._service.model.reload()
        self._panel.show_idle(ProofIdle.WORKING)
        self._service.refresh()

    def _on_started(self, _revision: int) -> None:
        self._incoming = []
        self._panel.show_working()

    def _on_found(self, _revision: int, mistakes: tuple[PlacedMistake, ...]) -> None:
        """Show what was found so far, unless what is shown holds more (and is nearly right)."""
        if self._incoming is not None and mistakes:
            self._incoming += mistakes
            if len(self._incoming) >= len(self._book):
                self._show(MistakeBook(self._incoming))

    def _on_finished(self, _revision: int, mistakes: tuple[PlacedMistake, ...]) -> None:
        self._incoming = None
        self._show(MistakeBook(mistakes))
        self._panel.show_done()

    def _on_failed(self, error: BubaiError) -> None:
        self._incoming = None
        self._show(MistakeBook())
        if isinstance(error, EmptyTextError):
            self._panel.show_idle(ProofIdle.EMPTY)
        else:
            self._panel.show_error(error)

    def _on_cancelled(self) -> None:
        self._incoming = None
        if self._service.active:
            self._panel.show_idle(ProofIdle.CANCELLED)
        else:
            self._panel.progress.end()

    def _show(self, book: MistakeBook) -> None:
        self._book = book
        self._panel.show_book(book)
        self._panel.show_current(book.at(self._editor.textCursor().position()))
        self.marks.show_ranges(book.within, book.range, lambda _index: self._look())

    def _look(self) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        look.setUnderlineColor(QColor(self._colours.error_text))
        return look

    def _go_to(self, index: int) -> None:
        self._editor.select(*self._book.range(index), quietly=True)
        self._panel.show_current(index)

    def _correct(self, index: int, word: str) -> None:
        start, end = self._book.range(index)
        if self._editor.replace([Preview(start, end, word)]):
            following = self._book.after(start)
            if following >= 0:
                self._go_to(following)

    def _ignore(self, index: int) -> None:
        try:
            self._service.ignore(_word(self._book.placed(index)))
        except FileWriteError as error:
            self.failed.emit(error)


def _word(placed: PlacedMistake) -> str:
    """Return what to leave alone: the listed word at the mistake, else it with its neighbour.

    Never one character: that would silence it everywhere.
    """
    line = placed.before + placed.mistake.found + placed.after
    place = len(placed.before)
    start, end = word_around(line, place)
    if end - start > 1:
        return line[start:end]
    if place and is_han(line[place - 1]):
        return line[place - 1 : place + 1]
    return line[place : place + 2]
