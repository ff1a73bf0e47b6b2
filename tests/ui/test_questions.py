"""The questions about text that may get lost, without waiting for a person."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from assistant.ui.dialogs import questions
from assistant.ui.dialogs.questions import Changed, Unsaved

ASKED = (
    (questions.ask_unsaved, Unsaved.SAVE, Unsaved.CANCEL),
    (questions.ask_changed, Changed.SAVE_AS, Changed.CANCEL),
    (questions.ask_lossy, Changed.SAVE_AS, Changed.CANCEL),
)


@pytest.fixture
def press(monkeypatch):
    """Press the default button of a question, or none."""

    def give(*, default: bool) -> None:
        def execute(box: QMessageBox) -> int:
            if default:
                box.defaultButton().click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec", execute)

    return give


@pytest.mark.parametrize(("ask", "safe", "nothing"), ASKED)
def test_return_keeps_the_text_and_escape_does_nothing(qtbot, press, ask, safe, nothing):
    parent = QWidget()
    qtbot.addWidget(parent)
    press(default=True)
    assert ask(parent, "诗.txt") is safe
    press(default=False)
    assert ask(parent, "诗.txt") is nothing


def test_return_and_escape_keep_the_files_that_are_there(qtbot, press, tmp_path):
    parent = QWidget()
    qtbot.addWidget(parent)
    there, new = tmp_path / "卷.docx", tmp_path / "卷.pdf"
    there.write_text("mine")
    for default in (True, False):
        press(default=default)
        assert not questions.may_write_over(parent, [there, new])
        assert questions.may_write_over(parent, [new])


@pytest.mark.parametrize("ask", [ask for ask, _, _ in ASKED])
def test_a_question_does_not_outlive_its_answer(qtbot, press, ask):
    parent = QWidget()
    qtbot.addWidget(parent)
    press(default=True)
    ask(parent, "诗.txt")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert parent.findChildren(QAbstractButton) == []
