"""The exercise in hand: making it, editing it gap by gap, taking steps back.

Imports cloze/, services and ui. Runs on the UI thread only.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from assistant.cloze import edit
from assistant.cloze.bank import BankCheck
from assistant.cloze.exercise import Distractor, Exercise
from assistant.cloze.open_blanks import count_blanks
from assistant.cloze.passage import gap_places
from assistant.disk import read_file
from assistant.errors import BubaiError, EmptyTextError
from assistant.export.passage import has_options
from assistant.services.cloze_jobs import ClozeJobs, Judged
from assistant.text.encodings import decode
from assistant.ui.cloze.sheet_view import SheetView
from assistant.ui.cloze.spares import Spares
from assistant.ui.document_text import selected_range, text_between
from assistant.ui.editor import Editor
from assistant.ui.panels.cloze_panel import ClozePanel

_STEPS_KEPT = 100


class ClozeController(QObject):
    """Everything that exercise-making does in the window."""

    failed = Signal(object)
    """BubaiError for the message bar."""
    noticed = Signal(str)
    """What could not be done, by name: "no_place", "no_spare", "open_blanks"."""
    recovered = Signal()
    """Something worked: an error shown before is history."""
    sheet_wanted = Signal(bool)
    """Show the exercise instead of the editor, or the editor again."""
    made_anew = Signal()
    """Another exercise was made of a text."""
    begun = Signal()
    """Another exercise is about to be in hand."""
    changed = Signal()
    """Another exercise, or the exercise was edited."""

    def __init__(
        self, editor: Editor, panel: ClozePanel, sheet: SheetView, jobs: ClozeJobs,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        """Connect the parts; there is no exercise yet."""
        super().__init__(parent)
        self._editor, self._panel, self._sheet, self._jobs = editor, panel, sheet, jobs
        self._exercise: Exercise | None = None
        self._bank: BankCheck | None = None
        self._with_model = True
        self._steps: list[Exercise] = []
        self._spares = Spares()
        self._swapping: tuple[str, str] | None = None
        self._choices = 4
        self._unjudged = False
        self._by_hand = False
        self.may_replace: Callable[[], bool] = lambda: True
        """Asked before work of the teacher's own on the exercise would be lost."""
        self._connect()
        panel.set_can_undo(False)

    @property
    def exercise(self) -> Exercise | None:
        """The exercise in hand."""
        return self._exercise

    def make(self) -> None:
        """Make an exercise of the selection, or of the whole text."""
        if self._may_make():
            self._make()

    def _make(self) -> None:
        text = self._text()
        if not text.strip():
            self.failed.emit(EmptyTextError())
            return
        options = self._panel.form.options()
        self._choices = options.choices
        self._jobs.make(text, options)

    def reshuffle(self) -> None:
        """Make it anew with the next seed."""
        if not self._may_make():
            return
        seed = self._panel.form.seed
        seed.setValue((seed.value() + 1) % (seed.maximum() + 1))
        self._make()

    def settle(self) -> None:
        """Take over a hint that is still being written: a key, unlike a click, leaves its field."""
        self._panel.card.commit()

    def _may_make(self) -> bool:
        """Return whether the exercise may go: what the form made, the form makes again."""
        self.settle()
        return not (self._by_hand or self._steps) or self.may_replace()

    def open(self, exercise: Exercise) -> None:
        """Take an exercise from a file in hand; one that is not complete is completed."""
        self._jobs.cancel()
        counts = [len(gap.options) for gap in exercise.gaps if gap.distractors]
        self._choices = max(counts, default=4)
        self._begin(exercise, None, with_model=True)
        self._by_hand = True
        if has_options(exercise) and not all(gap.distractors for gap in exercise.gaps):
            self._unjudged = True
            self._jobs.judge(exercise, self._choices)

    def add_gap(self) -> None:
        """Make a gap of the text selected in the sheet."""
        place = self._sheet.selected_place()  # settling may write the sheet anew
        self.settle()
        if self._exercise is None or place is None:
            self.noticed.emit("no_place")
            return
        changed = edit.add_gap(self._exercise, place)
        uid = next(uid for uid, at in gap_places(changed).items() if at == place)
        self._edit(changed, uid, judge=True)

    def remove_gap(self, uid: str) -> None:
        """Give the gap's word back to the text."""
        if self._exercise is not None:
            self._edit(edit.remove_gap(self._exercise, uid), "", judge=True)

    def undo(self) -> None:
        """Take the last step back."""
        if self._steps:
            self._jobs.cancel()
            self._exercise = self._steps.pop()
            self._bank = None
            self._unjudged = False
            self._spares.clear()
            self._show(self._sheet.selected)

    def step(self, by: int) -> None:
        """Go to the next or previous gap, around the ends."""
        self.settle()
        uids = [gap.uid for gap in self._exercise.gaps] if self._exercise else []
        if not uids:
            return
        here = self._sheet.selected
        index = uids.index(here) + by if here in uids else (0 if by > 0 else -1)
        self._sheet.select_gap(uids[index % len(uids)])
        self._panel.show_gap(uids[index % len(uids)])

    def cancel(self) -> None:
        """Stop what runs."""
        self._jobs.cancel()

    def show_scope(self) -> None:
        """Say in the panel how much text there is to work on."""
        start, end = selected_range(self._editor)
        # Per key: a long text is not copied for this.
        count = len(self._text().strip()) if start < end else self._characters()
        self._panel.show_scope(count, selected=start < end)

    def _connect(self) -> None:
        panel, sheet, jobs, card = self._panel, self._sheet, self._jobs, self._panel.card
        panel.make_requested.connect(self.make)
        panel.reshuffle_requested.connect(self.reshuffle)
        panel.cancel_requested.connect(self.cancel)
        panel.sheet_shown.connect(self.sheet_wanted)
        panel.answers_shown.connect(sheet.set_with_answers)
        panel.add_requested.connect(self.add_gap)
        panel.undo_requested.connect(self.undo)
        panel.form.word_file_chosen.connect(self._on_word_file)
        sheet.gap_selected.connect(panel.show_gap)
        sheet.gap_removed.connect(self.remove_gap)
        sheet.card_requested.connect(card.hint_field.setFocus)
        card.step_requested.connect(self.step)
        card.remove_requested.connect(lambda: self.remove_gap(sheet.selected))
        card.accepted.connect(self._on_accepted)
        card.dropped.connect(self._on_dropped)
        card.hint_changed.connect(self._on_hint)
        card.move_requested.connect(self._on_move)
        card.swap_requested.connect(self._on_swap)
        jobs.progressed.connect(lambda done, steps: panel.show_working((done, steps)))
        jobs.made.connect(self._on_made)
        jobs.judged.connect(self._on_judged)
        jobs.spares_found.connect(self._on_spares)
        jobs.views_found.connect(lambda _views: panel.show_working(None))
        jobs.cancelled.connect(lambda: panel.show_working(None))
        jobs.failed.connect(self._on_failed)

    def _characters(self) -> int:
        return self._editor.document().characterCount() - 1

    def _text(self) -> str:
        start, end = selected_range(self._editor)
        if start < end:
            return text_between(self._editor, start, end)
        return self._editor.plain_text()

    def _begin(self, exercise: Exercise, bank: BankCheck | None, *, with_model: bool) -> None:
        self.begun.emit()
        self._exercise, self._bank, self._with_model = exercise, bank, with_model
        self._by_hand = False
        self._steps.clear()
        self._spares.clear()
        self._unjudged = False
        self._show("")
        self._panel.form_button.setChecked(False)
        self.sheet_wanted.emit(True)

    def _edit(self, changed: Exercise, uid: str, *, judge: bool) -> None:
        if self._exercise is None or changed == self._exercise:
            return
        self._steps = [*self._steps, self._exercise][-_STEPS_KEPT:]
        self._exercise = changed
        if judge:
            self._bank = None
            self._spares.clear()
        self._show(uid)
        self._unjudged = self._unjudged or judge
        if self._unjudged:
            self._jobs.judge(changed, self._choices)
        elif self._jobs.busy:
            self._jobs.cancel()  # it works on an exercise that is no longer this one

    def _show(self, uid: str) -> None:
        exercise = self._exercise
        self._sheet.show_exercise(exercise, uid)
        self._panel.show_exercise(exercise, self._bank, with_model=self._with_model)
        self._panel.show_gap(uid)
        self._panel.set_can_undo(bool(self._steps))
        self.changed.emit()

    def _on_made(self, judged: Judged) -> None:
        self._panel.show_working(None)
        self.made_anew.emit()
        self._begin(judged.exercise, judged.bank, with_model=judged.with_model)
        self.recovered.emit()
        if count_blanks(judged.exercise.text):
            self.noticed.emit("open_blanks")

    def _on_judged(self, judged: Judged) -> None:
        self._panel.show_working(None)
        if judged.uid and self._exercise is not None:
            self._steps = [*self._steps, self._exercise][-_STEPS_KEPT:]
        self._exercise, self._bank = judged.exercise, judged.bank
        self._with_model = judged.with_model
        self._unjudged = False
        self._show(judged.uid or self._sheet.selected)

    def _on_failed(self, error: BubaiError) -> None:
        self._panel.show_working(None)
        self._swapping = None
        self.failed.emit(error)

    def _on_accepted(self, word: str) -> None:
        if self._exercise is not None:
            uid = self._sheet.selected
            self._edit(edit.accept_answer(self._exercise, uid, word), uid, judge=True)

    def _on_dropped(self, word: str) -> None:
        if self._exercise is not None:
            uid = self._sheet.selected
            self._edit(edit.drop_answer(self._exercise, uid, word), uid, judge=True)

    def _on_hint(self, hint: str) -> None:
        if self._exercise is not None:
            uid = self._sheet.selected
            self._edit(edit.set_hint(self._exercise, uid, hint), uid, judge=False)

    def _on_move(self) -> None:
        if self._exercise is not None and self._sheet.selected:
            self._jobs.move(self._exercise, self._sheet.selected, self._choices)

    def _on_swap(self, word: str) -> None:
        uid = self._sheet.selected
        if self._exercise is None:
            return
        if self._spares.knows(uid):
            self._swap(uid, word)
            return
        self._swapping = uid, word
        self._jobs.find_spares(self._exercise, uid)

    def _on_spares(self, uid: str, spares: tuple[Distractor, ...]) -> None:
        self._panel.show_working(None)
        self._spares.keep(uid, spares)
        if self._swapping is not None and self._swapping[0] == uid:
            self._swap(*self._swapping)
        self._swapping = None

    def _swap(self, uid: str, word: str) -> None:
        changed = self._spares.swapped(self._exercise, uid, word) if self._exercise else None
        if changed is None:
            self.noticed.emit("no_spare")
            if self._unjudged and self._exercise is not None:
                self._jobs.judge(self._exercise, self._choices)
        else:
            self._edit(changed, uid, judge=False)

    def _on_word_file(self, path: Path) -> None:
        try:
            self._panel.form.set_words(decode(read_file(path), name=path.name).text)
        except BubaiError as error:
            self.failed.emit(error)
