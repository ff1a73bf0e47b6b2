"""Make the three sample exercises in the real window, as a teacher does, and export them all.

Every step presses a real widget of the running app: the examples' menu, 出题, the gaps, the buttons
of the gap's card, the export dialog, the student's window. What came of it is written to a folder
(a shot of the window after every step, the exported files) and told on standard output. With
``--crash`` it edits an exercise and kills itself; with ``--recover`` it takes up what that left.

Needs a screen, or a virtual one: ``xvfb-run -s "-screen 0 1366x768x24" python -m
build_tools.trials.workshop_tour OUT``.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QMessageBox,
    QWidget,
)

_PATIENCE_S = 300
_STEP_MS = 300
_JOURNAL_S = 4


class Tour:
    """The running app and the folder that takes what it makes."""

    def __init__(self, out: Path, home: Path) -> None:
        """Start the app on a home of its own."""
        os.environ["BUBAI_HOME"] = str(home)
        from assistant.app import App
        from assistant.paths import find_paths

        self.out = out
        self.qt = QApplication(sys.argv[:1])
        self.app = App(find_paths(), self.qt)
        self.workshop = self.app.workshop
        self.panel = self.workshop.panel

    def wait(self, ready: Callable[[], object], what: str) -> None:
        """Let the app run until ``ready``; SystemExit when it never is."""
        end = time.monotonic() + _PATIENCE_S
        while not ready():
            if time.monotonic() > end:
                raise SystemExit(f"{what}: not after {_PATIENCE_S} s")
            self.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)
        QTest.qWait(_STEP_MS)

    def press(self, widget: QWidget) -> None:
        """Click ``widget`` with the left button."""
        if not (widget.isVisible() and widget.isEnabled()):
            name = widget.text() if isinstance(widget, QAbstractButton) else widget.objectName()
            self.shot("stuck")
            raise SystemExit(f"cannot press {name!r}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QTest.qWait(_STEP_MS)

    def shot(self, name: str, widget: QWidget | None = None) -> None:
        """Keep a picture of the window (or another widget)."""
        QTest.qWait(_STEP_MS)
        (widget or self.app.window).grab().save(str(self.out / f"{name}.png"))

    def end(self) -> None:
        """Close the window, its questions answered by not saving."""
        self.workshop.files._stored = self.workshop.controller.exercise
        self.app.window.editor.document().setModified(False)
        self.app.window.close()
        self.app.stop()

    def begin(self) -> None:
        """Show the window and wait for the model."""
        self.app.start([])
        self.app.window.resize(1340, 740)
        self.wait(lambda: self.app.fills.is_ready, "the model")
        self.workshop.show_panel()

    def make(self, index: int, name: str) -> None:
        """Open an example by its menu and make the exercise that its form describes."""
        self.workshop.files._stored = self.workshop.controller.exercise
        self.app.window.editor.document().setModified(False)
        before = self.workshop.controller.exercise
        self.panel.example_menu.actions()[index].trigger()
        QTest.qWait(_STEP_MS)
        self.shot(f"{name}-1-text")
        self.press(self.panel.make_button)
        self.wait(lambda: self.workshop.controller.exercise is not before, name)
        self.wait(lambda: not self.workshop.controller._jobs.busy, name)
        self.shot(f"{name}-2-sheet")
        exercise = self.workshop.controller.exercise
        assert exercise is not None
        print(f"{name}: {len(exercise.gaps)} gaps, options "
              f"{[len(gap.options) for gap in exercise.gaps]}")  # fmt: skip
        print("  " + self.panel.summary.text().replace("\n", "\n  "))

    def work_on_gaps(self, name: str) -> None:
        """Press what the card of a gap has: swap, accept an own answer, hint, move, undo."""
        card, controller = self.panel.card, self.workshop.controller
        controller.step(1)
        QTest.qWait(_STEP_MS)
        swaps = [button for row in card.options.rows for button in row.buttons]
        if swaps and card.options.isVisible():
            before = controller.exercise
            self.press(swaps[0])
            self.wait(lambda: controller.exercise is not before, "another option")
        card.answer_field.setFocus()
        type_words(card.answer_field, "甲乙")
        self.press(card.answer_button)
        self.wait(lambda: not controller._jobs.busy, "an accepted answer")
        controller.step(1)
        card.hint_field.setFocus()
        type_words(card.hint_field, "想想上文")
        QTest.keyClick(card.hint_field, Qt.Key.Key_Return)
        before = controller.exercise
        self.press(card.move_button)
        self.wait(lambda: controller.exercise is not before, "a moved gap")
        self.wait(lambda: not controller._jobs.busy, "a moved gap")
        self.shot(f"{name}-3-card")
        self.press(self.panel.undo_button)
        self.wait(lambda: not controller._jobs.busy, "undo")

    def export(self, name: str) -> None:
        """Tick every format in the export dialog and write them."""
        QTimer.singleShot(_STEP_MS * 2, lambda: self._export_all(name))
        self.press(self.panel.export_button)

    def _export_all(self, name: str) -> None:
        from assistant.ui.cloze.export_dialog import ExportDialog

        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        for box in dialog.boxes.values():
            box.setChecked(True)
        dialog.folder_field.setText(str(self.out))
        dialog.name_field.setText(name)
        for old in self.out.glob(f"{name}.*"):
            old.unlink()  # nobody is here to be asked whether it may be written over
        self.press(dialog.export_button)
        self.shot(f"{name}-4-export", dialog)
        for file in dialog.written:
            print(f"  {'failed' if file.error else 'written'} {file.path.name}")
        dialog.reject()

    def do_as_student(self, name: str) -> None:
        """Ask for every hint of the first gap, answer all but that one, hand in, keep the file."""
        self.press(self.panel.student_button)
        student = self.workshop.dialogs.student
        exercise = self.workshop.controller.exercise
        assert student is not None
        assert exercise is not None
        type_words(student.name_field, "小明")
        first = student.sheet.fields[exercise.gaps[0].uid]
        first.setFocus()
        for _ in range(3):
            self.press(student.hint_button)
            print(f"  hint: {student.hint_label.text()}")
        self.shot(f"{name}-5-student", student)
        for gap in exercise.gaps[1:]:
            field = student.sheet.fields[gap.uid]
            if isinstance(field, QComboBox):
                field.setCurrentIndex(field.findData(gap.answer))
            else:
                type_words(field, gap.answer)
        QTimer.singleShot(_STEP_MS * 2, _agree)
        self.press(student.submit_button)
        print(f"  student: {student.result_label.text()}")
        answers = self.out / f"{name}-小明.json"
        with patch.object(QFileDialog, "getSaveFileName", lambda *_: (str(answers), "")):
            self.press(student.save_button)
        self.shot(f"{name}-6-scored", student)
        student.close()
        QTest.qWait(_STEP_MS)
        QTimer.singleShot(_STEP_MS * 2, lambda: self._read_report(name, answers))
        self.workshop.dialogs.report()

    def _read_report(self, name: str, answers: Path) -> None:
        from assistant.ui.item_report_view import ItemReportView

        view = QApplication.activeModalWidget()
        assert isinstance(view, ItemReportView)
        view.read((answers, answers))
        self.wait(lambda: not self.workshop.controller._jobs.busy, "the report")
        self.shot(f"{name}-7-report", view)
        worst = min(view.reports, key=lambda report: report.facility)
        print(f"  report: {len(view.scores)} sheets, gap {worst.number} {worst.facility:.2f}, "
              f"wrong {[(word.text, word.acceptable) for word in worst.wrong]}")  # fmt: skip
        view.reject()


def _agree() -> None:
    """Press the first button of a question, if one is open."""
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        box.buttons()[0].click()


def type_words(field: QWidget, words: str) -> None:
    """Write ``words`` as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(field, event)


def _crash(tour: Tour) -> None:
    """Edit an exercise and die as a killed process does, after the journal was written."""
    tour.begin()
    tour.make(1, "crash")
    card = tour.panel.card
    tour.workshop.controller.step(1)
    card.hint_field.setFocus()
    type_words(card.hint_field, "想想题目")
    QTest.keyClick(card.hint_field, Qt.Key.Key_Return)
    end = time.monotonic() + _JOURNAL_S
    while time.monotonic() < end:
        QTest.qWait(_STEP_MS)
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)


def _recover(tour: Tour) -> None:
    """Start again and press what the dialog offers, as often as one is shown."""
    from assistant.ui.dialogs.recovery_dialog import RecoveryDialog

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, RecoveryDialog):
            print("offered:", dialog.preview.toPlainText()[:40].replace("\n", " / "))
            tour.shot("recovery", dialog)
            dialog.open_button.click()

    timer = QTimer()
    timer.timeout.connect(answer)
    timer.start(_STEP_MS)
    tour.begin()
    tour.wait(lambda: tour.workshop.controller.exercise is not None, "the recovered exercise")
    timer.stop()
    exercise = tour.workshop.controller.exercise
    assert exercise is not None
    print("recovered hints:", [gap.hint for gap in exercise.gaps if gap.hint])
    tour.shot("recovered")
    tour.end()


def main() -> None:
    """Run the tour."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--home", type=Path, help="BUBAI_HOME; default: OUT/home")
    parser.add_argument("--crash", action="store_true")
    parser.add_argument("--recover", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    home = options.home or options.out / "home"
    home.mkdir(parents=True, exist_ok=True)
    tour = Tour(options.out, home)
    if options.crash:
        _crash(tour)
    elif options.recover:
        _recover(tour)
    else:
        tour.begin()
        for index, name in enumerate(("essay", "poems", "idioms")):
            tour.make(index, name)
            tour.work_on_gaps(name)
            tour.export(name)
            tour.do_as_student(name)
        tour.end()


if __name__ == "__main__":
    main()
