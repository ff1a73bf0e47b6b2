"""The workshop inside the window: tab, sheet in the editor's place, keys, files."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSpinBox

from assistant.cloze.exercise import Kind
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.project_file import load, save
from assistant.cloze.strategies import Strategy
from assistant.errors import FileReadOnlyError, ModelHashError, UnknownEncodingError
from assistant.services.cloze_jobs import ClozeJobs
from assistant.services.journal import Journal
from assistant.services.settings import Language
from assistant.ui.cloze import export_dialog
from assistant.ui.cloze import files as files_module
from assistant.ui.cloze.door import WorkshopDoor
from assistant.ui.cloze.examples import EXAMPLES
from assistant.ui.dialogs.questions import Unsaved
from tests.cloze.conftest import TEXT
from tests.cloze.samples import FULL
from tests.ui.cloze.conftest import choose
from tests.ui.test_main_window import TAKEN_BY_INPUT_METHODS


@pytest.fixture
def door(running, worker_of, tmp_path):
    window = running.window
    fills = window.parts.fills
    lexicon = Lexicon(running.paths.resources / "lexicon")
    jobs = ClozeJobs(worker_of(fills), fills.scorer, fills.load_model, lexicon)
    journal = Journal(tmp_path / "exercises")
    yield WorkshopDoor(window, lambda: jobs, journal)
    journal.close()


@pytest.fixture
def workshop(running, door):
    made, editor = door.workshop, running.window.editor
    editor.setPlainText(TEXT)
    editor.document().setModified(False)
    yield made
    made.files._stored = made.controller.exercise


@pytest.fixture
def worker_of():
    return lambda fills: fills._jobs._worker


@pytest.fixture
def make(workshop, qtbot):
    def do(kind: Kind = Kind.OPEN) -> None:
        choose(workshop, Strategy.WORDLIST, kind, "公园、荷花")
        workshop.show_panel()
        with qtbot.waitSignal(workshop._jobs.made, timeout=20_000):
            workshop.controller.make()

    return do


def answers(workshop):
    return [gap.answer for gap in workshop.controller.exercise.gaps]


def trigger(workshop, name):
    workshop._window.actions_[name].trigger()


def test_the_exercise_takes_the_editors_place_and_the_text_stays(workshop, make):
    assert not workshop.sheet_shown
    make()
    assert workshop.sheet_shown
    assert workshop._window.editor.toPlainText() == TEXT
    workshop.panel.text_button.click()
    assert not workshop.sheet_shown
    assert workshop._window.editor.isVisible()


def test_another_tab_shows_the_text_and_this_one_the_exercise_again(workshop, make):
    make()
    tabs = workshop._window.tabs
    tabs.setCurrentIndex(0)
    assert not workshop.sheet_shown
    workshop._page.go()
    assert workshop.sheet_shown


def test_the_keys_mean_the_exercise_while_it_is_shown(workshop, make, qtbot):
    make()
    trigger(workshop, "next")
    assert workshop.sheet.selected == workshop.controller.exercise.gaps[0].uid
    workshop.sheet.setTextCursor(workshop.sheet.document().find("美丽"))
    with qtbot.waitSignal(workshop._jobs.judged):
        trigger(workshop, "mask")
    assert answers(workshop) == ["公园", "美丽", "荷花"]
    trigger(workshop, "undo")
    assert answers(workshop) == ["公园", "荷花"]
    assert workshop._window.editor.toPlainText() == TEXT


def test_the_keys_mean_the_text_again_afterwards(workshop, make):
    actions = workshop._window.actions_
    before = {name: actions[name].isEnabled() for name in ("undo", "cut", "paste", "find")}
    make()
    assert not actions["paste"].isEnabled()
    workshop.show_sheet(False)
    assert {name: actions[name].isEnabled() for name in before} == before
    assert actions["mask"].instead is None


def test_saving_saves_the_exercise_while_it_is_shown(workshop, make, tmp_path):
    make()
    workshop.files.path = tmp_path / "公园.bubai"
    trigger(workshop, "save")
    assert load(tmp_path / "公园.bubai") == workshop.controller.exercise


def test_an_exercise_opens_like_any_file(workshop, make, tmp_path):
    make()
    path = tmp_path / "公园.bubai"
    save(workshop.controller.exercise, path)
    workshop.files._stored = workshop.controller.exercise
    workshop.show_sheet(False)
    workshop._window.documents.open(path)
    assert workshop.sheet_shown
    assert workshop.files.path == path
    assert workshop._window.editor.toPlainText() == TEXT


def test_a_text_that_is_opened_is_shown(workshop, make, tmp_path):
    window = workshop._window
    window.editor.insertPlainText("可撤销")
    window.editor.document().setModified(False)
    make()
    path = tmp_path / "诗.txt"
    path.write_text("处处闻啼鸟。", "utf-8")
    window.documents.open(path)
    assert not workshop.sheet_shown
    assert window.editor.toPlainText() == "处处闻啼鸟。"
    assert not window.actions_["undo"].isEnabled()
    assert answers(workshop) == ["公园", "荷花"]


@pytest.mark.parametrize(
    ("error", "button"),
    [(UnknownEncodingError, ""), (FileReadOnlyError, "另存为…"), (ModelHashError, "重新加载模型")],
)
def test_an_error_of_the_exercise_offers_what_helps_the_exercise(workshop, error, button):
    messages = workshop._window.messages
    workshop.controller.failed.emit(error(path="词表.txt", folder="fill", file="model.onnx"))
    assert messages.isVisible()
    assert (messages.action_button.isVisible(), messages.action_button.text()) == (
        bool(button), button,
    )  # fmt: skip


def test_a_hint_still_being_written_is_exported(workshop, make, monkeypatch):
    exported = []
    monkeypatch.setattr(
        export_dialog, "ExportDialog", lambda exercise, *_: exported.append(exercise) or Nothing()
    )
    make()
    trigger(workshop, "next")
    workshop.panel.card.hint_field.insert("绿")
    workshop.dialogs.export()
    assert exported[0].gaps[0].hint == "绿"


class Nothing:
    """A dialog that nobody sees."""

    def exec(self) -> int:
        return 0

    def deleteLater(self) -> None:
        pass


def test_the_window_asks_before_an_unsaved_exercise_goes(workshop, make, monkeypatch):
    make()
    monkeypatch.setattr(files_module, "ask_unsaved", lambda *_: Unsaved.CANCEL)
    assert not workshop._window.close()
    assert workshop._window.isVisible()


def test_a_new_exercise_does_not_overwrite_the_file_of_the_last(workshop, make, tmp_path):
    make()
    workshop.files.path = tmp_path / "公园.bubai"
    make()
    assert workshop.files.path is None


def test_no_key_is_taken_twice_or_from_an_input_method(workshop, door):
    theirs = [key.toString() for a in workshop._window.actions_.all() for key in a.shortcuts()]
    ours = [key.toString() for a in door.actions.values() for key in a.shortcuts()]
    assert len(set(ours)) == len(ours)
    assert set(ours) & (set(theirs) | TAKEN_BY_INPUT_METHODS) == set()


def test_every_control_has_a_name(workshop):
    workshop.controller.open(FULL)
    workshop.controller.step(1)
    workshop.panel.form_button.setChecked(True)
    nameless = [
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit, QSpinBox)
        for widget in workshop.panel.findChildren(kind)
        if widget.isVisible()
        and widget.objectName() != "qt_spinbox_lineedit"
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_everything_is_said_in_english_too(workshop):
    workshop.controller.open(FULL)
    workshop.controller.step(1)
    workshop._window.parts.languages.choose(Language.EN)
    QApplication.processEvents()
    said = [
        words
        for widget in workshop.panel.findChildren(QAbstractButton)
        if widget.isVisible() and (words := widget.text())
    ]
    assert said
    assert not [words for words in said if any("\u4e00" <= c <= "\u9fff" for c in words)]
    workshop._window.parts.languages.choose(Language.ZH)


def test_an_exercise_made_while_composing_leaves_the_editor_alone(workshop, make, qtbot):
    editor = workshop._window.editor
    QApplication.sendEvent(editor, QInputMethodEvent("ni", []))
    assert editor.composing
    make()
    assert workshop.sheet_shown
    assert editor.toPlainText() == TEXT
    workshop.show_sheet(False)
    QApplication.sendEvent(editor, QInputMethodEvent("", []))
    assert not editor.composing


def test_an_example_is_shown_with_its_form(workshop, running):
    poems = next(one for one in EXAMPLES if one.verse)
    workshop.panel.example_chosen.emit(poems)
    assert "春眠不觉晓" in running.window.editor.toPlainText()
    options = workshop.panel.form.options()
    assert (options.strategy, options.kind, options.verse) == (Strategy.WORDLIST, Kind.OPEN, True)
    assert "啼" in options.words
    assert len(workshop.panel.example_menu.actions()) == len(EXAMPLES) == 3


def test_every_example_is_a_file(running):
    assert all((running.paths.resources / "samples" / one.file).is_file() for one in EXAMPLES)
