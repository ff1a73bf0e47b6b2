"""Joins editor, fill service, panel and strip: what the caret asks for, and what becomes of it.

Imports services and ui. Runs on the UI thread only.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Signal

from assistant.errors import BubaiError, Cancelled, ModelError, NoBlankError, WordError
from assistant.records import Candidate, Explanation, FillResult
from assistant.services.analysis import FillService
from assistant.services.snapshot import Snapshot
from assistant.text.masks import with_length
from assistant.ui import blank_keys
from assistant.ui.candidate_strip import CandidateStrip
from assistant.ui.chips import Preview
from assistant.ui.editor import Editor
from assistant.ui.local_text import LocalText, next_blank
from assistant.ui.panels.fill_panel import FillPanel, Idle
from assistant.ui.shown_fill import ShownFill
from assistant.ui.survey import Survey

FEW, MANY = 5, 10
"""How many candidates are shown, and with "more"."""


class FillController(QObject):
    """Everything that filling does in the window."""

    failed = Signal(object)
    """BubaiError for the message bar."""
    working_changed = Signal(bool)
    """A fill began or ended."""
    measured = Signal(float)
    """Milliseconds of the last fill that the engine worked out."""
    recovered = Signal()
    """A result came: an error shown before is history."""
    length_changed = Signal(object)

    def __init__(
        self,
        editor: Editor,
        panel: FillPanel,
        service: FillService,
        survey: Survey,
        parent: QObject | None = None,
    ) -> None:
        """Connect the parts; nothing is asked before the editor changes."""
        super().__init__(parent)
        self._editor, self._panel, self._service, self._survey = editor, panel, service, survey
        self.strip = CandidateStrip(editor.viewport())
        self._length: int | None = None
        self._automatic = True
        self._top = FEW
        self._local: LocalText | None = None
        self._shown: ShownFill | None = None
        self._last: ShownFill | None = None
        self._no_model = False
        self._connect()

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The candidates on show."""
        return self._shown.fill.candidates if self._shown else ()

    def set_length(self, length: int | None) -> None:
        """Pin blanks of unknown length to ``length`` characters; None lets them compete."""
        if length != self._length:
            self._length = length
            self._panel.set_length(length)
            self.length_changed.emit(length)
            self.refresh()

    def set_automatic(self, automatic: bool) -> None:
        """Fill when the caret comes to a blank, or only when asked."""
        self._automatic = automatic
        self._service.set_automatic(automatic)
        self.refresh()

    def cycle_length(self) -> None:
        """Go on to the next length: automatic, 1, 2, 3, 4."""
        lengths: list[int | None] = [None, 1, 2, 3, 4]
        self.set_length(lengths[(lengths.index(self._length) + 1) % len(lengths)])

    def toggle_more(self) -> None:
        """Ask for ten candidates instead of five, and back."""
        self._top = FEW if self._top == MANY else MANY
        self.refresh()

    def mask(self) -> None:
        """Hide the selection behind a blank, or add a blank."""
        if not self._editor.composing:
            blank_keys.hide_selection(self._editor)

    def go(self, *, forward: bool) -> bool:
        """Move the caret to the next or previous blank; return False if there is none."""
        blank = None
        if not self._editor.composing:
            blank = next_blank(self._editor.textCursor(), forward=forward)
        if blank is not None:
            self._editor.select(blank.end_utf16, blank.end_utf16)
            self._editor.setFocus()
        return blank is not None

    def run(self) -> None:
        """Fill now; from outside a blank go to the next one first."""
        if self._editor.composing:
            return
        self.refresh()
        if self._local is not None and self._local.focus is None:
            if not self.go(forward=True):
                self.failed.emit(NoBlankError())
                return
            self.refresh()
        self._service.request_now()

    def apply(self, index: int) -> None:
        """Put candidate ``index`` into the blank as one undo step."""
        if self._shown is not None:
            self._put(self._shown.with_candidate(index))

    def apply_word(self, word: str) -> None:
        """Put the person's own word into the blank as one undo step."""
        if self._shown is not None:
            self._put([self._shown.with_word(word)])

    def apply_joint(self, index: int) -> None:
        """Fill all blanks of joint filling ``index`` as one undo step."""
        if self._shown is not None:
            self._put(self._shown.with_joint(index))

    def cancel(self) -> None:
        """Stop what runs; put away strip and previews."""
        self._service.cancel()
        self.strip.withdraw()
        self._editor.show_previews(())

    def refresh(self) -> None:
        """Look at the editor and ask the service for what its caret asks for."""
        editor = self._editor
        if editor.composing:
            return
        local = editor.local_text()
        self._local = local
        start = None if local.focus is None else local.to_utf16(local.focus.start_char)
        editor.set_active(None if local.word else start)
        if local.focus is None:
            self._forget()
            self._service.document_changed(Snapshot(local.text, (), local.caret_char))
            self._panel.show_place(1, 0)
            found = bool(local.spans) or self._survey.blanks > 0
            self._panel.show_idle(Idle.ELSEWHERE if found else Idle.NO_BLANK)
            return
        self._panel.show_place(self._survey.number_of(start or 0), self._blanks(), local.word)
        self._service.document_changed(self._snapshot(local))
        if self._answers(self._shown, local):
            return
        if self._last is not None and self._answers(self._last, local):
            self._show(self._last)
            return
        self._forget()
        self._panel.show_idle(self._why_waiting())

    def _connect(self) -> None:
        editor, panel, service = self._editor, self._panel, self._service
        editor.state_changed.connect(self.refresh)
        editor.composing_changed.connect(self._on_composing_changed)
        editor.view_moved.connect(self._on_view_moved)
        self._survey.taken.connect(self._on_survey_taken)
        self.strip.chosen.connect(self.apply)
        self.strip.hovered.connect(self._preview)
        panel.chosen.connect(self.apply)
        panel.previewed.connect(self._preview)
        panel.joint_chosen.connect(self.apply_joint)
        panel.joint_previewed.connect(self._preview_joint)
        panel.word_accepted.connect(self.apply_word)
        panel.word_asked.connect(service.score_word)
        panel.explanation_asked.connect(self._on_explanation_asked)
        panel.length_chosen.connect(self.set_length)
        panel.run_requested.connect(self.run)
        panel.model_requested.connect(service.load_model)
        service.model_loading.connect(self._on_model_loading)
        service.model_ready.connect(self._on_model_ready)
        service.model_failed.connect(self._on_model_failed)
        service.fill_started.connect(self._on_fill_started)
        service.near_finished.connect(self._on_near_finished)
        service.fill_finished.connect(self._on_fill_finished)
        service.fill_failed.connect(self._on_fill_failed)
        service.fill_cancelled.connect(self._on_fill_cancelled)
        service.word_scored.connect(self._on_word_scored)
        service.word_failed.connect(self._on_word_failed)
        service.explanation_finished.connect(self._on_explained)
        service.explanation_failed.connect(self._on_explanation_failed)

    def _snapshot(self, local: LocalText) -> Snapshot:
        """Return the request: lengths pinned, except that of a selected word of another one."""
        spans = with_length(local.asked_spans(), self._length)
        word = local.word
        words = (word,) if word and self._length in (None, len(word)) else ()
        return Snapshot(local.text, spans, local.caret_char, words, self._top)

    def _answers(self, shown: ShownFill | None, local: LocalText) -> bool:
        return shown is not None and shown.answers(local, self._length, self._top)

    def _show(self, shown: ShownFill) -> None:
        self._shown = self._last = shown
        self._panel.show_fill(shown.fill, shown.result)
        lines = self._editor.text_lines()
        self.strip.offer(shown.fill.candidates, self._anchor(shown), lines)

    def _blanks(self) -> int:
        local = self._local
        return max(self._survey.blanks, len(local.spans) if local else 0)

    def _why_waiting(self) -> Idle:
        if self._no_model:
            return Idle.NO_MODEL
        if not self._service.is_ready:
            return Idle.LOADING
        return Idle.WAITING if self._automatic else Idle.MANUAL

    def _forget(self) -> None:
        self._shown = None
        self.strip.withdraw()
        self._editor.show_previews(())

    def _put(self, fills: list[Preview]) -> None:
        # What is on show may be older than the text: never write over what was not read.
        shown = self._shown
        if shown is None or self._editor.local_text().text != shown.local.text:
            return
        if self._editor.replace(fills):
            self._forget()
            self._editor.setFocus()

    def _preview(self, index: int) -> None:
        self._editor.show_previews(self._shown.with_candidate(index) if self._shown else ())

    def _preview_joint(self, index: int) -> None:
        self._editor.show_previews(self._shown.with_joint(index) if self._shown else ())

    def _on_composing_changed(self, composing: bool) -> None:
        self._service.set_composing(composing)
        if composing:
            self.strip.hide()

    def _on_view_moved(self) -> None:
        if self.strip.candidates and self._shown is not None and not self._editor.composing:
            self.strip.follow(self._anchor(self._shown), self._editor.text_lines())

    def _on_survey_taken(self) -> None:
        local = self._local
        if local is not None and local.focus is not None and not self._editor.composing:
            start = local.to_utf16(local.focus.start_char)
            number = self._survey.number_of(start)
            self._panel.show_place(number, self._blanks(), local.word)

    def _anchor(self, shown: ShownFill) -> QRect:
        place = shown.with_word("")
        return self._editor.place_of(place.start_utf16, place.end_utf16)

    def _on_model_loading(self) -> None:
        self._no_model = False
        self.refresh()

    def _on_model_ready(self, _info: object) -> None:
        self._no_model = False
        self.refresh()

    def _on_model_failed(self, error: BubaiError) -> None:
        self._no_model = True
        self.failed.emit(error)
        self.refresh()

    def _on_fill_started(self, revision: int) -> None:
        if revision == self._service.revision:
            self.working_changed.emit(True)
            self._panel.show_idle(Idle.WAITING)

    def _on_near_finished(self, revision: int, result: FillResult) -> None:
        if self._take(revision, result):
            self.measured.emit(result.elapsed_ms)

    def _on_fill_finished(self, revision: int, result: FillResult) -> None:
        self.working_changed.emit(False)
        shown = self._take(revision, result)
        if shown and len(result.spans) == 1:
            self.measured.emit(result.elapsed_ms)

    def _take(self, revision: int, result: FillResult) -> bool:
        """Show the part of ``result`` that the caret asks for; return whether there is one."""
        local = self._local
        if local is None or local.focus is None or revision != self._service.revision:
            return False
        start = local.focus.start_char
        fill = next((fill for fill in result.spans if fill.span.start_char == start), None)
        if fill is None or result.text != local.text:
            return False
        self.recovered.emit()
        self._show(ShownFill(local, result, fill, self._top))
        return True

    def _on_fill_failed(self, revision: int, error: BubaiError) -> None:
        self.working_changed.emit(False)
        if revision != self._service.revision:
            return
        if not self._show_again():
            self._forget()
            self._panel.show_idle(Idle.NO_MODEL if isinstance(error, ModelError) else Idle.FAILED)
        self.failed.emit(error)

    def _on_fill_cancelled(self, revision: int) -> None:
        self.working_changed.emit(False)
        if revision == self._service.revision and not self._show_again():
            self._panel.show_idle(Idle.CANCELLED)

    def _show_again(self) -> bool:
        """Keep what is known of the blank at the caret though the rest came to nothing."""
        shown = self._shown
        if shown is None or self._local is None or not self._answers(shown, self._local):
            return False
        self._panel.show_fill(shown.fill, shown.result)
        return True

    def _on_word_scored(self, word: str, result: FillResult) -> None:
        shown, own_word = self._shown, self._panel.own_word
        if shown is None:
            return
        for fill in result.spans:
            if fill.span != shown.fill.span:
                continue
            if fill.choices:
                own_word.show_choices(fill.choices)
            else:
                scored = next((s for s in fill.scored if s.text == word), None)
                own_word.show_answer(scored)
                if scored is None:
                    self.failed.emit(WordError(word=word))
            self._panel.reveal(own_word)

    def _on_word_failed(self, _word: str, error: BubaiError | None) -> None:
        self._panel.own_word.show_answer(None)
        if error is not None and not isinstance(error, Cancelled):
            self.failed.emit(error)

    def _on_explanation_asked(self) -> None:
        shown = self._shown
        if shown is not None:
            words = tuple(candidate.text for candidate in self.candidates[:FEW])
            self._panel.why.wait()
            self._service.explain(shown.fill.span.start_char, words)

    def _on_explained(self, explanation: Explanation) -> None:
        self._panel.why.show_answer(explanation)
        self._panel.reveal(self._panel.why)

    def _on_explanation_failed(self, error: BubaiError | None) -> None:
        self._panel.why.clear()
        if error is not None and not isinstance(error, Cancelled):
            self.failed.emit(error)
