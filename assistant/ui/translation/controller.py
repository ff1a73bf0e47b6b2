"""Joins editor, translation service and panel: what is shown, and what stands out where.

Imports services and ui. Runs on the UI thread only.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from assistant.errors import BubaiError, EmptyTextError
from assistant.records import SentenceTranslation
from assistant.services.scope import Scope
from assistant.services.translation import Interpretation, PlacedPair, TranslationService
from assistant.ui.document_text import follow
from assistant.ui.editor import Editor
from assistant.ui.panels.translation_panel import TranslationIdle, TranslationPanel
from assistant.ui.theme import LIGHT, Colours
from assistant.ui.translation.book import PairBook

LAYER = "translation"


class TranslationController(QObject):
    """Everything that the 译文 tab does but export."""

    def __init__(
        self,
        editor: Editor,
        panel: TranslationPanel,
        service: TranslationService,
        parent: QObject | None = None,
    ) -> None:
        """Connect the parts; nothing is translated before the service is made active."""
        super().__init__(parent)
        self._editor, self._panel, self._service = editor, panel, service
        # Asked for in the filter below, a dying editor would raise, and that ends the process.
        self._viewport = editor.viewport()
        self._colours = LIGHT
        self._book = PairBook()
        self._hovered = -1
        self._result: Interpretation | None = None
        self._connect()

    @property
    def result(self) -> Interpretation | None:
        """The complete translation of what the editor shows, or None."""
        return self._result

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        self._panel.set_colours(colours)
        self._mark()

    def set_active(self, active: bool) -> None:
        """Say whether the panel is on show: out of sight nothing is translated or marked."""
        self._service.set_active(active)
        if active:
            self._follow_caret()
        else:
            self._editor.set_marks(LAYER, [])

    def go_to_doubtful(self) -> None:
        """Go to the next sentence that the model doubts, around the end."""
        doubtful, here = self._book.doubtful, self._panel.list.current
        if doubtful:
            index = next((i for i in doubtful if i > here), doubtful[0])
            self._go_to(index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._viewport and self._service.active:
            if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
                self._on_editor_hovered(event.position().toPoint())
            elif event.type() == QEvent.Type.Leave:
                self._hover(-1)
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        editor, panel, service = self._editor, self._panel, self._service
        follow(editor, panel.head, panel.progress, service, service.model)
        editor.document().contentsChange.connect(self._on_edited)
        editor.state_changed.connect(self._on_caret_moved)
        self._viewport.installEventFilter(self)
        panel.head.scope_chosen.connect(self._on_scope)
        panel.head.copy_requested.connect(self._copy_all)
        panel.beams_chosen.connect(service.set_beams)
        panel.retry_requested.connect(self._retry)
        panel.doubtful_requested.connect(self.go_to_doubtful)
        panel.list.chosen.connect(self._go_to)
        panel.list.hovered.connect(self._hover)
        panel.list.entered.connect(editor.setFocus)
        panel.list.copy_requested.connect(self._copy_one)
        service.started.connect(lambda _revision: panel.progress.begin())
        service.planned.connect(self._on_planned)
        service.sentences_found.connect(self._on_found)
        service.finished.connect(self._on_finished)
        service.failed.connect(self._on_failed)
        service.cancelled.connect(self._on_cancelled)
        service.outdated.connect(lambda: self._set_result(None))

    def _on_edited(self, position: int, removed: int, added: int) -> None:
        if self._book.shift(position, removed, added):
            self._panel.list.viewport().update()
        self._service.document_changed()

    def _on_caret_moved(self) -> None:
        if self._service.active:
            self._follow_caret()

    def _on_scope(self, scope: Scope) -> None:
        self._service.set_scope(scope)

    def _retry(self) -> None:
        self._service.model.reload()
        self._service.refresh()

    def _on_planned(self, _revision: int, pairs: tuple[PlacedPair, ...]) -> None:
        book = PairBook(pairs)
        book.take_over(self._book)
        self._show(book)

    def _on_found(self, _revision: int, found: tuple[tuple[int, SentenceTranslation], ...]) -> None:
        if new := self._book.enter(found):
            self._panel.show_new(new)

    def _on_finished(self, _revision: int, result: Interpretation) -> None:
        if not result.pairs:
            self._show(PairBook())
            self._panel.show_idle(TranslationIdle.NO_CHINESE)
            return
        found = ((i, p.translation) for i, p in enumerate(result.pairs) if p.translation)
        if len(self._book) != len(result.pairs):
            self._show(PairBook(result.pairs))
        elif new := self._book.enter(found):
            self._panel.show_new(new)
        self._set_result(result)

    def _on_failed(self, error: BubaiError) -> None:
        self._show(PairBook())
        if isinstance(error, EmptyTextError):
            self._panel.show_idle(TranslationIdle.EMPTY)
        else:
            self._panel.show_error(error)

    def _on_cancelled(self) -> None:
        if self._service.active:
            self._panel.show_idle(TranslationIdle.CANCELLED)
        else:
            self._panel.progress.end()

    def _set_result(self, result: Interpretation | None) -> None:
        self._result = result
        self._panel.show_done(done=result is not None)

    def _show(self, book: PairBook) -> None:
        self._book, self._hovered, self._result = book, -1, None
        self._panel.show_book(book)
        self._panel.show_done(done=False)
        self._follow_caret()

    def _follow_caret(self) -> None:
        index = self._book.at(self._editor.textCursor().position())
        if index != self._panel.list.current:
            self._panel.list.show_current(index)
        self._mark()

    def _on_editor_hovered(self, place: QPoint) -> None:
        cursor = self._editor.cursorForPosition(place)
        inside = self._editor.cursorRect(cursor).adjusted(-30, -2, 30, 2).contains(place)
        index = self._book.at(cursor.position()) if inside else -1
        self._panel.list.show_hovered(index)
        self._hover(index)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self._panel.list.show_hovered(index)
            self._mark()

    def _mark(self) -> None:
        """Mark in the text the sentence at the caret and the one under the mouse."""
        if self._editor.composing:
            return
        wanted = dict.fromkeys((self._panel.list.current, self._hovered))
        shown = [i for i in wanted if 0 <= i < len(self._book)] if self._service.active else []
        self._editor.set_marks(LAYER, [self._mark_of(index) for index in shown])

    def _mark_of(self, index: int) -> QTextEdit.ExtraSelection:
        document = self._editor.document()
        last = document.characterCount() - 1
        start, end = self._book.range(index)
        cursor = QTextCursor(document)
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(QColor(self._colours.chip))
        mark = QTextEdit.ExtraSelection()
        mark.cursor, mark.format = cursor, look  # type: ignore[attr-defined]
        return mark

    def _go_to(self, index: int) -> None:
        start, _end = self._book.range(index)
        self._editor.select(start, start)
        self._panel.list.show_current(index)
        self._mark()

    def _copy_all(self) -> None:
        if self._result is not None:
            QGuiApplication.clipboard().setText(self._result.result.translation)

    def _copy_one(self, index: int) -> None:
        translation = self._book.translation(index)
        if translation is not None:
            QGuiApplication.clipboard().setText(translation.target)
