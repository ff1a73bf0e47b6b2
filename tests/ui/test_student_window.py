"""A student fills the sheet in, is helped, hands in, and saves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit

from assistant.cloze.answers_file import read_answers
from assistant.cloze.exercise import (
    Answer,
    BankWord,
    Distractor,
    DistractorKind,
    Exercise,
    Gap,
    Kind,
    Text,
)
from assistant.ui.student_window import StudentWindow
from assistant.ui.theme import LIGHT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has none
WRONG = (Distractor("河化", DistractorKind.SOUND),)
SHEET = Exercise(
    "sheet", "夏天", Kind.OPEN,
    (
        Text("湖边开满"),
        Gap("a", (Answer("荷花"), Answer("莲花", 0.5)), WRONG, hint="夏天开的花"),
        Text("。妹妹"),
        Gap("b", (Answer("唱歌"),), (Distractor("唱戏", DistractorKind.MEANING),), key_index=1),
        Text("。"),
    ),
    points=2,
)  # fmt: skip


@pytest.fixture
def open_sheet(qtbot, tmp_path):
    def do(exercise: Exercise = SHEET) -> StudentWindow:
        window = StudentWindow(exercise, QFont(), LIGHT, Path(tmp_path), "zh")
        qtbot.addWidget(window, before_close_func=lambda w: setattr(w, "_stored", True))
        window.resize(900, 600)
        window.show()
        window.name_field.setFocus()
        return window

    return do


def test_tab_goes_from_the_name_through_the_blanks(open_sheet, qtbot):
    window = open_sheet()
    fields = list(window.sheet.fields.values())
    window.activateWindow()
    window.name_field.setFocus()
    qtbot.waitUntil(window.name_field.hasFocus)
    qtbot.keyClick(window.name_field, Qt.Key.Key_Tab)
    assert fields[0].hasFocus()
    qtbot.keyClick(fields[0], Qt.Key.Key_Tab)
    assert fields[1].hasFocus()


def test_blanks_have_names_and_one_width(open_sheet):
    window = open_sheet()
    fields = list(window.sheet.fields.values())
    assert [field.accessibleName() for field in fields] == ["第 1 空", "第 2 空"]
    assert len({field.width() for field in fields}) == 1


def test_each_hint_tells_more(open_sheet):
    window = open_sheet()
    window.sheet.focus_blank("a")
    told = []
    for _ in range(4):
        window.give_hint()
        told.append(window.hint_label.text())
    assert told[0].endswith("2 个字")
    assert told[1].endswith("首字母 h h")
    assert told[2].endswith("拼音 hé huā")
    assert told[3] == told[2]
    assert "夏天开的花" in told[0]


def test_the_score_knows_partial_credit_and_the_exact_word(open_sheet):
    window = open_sheet()
    window.sheet.fields["a"].setText("蓮花")
    window.sheet.fields["b"].setText(" 唱歌。")
    window.submit()
    assert (window.score.points, window.score.total) == (3, 4)
    assert "得分 3 / 4" in window.result_label.text()
    marks = [field.text() for field in window.sheet.fields.values()]
    assert marks == ["◐ 蓮花 → 荷花", "✓ 唱歌。"]


def test_after_handing_in_nothing_can_be_changed(open_sheet):
    window = open_sheet()
    window.submit()
    fields = list(window.sheet.fields.values())
    assert all(isinstance(field, QLineEdit) and field.isReadOnly() for field in fields)
    assert not window.submit_button.isEnabled()
    window.give_hint()
    assert window.hint_label.text() == ""


def test_options_are_chosen_from_a_list(open_sheet):
    window = open_sheet(replace(SHEET, kind=Kind.CHOICE))
    box = window.sheet.fields["b"]
    assert isinstance(box, QComboBox)
    assert [box.itemText(i) for i in range(box.count())] == ["", "A. 唱戏", "B. 唱歌"]
    box.setCurrentIndex(2)
    window.submit()
    assert window.score.exact == 1


def test_the_bank_is_shown_and_offered(open_sheet):
    bank = (BankWord("唱歌", "b"), BankWord("跑步"), BankWord("荷花", "a"))
    window = open_sheet(replace(SHEET, kind=Kind.BANK, bank=bank))
    assert window.bank.isVisible()
    box = window.sheet.fields["a"]
    assert isinstance(box, QComboBox)
    assert box.findData("跑步") > 0


def test_the_result_file_can_be_read_by_the_teacher(open_sheet, tmp_path, monkeypatch):
    window = open_sheet()
    window.name_field.setText("小明")
    window.sheet.fields["a"].setText("荷花")
    window.submit()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "小明.json"), "")
    )
    assert window.save()
    (answers,) = read_answers(tmp_path / "小明.json", SHEET)
    assert (answers.student, answers.answers) == ("小明", {"a": "荷花", "b": ""})


@pytest.mark.parametrize("agreed", [True, False])
def test_leaving_asks_first(open_sheet, monkeypatch, agreed):
    window = open_sheet()
    asked = []
    monkeypatch.setattr(StudentWindow, "_ask", lambda *words: asked.append(words) or agreed)
    assert window.close() is agreed
    assert len(asked) == 1


def test_after_saving_one_may_leave(open_sheet, tmp_path, monkeypatch):
    window = open_sheet()
    window.submit()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "x.json"), ""))
    window.save()
    monkeypatch.setattr(StudentWindow, "_ask", lambda *_: pytest.fail("asked"))
    assert window.close()
