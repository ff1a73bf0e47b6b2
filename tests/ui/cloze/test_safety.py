"""An exercise that was being edited is offered again after a crash."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from assistant.cloze import edit
from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.cloze.project_file import save
from assistant.services.journal import Journal
from assistant.ui.cloze import files as files_module
from assistant.ui.cloze import safety as safety_module
from assistant.ui.cloze.files import ExerciseFiles
from assistant.ui.cloze.safety import ExerciseSafety
from assistant.ui.dialogs.questions import Unsaved
from assistant.ui.dialogs.recovery_dialog import Recovery

SHEET = Exercise(
    "sheet", "夏天", Kind.OPEN, (Text("湖边开满"), Gap("a", (Answer("荷花"),)), Text("。"))
)


@pytest.fixture
def start(bench, qtbot, tmp_path):
    """Return what begins a new process's life on the same folder."""
    journals = []

    def do():
        window = QWidget()
        qtbot.addWidget(window)
        files = ExerciseFiles(bench.controller, window)
        journal = Journal(tmp_path / "journal")
        journals.append(journal)
        return journal, files, ExerciseSafety(journal, bench.controller, files, window)

    yield do
    for journal in journals:
        journal.close()


def die(journal):
    """End as a killed process does: the lock goes, the files stay."""
    journal.flush()
    journal._files._own[1].release()
    journal._files._own = None


@pytest.fixture
def answer(monkeypatch):
    """Answer the dialog; keep what it showed."""
    shown = []
    wished = []

    class Dialog:
        def __init__(self, documents, parent):
            shown.append([document.text for document in documents])
            self.document = documents[0]
            self.answer = wished[-1]

        def exec(self):
            pass

        def deleteLater(self):
            pass

    def do(wanted):
        wished.append(wanted)
        return shown

    monkeypatch.setattr(safety_module, "RecoveryDialog", Dialog)
    return do


def test_an_edited_exercise_comes_back(bench, start, answer, tmp_path):
    path = tmp_path / "夏天.bubai"
    save(SHEET, path)
    journal, files, _ = start()
    files.open(path)
    bench.controller._edit(edit.set_hint(SHEET, "a", "一种花"), "a", judge=False)
    die(journal)

    shown = answer(Recovery.OPEN)
    _, again, safety = start()
    assert safety.offer(safety._journal.recoverable())
    assert bench.controller.exercise.gaps[0].hint == "一种花"
    assert (again.path, again.modified) == (path, True)
    assert shown == [["夏天\n\n湖边开满［1］。"]]
    assert not safety.offer(safety._journal.recoverable())


def test_a_saved_exercise_leaves_nothing(bench, start, answer, tmp_path):
    answer(Recovery.OPEN)
    path = tmp_path / "夏天.bubai"
    save(SHEET, path)
    journal, files, _ = start()
    files.open(path)
    bench.controller._edit(edit.set_hint(SHEET, "a", "一种花"), "a", judge=False)
    assert files.save()
    journal.flush()
    assert not list((tmp_path / "journal").rglob("*.json"))


def test_an_unfinished_exercise_is_kept_and_completed(bench, start, answer, qtbot):
    answer(Recovery.OPEN)
    journal, _, _ = start()
    bench.controller.open(replace(SHEET, kind=Kind.CHOICE))
    bench.controller.cancel()
    die(journal)

    _, _, safety = start()
    with qtbot.waitSignal(bench.jobs.judged, timeout=20_000):
        assert safety.offer(safety._journal.recoverable())
    assert len(bench.controller.exercise.gaps[0].options) == 4


@pytest.mark.parametrize(("wanted", "left"), [(Recovery.DELETE, 0), (Recovery.LATER, 1)])
def test_the_teacher_may_not_want_it(bench, start, answer, tmp_path, wanted, left):
    answer(wanted)
    journal, _, _ = start()
    bench.controller.open(SHEET)
    die(journal)
    bench.controller._exercise = None
    _, _, safety = start()
    assert not safety.offer(safety._journal.recoverable())
    assert len(list((tmp_path / "journal").rglob("*.json"))) == left


def test_making_anew_asks_when_work_by_hand_would_be_lost(bench, start, make, monkeypatch):
    start()
    asked = []
    monkeypatch.setattr(files_module, "ask_unsaved", lambda *_: asked.append(1) or Unsaved.CANCEL)
    make(Kind.OPEN)
    bench.panel.reshuffle_button.click()  # what the form made, it makes again
    bench.jobs.cancel()
    assert asked == []
    made = bench.controller.exercise
    changed = edit.set_hint(made, made.gaps[0].uid, "想一想")
    bench.controller._edit(changed, made.gaps[0].uid, judge=False)
    bench.panel.make_button.click()
    assert asked == [1]
    assert bench.controller.exercise == changed
    assert not bench.jobs.busy
