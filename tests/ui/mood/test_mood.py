"""The 情感 tab in the window: verdict, marks, list, curve, why, and what goes wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QTableWidget

from assistant.errors import ModelMissingError
from assistant.records import Polarity
from assistant.services.scope import Scope
from assistant.services.settings import Language, Theme
from assistant.ui.panels.effect_strip import Cell

TEXT = "甲好。乙坏。\n天地山水。丙好喜。"
WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline
LINE = QTextCharFormat.UnderlineStyle.SingleUnderline
DOTS = QTextCharFormat.UnderlineStyle.DotLine


@pytest.fixture
def judged(tabs, qtbot):
    """The tab open, ``TEXT`` judged, the caret at its start."""
    tabs.editor.setPlainText(TEXT)
    with qtbot.waitSignal(tabs.moods.finished):
        tabs.understanding.show_mood()
    return tabs


def marks(tabs):
    return [
        (mark.cursor.selectedText(), mark.format.underlineStyle())
        for mark in tabs.editor.extraSelections()
    ]


def choose_scope(tabs, scope):
    box = tabs.mood_panel.head.scope_box
    box.setCurrentIndex(box.findData(scope))


def put_caret(tabs, start, end=None):
    tabs.editor.select(start, start if end is None else end)


def rows(tabs):
    table = tabs.mood_panel.list.table
    return [
        (table.item(row, 0).text(), table.item(row, 1).text())
        for row in range(table.rowCount())
        if not table.isRowHidden(row)
    ]


def test_nothing_is_loaded_before_the_tab_is_opened(tabs, qtbot):
    tabs.editor.setPlainText(TEXT)
    qtbot.wait(30)
    assert tabs.loads == []
    assert marks(tabs) == []
    with qtbot.waitSignal(tabs.moods.finished):
        tabs.understanding.show_mood()
    assert tabs.loads == ["understand"]


def test_the_tabs_stand_in_their_order(tabs):
    window = tabs.window
    titles = [window.tabs.tabText(i) for i in range(window.tabs.count())]
    assert titles == ["填空", "情感", "标签"]


def test_the_keys_go_to_the_tabs(tabs, qtbot):
    window = tabs.window
    window.activateWindow()
    for key, panel in ((Qt.Key.Key_2, tabs.mood_panel), (Qt.Key.Key_4, tabs.labels_panel)):
        QTest.keyClick(window.editor, key, Qt.KeyboardModifier.ControlModifier)
        assert panel.isVisible()
    qtbot.wait(0)


def test_the_verdict_on_the_whole_text(judged):
    panel = judged.mood_panel
    assert panel.verdict.words() == panel.verdict.accessibleName()
    assert panel.verdict.words().split("，")[0] in ("正面", "中性", "负面")
    assert panel.verdict.isVisible()
    assert panel.note.isHidden()


def test_every_sentence_is_listed_with_its_sign(judged):
    assert rows(judged) == [
        ("＋", "甲好。"), ("－", "乙坏。"), ("○", "天地山水。"), ("＋", "丙好喜。"),
    ]  # fmt: skip


def test_every_sentence_is_marked_and_not_by_colour_alone(judged, qtbot):
    expected = [("甲好。", LINE), ("乙坏。", WAVE), ("天地山水。", DOTS), ("丙好喜。", LINE)]
    qtbot.waitUntil(lambda: marks(judged) == expected)


def test_the_marks_make_no_undo_step_and_no_change(judged, qtbot):
    qtbot.waitUntil(lambda: len(marks(judged)) == 4)
    assert not judged.editor.document().isUndoAvailable()


def test_the_marks_can_be_switched_off_and_leave_what_was_found(judged, qtbot):
    qtbot.waitUntil(lambda: len(marks(judged)) == 4)
    judged.window.find_bar.open(replacing=False)
    judged.window.find_bar.what.setText("好")
    qtbot.waitUntil(lambda: [text for text, _ in marks(judged)].count("好") == 2)
    assert len(marks(judged)) == 6
    judged.mood_panel.marks_box.click()
    qtbot.waitUntil(lambda: [text for text, _ in marks(judged)] == ["好", "好"])


def test_another_tab_takes_the_marks_away(judged, qtbot):
    qtbot.waitUntil(lambda: len(marks(judged)) == 4)
    judged.window.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: marks(judged) == [])
    judged.understanding.show_mood()
    qtbot.waitUntil(lambda: len(marks(judged)) == 4)


def test_a_click_on_a_row_puts_the_caret_there(judged, qtbot):
    table = judged.mood_panel.list.table
    place = table.visualItemRect(table.item(1, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert judged.editor.textCursor().position() == TEXT.index("乙坏")
    assert judged.mood_panel.list.selected == 1
    qtbot.wait(0)


def test_arrow_keys_walk_through_the_list(judged, qtbot):
    listed = judged.mood_panel.list
    judged.window.activateWindow()
    listed.table.setFocus()
    QTest.keyClick(listed.table, Qt.Key.Key_Down)
    QTest.keyClick(listed.table, Qt.Key.Key_Down)
    assert judged.editor.textCursor().position() == TEXT.index("天地")
    QTest.keyClick(listed.table, Qt.Key.Key_Return)
    qtbot.waitUntil(judged.editor.hasFocus)


def test_the_caret_chooses_the_sentence(judged, qtbot):
    put_caret(judged, TEXT.index("坏"))
    qtbot.waitUntil(lambda: judged.mood_panel.list.selected == 1)
    assert judged.mood_panel.card.verdict.words().startswith("负面")
    assert "第 2 句" in judged.mood_panel.card.title.text()


def test_the_curve_is_walked_and_clicked(judged, qtbot):
    curve = judged.mood_panel.curve
    curve.setFocus()
    QTest.keyClick(curve, Qt.Key.Key_End)
    assert judged.editor.textCursor().position() == TEXT.index("丙")
    QTest.keyClick(curve, Qt.Key.Key_Left)
    assert judged.editor.textCursor().position() == TEXT.index("天")
    middle = QPoint(1, curve.height() // 2)
    QTest.mouseClick(curve, Qt.MouseButton.LeftButton, pos=middle)
    assert judged.editor.textCursor().position() == 0
    qtbot.waitUntil(lambda: "光标在第 1 句" in curve.accessibleDescription())


def test_the_filter_shows_one_kind(judged):
    judged.mood_panel.filter.buttons[Polarity.NEGATIVE].click()
    assert rows(judged) == [("－", "乙坏。")]
    judged.mood_panel.filter.buttons[Polarity.NEGATIVE].click()
    assert len(rows(judged)) == 4


def test_why_names_the_words(judged, qtbot):
    put_caret(judged, TEXT.index("坏"))
    qtbot.waitUntil(lambda: judged.mood_panel.list.selected == 1)
    card = judged.mood_panel.card
    with qtbot.waitSignal(judged.moods.explained):
        card.why_button.click()
    assert "负面" in card.answer.text()
    assert "坏" in card.answer.text()
    assert card.strip.isVisible()


def test_asking_why_keeps_the_focus_and_asks_once(judged, qtbot):
    put_caret(judged, TEXT.index("坏"))
    qtbot.waitUntil(lambda: judged.mood_panel.list.selected == 1)
    asked, button = [], judged.mood_panel.card.why_button
    judged.mood_panel.card.explanation_asked.connect(lambda: asked.append(1))
    judged.gate.go_on.clear()
    button.setFocus()
    with qtbot.waitSignal(judged.moods.explained):
        button.click()
        button.click()
        assert button.hasFocus()
        judged.gate.go_on.set()
    assert (asked, button.hasFocus()) == ([1], True)


def test_the_answer_goes_when_the_caret_goes(judged, qtbot):
    card = judged.mood_panel.card
    with qtbot.waitSignal(judged.moods.explained):
        card.why_button.click()
    put_caret(judged, TEXT.index("坏"))
    qtbot.waitUntil(card.strip.isHidden)


def test_why_asked_before_an_edit_was_judged_is_about_what_stands_there_now(judged, qtbot):
    put_caret(judged, 0)
    judged.gate.go_on.clear()
    with qtbot.waitSignal(judged.moods.started):
        judged.editor.insertPlainText("山水。")
    put_caret(judged, judged.editor.toPlainText().index("坏"))
    qtbot.waitUntil(lambda: judged.mood_panel.list.selected == 1)
    with qtbot.waitSignal(judged.moods.explained):
        judged.mood_panel.card.why_button.click()
        judged.gate.go_on.set()
    cells = judged.mood_panel.card.strip._cells
    assert "".join(cell.text for cell in cells) == "乙坏。"
    assert "坏" in judged.mood_panel.card.answer.text()


def test_a_model_that_fails_to_explain_leaves_no_list_behind(judged, qtbot):
    judged.error = ModelMissingError(folder="understand", file="manifest.json")
    judged.model.reload()
    with qtbot.waitSignal(judged.moods.explanation_failed):
        judged.mood_panel.card.why_button.click()
    with qtbot.waitSignal(judged.editor.state_changed):
        put_caret(judged, TEXT.index("坏"))
    assert "manifest.json" in judged.mood_panel.note.label.text()
    assert judged.mood_panel.list.count == 0


def test_an_edit_is_judged_anew_and_the_other_sentences_stay(judged, qtbot):
    runs = judged.gate.runs
    put_caret(judged, TEXT.index("坏"), TEXT.index("坏") + 1)
    with qtbot.waitSignal(judged.moods.finished):
        judged.editor.insertPlainText("喜")
    assert rows(judged)[1] == ("＋", "乙喜。")
    assert judged.gate.runs == runs + 2, "the sentence, and the passage it stands in"


def test_while_the_text_is_edited_the_old_verdict_is_stale(judged, qtbot):
    judged.gate.go_on.clear()
    with qtbot.waitSignal(judged.moods.outdated):
        judged.editor.insertPlainText("丁悲。")
    assert judged.mood_panel.verdict._stale
    assert rows(judged)[1][1] == "乙坏。"
    with qtbot.waitSignal(judged.moods.finished):
        judged.gate.go_on.set()
    assert not judged.mood_panel.verdict._stale
    assert rows(judged)[0] == ("－", "丁悲。")


def test_another_text_takes_the_old_sentences_away_at_once(judged):
    judged.gate.go_on.clear()
    judged.editor.setPlainText("丁丁丁丁丁丁。")
    assert rows(judged) == []


def test_nothing_is_judged_while_composing(judged, qtbot):
    reads = judged.gate.runs
    QApplication.sendEvent(judged.editor, QInputMethodEvent("hao", []))
    qtbot.wait(30)
    assert judged.gate.runs == reads
    commit = QInputMethodEvent()
    commit.setCommitString("悲。")
    with qtbot.waitSignal(judged.moods.finished):
        QApplication.sendEvent(judged.editor, commit)
    assert rows(judged)[0] == ("－", "悲。")


def test_the_sentence_at_the_caret_alone(judged, qtbot):
    choose_scope(judged, Scope.SENTENCE)
    with qtbot.waitSignal(judged.moods.finished):
        put_caret(judged, TEXT.index("坏"))
    panel = judged.mood_panel
    assert panel.verdict.words().startswith("负面")
    assert panel.list.isHidden()
    assert panel.curve.isHidden()
    qtbot.waitUntil(lambda: marks(judged) == [])


def test_a_selection_stays_judged_when_the_list_moves_the_caret(judged, qtbot):
    put_caret(judged, TEXT.index("乙"), TEXT.index("丙"))
    with qtbot.waitSignal(judged.moods.finished):
        choose_scope(judged, Scope.SELECTION)
    assert [text for _sign, text in rows(judged)] == ["乙坏。", "天地山水。"]
    judged.mood_panel.list.sentence_chosen.emit(1)
    qtbot.wait(30)
    assert judged.editor.textCursor().position() == TEXT.index("天地")
    assert len(rows(judged)) == 2


def test_an_empty_text_says_what_will_be_here(tabs, qtbot):
    tabs.editor.clear()
    with qtbot.waitSignal(tabs.moods.failed):
        tabs.understanding.show_mood()
    assert "光标所在句" in tabs.mood_panel.note.label.text()
    assert tabs.mood_panel.list.isHidden()


def test_a_text_without_chinese_is_told(tabs, qtbot):
    tabs.editor.setPlainText("xxx 777")
    with qtbot.waitSignal(tabs.moods.failed):
        tabs.understanding.show_mood()
    assert "没有汉字" in tabs.mood_panel.note.label.text()


def test_a_missing_model_is_told_and_can_be_tried_again(tabs, qtbot):
    tabs.editor.setPlainText(TEXT)
    tabs.error = ModelMissingError(folder="understand", file="manifest.json")
    with qtbot.waitSignal(tabs.moods.failed):
        tabs.understanding.show_mood()
    note = tabs.mood_panel.note
    assert "manifest.json" in note.label.text()
    assert tabs.window.messages.isHidden()
    tabs.error = None
    with qtbot.waitSignal(tabs.moods.finished):
        note.button.click()
    assert len(rows(tabs)) == 4
    assert note.isHidden()


def test_a_long_job_shows_progress_and_can_be_cancelled(tabs, qtbot):
    tabs.editor.setPlainText(TEXT)
    tabs.gate.go_on.clear()
    tabs.understanding.show_mood()
    panel = tabs.mood_panel
    qtbot.waitUntil(panel.progress.isVisible)
    with qtbot.waitSignal(tabs.moods.cancelled):
        panel.progress.cancel_button.click()
    assert panel.progress.isHidden()
    assert "已取消" in panel.note.label.text()
    tabs.gate.go_on.set()
    with qtbot.waitSignal(tabs.moods.finished):
        panel.head.run_button.click()
    assert panel.note.isHidden()


def test_the_results_can_be_copied(judged):
    judged.mood_panel.head.copy_button.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines] == [
        "positive", "negative", "neutral", "positive",
    ]  # fmt: skip
    assert lines[2].endswith("天地山水。")


def test_places_count_as_qt_counts(tabs, qtbot):
    tabs.editor.setPlainText("𠮷甲好。乙坏。")
    with qtbot.waitSignal(tabs.moods.finished):
        tabs.understanding.show_mood()
    qtbot.waitUntil(lambda: [text for text, _ in marks(tabs)] == ["𠮷甲好。", "乙坏。"])


def test_the_words_of_a_sentence_are_cells_with_the_marks_between(judged, qtbot):
    with qtbot.waitSignal(judged.moods.explained):
        judged.mood_panel.card.why_button.click()
    cells = judged.mood_panel.card.strip._cells
    assert "".join(cell.text for cell in cells) == "甲好。"
    assert cells[-1] == Cell("。", None)


def test_everything_speaks_english_and_gets_dark(judged, qtbot):
    window, panel = judged.window, judged.mood_panel
    with qtbot.waitSignal(window.retranslated):
        window.change_settings(replace(window.settings, language=Language.EN, theme=Theme.DARK))
    assert window.tabs.tabText(1) == "Sentiment"
    assert panel.verdict.words().split(", ")[0] in ("Positive", "Neutral", "Negative")
    assert panel.marks_box.text() == "Mark in the text"
    assert panel.grab().toImage().pixelColor(2, 2).lightness() < 100


def test_every_control_has_a_name(judged):
    nameless = [
        widget
        for kind in (QAbstractButton, QComboBox, QTableWidget)
        for widget in judged.mood_panel.findChildren(kind)
        if widget.isVisible() and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert [w for w in nameless if w.objectName() != "qt_tableview_cornerbutton"] == []
