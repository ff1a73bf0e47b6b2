"""Joins editor, sentiment service and panel: what is judged, and what becomes of the verdicts.

Imports services and ui. Runs on the UI thread only.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from assistant.errors import BubaiError, Cancelled, EmptyTextError
from assistant.services.scope import Scope
from assistant.services.sentiment import Mood, PlacedSentence, PlacedWord, SentimentService
from assistant.ui.document_text import follow, text_between
from assistant.ui.editor import Editor
from assistant.ui.mood.book import SentenceBook
from assistant.ui.mood.look import line_format
from assistant.ui.panels.effect_strip import Cell
from assistant.ui.panels.sentiment_panel import Idle, SentimentPanel
from assistant.ui.theme import LIGHT, Colours
from assistant.ui.visible_marks import VisibleMarks

_PATIENCE = 4
"""Batches of sentences that wait for the answer where all others are on show."""
_OUTDATED = 0.5
"""If an edit touches more than this share of the sentences, none of them is worth showing."""


class MoodController(QObject):
    """Everything that the 情感 tab does."""

    def __init__(
        self,
        editor: Editor,
        panel: SentimentPanel,
        service: SentimentService,
        parent: QObject | None = None,
    ) -> None:
        """Connect the parts; nothing is judged before the service is made active."""
        super().__init__(parent)
        self._editor, self._panel, self._service = editor, panel, service
        self._marks = VisibleMarks(editor, "sentiment", self)
        self._colours = LIGHT
        self._book = SentenceBook()
        self._incoming = SentenceBook()
        self._waiting = 0
        self._is_complete = False
        self._explained = ""
        self._asked = ""
        self._connect()

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        self._panel.set_colours(colours)
        self._marks.start_anew()

    def set_active(self, active: bool) -> None:
        """Say whether the panel is on show: out of sight nothing is judged or marked."""
        self._service.set_active(active)
        self._show_marks()

    def explain(self) -> None:
        """Ask which words moved the verdict on the sentence at the caret."""
        index = self._current()
        if index >= 0:
            start, end = self._book.range(index)
            self._asked = text_between(self._editor, start, end)
            self._panel.card.wait()
            self._service.explain(start, self._asked)

    def _connect(self) -> None:
        editor, panel, service = self._editor, self._panel, self._service
        follow(editor, panel.head, panel.progress, service, service.model)
        editor.document().contentsChange.connect(self._on_edited)
        editor.state_changed.connect(self._on_caret_moved)
        panel.head.scope_chosen.connect(self._on_scope)
        panel.retry_requested.connect(self._retry)
        panel.marks_wanted.connect(lambda _wanted: self._show_marks())
        panel.sentence_chosen.connect(self._go_to)
        panel.entered.connect(editor.setFocus)
        panel.card.explanation_asked.connect(self.explain)
        service.started.connect(self._on_started)
        service.sentences_found.connect(self._on_found)
        service.finished.connect(self._on_finished)
        service.failed.connect(self._on_failed)
        service.cancelled.connect(self._on_cancelled)
        service.outdated.connect(lambda: panel.set_stale(True))
        service.explained.connect(self._on_explained)
        service.explanation_failed.connect(self._on_not_explained)

    def _on_edited(self, position: int, removed: int, added: int) -> None:
        self._book.shift(position, removed, added)
        if sum(self._book.outdated) > _OUTDATED * len(self._book):
            self._clear()  # it is another text
        self._service.document_changed()

    def _on_caret_moved(self) -> None:
        self._show_current()

    def _on_scope(self, scope: Scope) -> None:
        self._service.set_scope(scope)
        self._clear()
        self._panel.show_working()
        self._show_marks()

    def _retry(self) -> None:
        self._service.model.reload()
        self._service.refresh()

    def _on_started(self, _revision: int) -> None:
        self._waiting, self._incoming = 0, SentenceBook()
        self._panel.show_working()

    def _on_found(self, _revision: int, sentences: tuple[PlacedSentence, ...]) -> None:
        """Show what was found so far, unless what is shown holds more.

        After an edit the answer comes in a moment, and all else is on show: those batches wait.
        The sentence at the caret is the first to be judged: its card does not go away until then.
        """
        self._incoming.add(sentences)
        self._waiting += 1
        if self._is_complete and self._waiting < _PATIENCE:
            return
        self._waiting = 0
        loses_current = self._current() >= 0 > self._index_at_caret(self._incoming)
        if len(self._incoming) >= len(self._book) and not loses_current:
            self._is_complete = False
            self._show(self._incoming)

    def _on_finished(self, _revision: int, mood: Mood) -> None:
        self._is_complete = True
        whole = len(self._incoming) == len(mood.sentences)
        self._show(self._incoming if whole else SentenceBook(mood.sentences))
        self._panel.show_verdict(mood.verdict)

    def _clear(self) -> None:
        self._is_complete = False
        self._show(SentenceBook())

    def _on_failed(self, error: BubaiError) -> None:
        self._clear()
        if isinstance(error, EmptyTextError):
            self._panel.show_idle(Idle.EMPTY)
        else:
            self._panel.show_error(error)

    def _on_cancelled(self) -> None:
        if self._service.active:
            self._panel.show_idle(Idle.CANCELLED)
        else:
            self._panel.progress.end()

    def _on_explained(self, start_utf16: int, words: tuple[PlacedWord, ...]) -> None:
        index = self._current()
        if index < 0 or self._book.starts[index] != start_utf16:
            self._on_not_explained(Cancelled())
            return
        self._explained = self._asked
        card = self._panel.card
        card.show_words(self._cells(*self._book.range(index), words))
        self._panel.reveal(card)

    def _on_not_explained(self, error: BubaiError) -> None:
        self._explained = ""
        self._panel.card.show_words(None)
        if not isinstance(error, Cancelled):
            self._on_failed(error)

    def _show(self, book: SentenceBook) -> None:
        self._book = book
        first, last = self._extent(book)
        self._panel.show_book(book, first, last)
        self._marks.show_ranges(
            book.within,
            book.range,
            lambda index: line_format(book.polarity(index), self._colours),
        )
        self._show_current()

    def _show_current(self) -> None:
        index = self._current()
        self._panel.show_current(index)
        if self._explained and (index < 0 or self._text_of(index) != self._explained):
            self._explained = ""
            self._panel.card.show_words(None)

    def _show_marks(self) -> None:
        panel = self._panel
        wanted = panel.marks_box.isChecked() and panel.head.scope is not Scope.SENTENCE
        self._marks.set_wanted(wanted and self._service.active)

    def _go_to(self, index: int) -> None:
        start = self._book.starts[index]
        self._editor.select(start, start, quietly=True)
        self._panel.show_current(index)

    def _current(self) -> int:
        return self._index_at_caret(self._book)

    def _index_at_caret(self, book: SentenceBook) -> int:
        if self._panel.head.scope is Scope.SENTENCE:
            return 0 if len(book) else -1
        return book.at(self._editor.textCursor().position())

    def _extent(self, book: SentenceBook) -> tuple[int, int]:
        """Return the part of the document that the curve stands for."""
        if self._panel.head.scope is Scope.TEXT or not len(book):
            return 0, self._editor.document().characterCount() - 1
        return book.starts[0], book.ends[-1]

    def _text_of(self, index: int) -> str:
        return text_between(self._editor, *self._book.range(index))

    def _cells(self, start: int, end: int, words: tuple[PlacedWord, ...]) -> list[Cell]:
        """Return the sentence in pieces: its words, and what stands between them."""
        cells, place = [], start
        for word in words:
            if word.start_utf16 > place:
                cells.append(Cell(read_text(self._editor, place, word.start_utf16), None))
            text = read_text(self._editor, word.start_utf16, word.end_utf16)
            cells.append(Cell(text, word.effect))
            place = word.end_utf16
        if place < end:
            cells.append(Cell(read_text(self._editor, place, end), None))
        return cells


def read_text(editor: Editor, start_utf16: int, end_utf16: int) -> str:
    """Return what stands between two positions of the document, for one line of a list."""
    return text_between(editor, start_utf16, end_utf16).replace("\n", " ").strip()
