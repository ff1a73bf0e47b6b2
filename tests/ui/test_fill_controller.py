"""Filling in the window: from the caret to candidates, and back into the text by a person's act."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assistant.errors import InternalError, NoBlankError, WordError
from assistant.records import Span
from assistant.ui.chips import Preview
from assistant.ui.panels.fill_panel import Idle

Key, Ctrl, Alt = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(running):
    return running.window


def compose(editor, preedit, commit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(editor, event)


def test_a_caret_in_a_blank_brings_candidates_to_panel_and_strip(window, ask):
    ask("处处闻|[MASK]鸟。")
    assert [row.candidate.text for row in window.panel.candidates.rows][:2] == ["啼", "鸣"]
    assert [c.text for c in window.fills.strip.candidates][:2] == ["啼", "鸣"]
    assert window.fills.strip.isVisible()


def test_a_caret_elsewhere_asks_nothing(window, write, engine, qtbot):
    write("处|处闻[MASK]鸟。")
    assert engine.requests == []
    assert not window.fills.strip.isVisible()
    assert "Alt+↓" in window.panel.empty.text()


@pytest.mark.parametrize("number", [1, 2, 5])
def test_alt_and_a_digit_fill_that_candidate_in(window, ask, number):
    ask("处处闻|[MASK]鸟。")
    words = [candidate.text for candidate in window.fills.candidates]
    QTest.keyClick(window.editor, Qt.Key(Key.Key_0 + number), Alt)
    assert window.editor.toPlainText() == f"处处闻{words[number - 1]}鸟。"


def test_undo_brings_the_blank_and_its_candidates_back_without_asking_again(
    window, ask, engine, qtbot
):
    ask("处处闻|[MASK]鸟。")
    window.fills.apply(0)
    qtbot.waitUntil(lambda: not window.fills.candidates)
    asked = len(engine.requests)
    QTest.keyClick(window.editor, Key.Key_Z, Ctrl)
    assert window.editor.toPlainText() == "处处闻[MASK]鸟。"
    qtbot.waitUntil(lambda: bool(window.fills.candidates))
    assert window.fills.strip.isVisible()
    assert len(engine.requests) == asked


def test_enter_never_accepts_a_candidate(window, ask):
    ask("处处闻|[MASK]鸟。")
    QTest.keyClick(window.editor, Key.Key_Return)
    assert "啼" not in window.editor.toPlainText()


class Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def test_the_strip_shows_other_numbers_that_need_no_other_room(window, ask, qtbot):
    ask("处处闻|[MASK]鸟。")
    strip = window.fills.strip
    anchor, candidates = QRect(20, 20, 30, 20), strip.candidates
    strip.offer([replace(c, confidence=0.022) for c in candidates], anchor)
    QApplication.processEvents()
    before, paints = strip.geometry(), Paints()
    strip.installEventFilter(paints)
    strip.offer([replace(c, confidence=0.023) for c in candidates], anchor)
    assert strip.geometry() == before
    qtbot.waitUntil(lambda: paints.count > 0, timeout=1000)


def test_the_strip_never_takes_the_focus(window, ask, qtbot):
    window.editor.setFocus()
    ask("处处闻|[MASK]鸟。")
    strip = window.fills.strip
    assert strip.focusPolicy() == Qt.FocusPolicy.NoFocus
    cell = strip.cell(1).center()
    QTest.mouseMove(strip, cell)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=cell)
    assert window.editor.toPlainText() == "处处闻鸣鸟。"


def test_hovering_the_strip_previews_and_leaving_takes_it_away(window, ask):
    ask("处处闻|[MASK]鸟。")
    window.fills.strip.hovered.emit(1)
    assert window.editor.previews == (Preview(3, 9, "鸣"),)
    window.fills.strip.hovered.emit(-1)
    assert window.editor.previews == ()
    assert window.editor.toPlainText() == "处处闻[MASK]鸟。"


def test_arrow_keys_in_the_panel_preview(window, ask, qtbot):
    ask("处处闻|[MASK]鸟。")
    window.activateWindow()
    window.actions_["panel"].trigger()
    rows = window.panel.candidates.rows
    qtbot.waitUntil(rows[0].hasFocus)
    QTest.keyClick(rows[0], Key.Key_Down)
    assert window.editor.previews == (Preview(3, 9, "鸣"),)


def test_the_strip_stays_inside_the_editor(window, ask):
    ask("字" * 300 + "\n" * 30 + "处处闻|[MASK]鸟。")
    strip, bounds = window.fills.strip, window.editor.viewport().rect()
    window.editor.ensureCursorVisible()
    assert bounds.contains(strip.geometry())


class TestComposing:
    """The input-method contract, in the window."""

    def test_nothing_is_asked_while_composing(self, window, write, engine, qtbot):
        write("处处|闻鸟。")
        compose(window.editor, "ti")
        window.fills.mask()
        window.fills.run()
        qtbot.wait(30)
        assert engine.requests == []
        assert window.editor.toPlainText() == "处处闻鸟。"

    def test_the_strip_hides_while_composing_and_comes_back(self, window, ask, qtbot):
        ask("处处闻|[MASK]鸟。")
        compose(window.editor, "ti")
        assert not window.fills.strip.isVisible()
        compose(window.editor, "")
        qtbot.waitUntil(window.fills.strip.isVisible)

    def test_scrolling_does_not_bring_the_strip_back_while_composing(self, window, ask):
        ask("处处闻|[MASK]鸟。")
        compose(window.editor, "ti")
        window.editor.view_moved.emit()
        assert not window.fills.strip.isVisible()

    @pytest.mark.parametrize("name", ["apply_1", "mask", "undo", "paste", "next", "run"])
    def test_actions_are_inert_while_composing(self, window, ask, name):
        ask("处处闻|[MASK]鸟，[MASK]。")
        QApplication.clipboard().setText("贴")
        place = window.editor.textCursor().position()
        compose(window.editor, "ti")
        window.actions_[name].trigger()
        assert window.editor.toPlainText() == "处处闻[MASK]鸟，[MASK]。"
        assert window.editor.textCursor().position() == place


def test_adjacent_marks_ask_for_exactly_that_many_characters(window, ask, engine):
    ask("还是不|[MASK][MASK]。")
    assert engine.requests[-1].spans == (Span(3, 15, 2),)


def test_a_pinned_length_is_asked_for(window, ask, engine, qtbot):
    ask("处处闻|[MASK]鸟。")
    window.panel.length_box.setCurrentIndex(2)
    qtbot.waitUntil(lambda: engine.requests[-1].spans[0].length == 2)
    assert window.settings.fill_length == 2


def test_a_selected_word_is_scored(window, write, qtbot):
    write("处处闻|啼鸟。")
    window.editor.select(3, 4)
    qtbot.waitUntil(lambda: bool(window.fills.candidates))
    label = window.panel.own_word.selected_label
    assert not label.isHidden()
    assert "啼" in label.text()
    assert "第 7 名" in label.text()
    assert "0.6 %" in label.text()


def test_any_word_can_be_tried_and_put_in(window, ask, qtbot):
    ask("处处闻|[MASK]鸟。")
    own = window.panel.own_word
    own.field.setText("百灵")
    QTest.keyClick(own.field, Key.Key_Return)
    qtbot.waitUntil(lambda: "第 7 名" in own.answer.text())
    own.put_button.click()
    assert window.editor.toPlainText() == "处处闻百灵鸟。"


def test_several_words_are_compared_and_the_best_is_put_in(window, ask, engine, qtbot):
    ask("处处闻|[MASK]鸟。")
    own = window.panel.own_word
    own.field.setText("百灵、黄鹂，燕子")
    own.button.click()
    qtbot.waitUntil(lambda: "百灵" in own.answer.text())
    assert "百灵 50 %  黄鹂 25 %" in own.answer.text()
    assert engine.requests[-1].choices == ("百灵", "黄鹂", "燕子")
    own.put_button.click()
    assert window.editor.toPlainText() == "处处闻百灵鸟。"


def test_a_comparison_is_forgotten_with_its_blank(window, ask, qtbot):
    ask("处处闻|[MASK]鸟。")
    own = window.panel.own_word
    own.field.setText("百灵、黄鹂")
    own.button.click()
    qtbot.waitUntil(own.put_button.isVisible)
    ask("夜来|[MASK]雨声。")
    qtbot.waitUntil(own.answer.isHidden)
    assert own.put_button.isHidden()


def test_a_word_that_cannot_stand_there_is_explained_in_the_bar(window, ask, engine, qtbot):
    ask("处处闻|[MASK]鸟。")
    engine.error = WordError(word="百 灵")
    window.panel.own_word.field.setText("百 灵")
    window.panel.own_word.button.click()
    qtbot.waitUntil(window.messages.isVisible)
    assert "百 灵" in window.messages.label.text()


def test_joint_fills_go_in_with_one_undo_step(window, ask):
    ask("|[MASK]里藏[MASK]。")
    window.panel.joint.buttons[0].click()
    assert window.editor.toPlainText() == "啼里藏鸣。"
    window.editor.undo()
    assert window.editor.toPlainText() == "[MASK]里藏[MASK]。"


def test_one_blank_has_no_joint_section(window, ask):
    ask("处处闻|[MASK]鸟。")
    assert not window.panel.joint.isVisible()


def test_why_names_the_characters_for_and_against(window, ask, qtbot):
    ask("处处闻|[MASK]鸟。")
    window.panel.why.button.setFocus()
    window.panel.why.button.click()
    assert window.panel.why.button.hasFocus()
    qtbot.waitUntil(window.panel.why.table.isVisible)
    said = window.panel.why.sentence.text()
    assert "处 +2.0" in said
    assert "闻 −0.5" in said
    table = window.panel.why.table
    assert table.verticalHeaderItem(0).text() == "啼"
    assert table.item(0, 0).text() == "+2.0"


def test_evidence_of_the_memory_is_shown(window, ask):
    ask("处处闻|[MASK]鸟。")
    assert window.panel.candidates.rows[0].evidence_lines() == ["闻▢鸟 ← 啼：约 41 次"]


def test_which_blank_of_how_many(window, ask, qtbot):
    ask("[MASK]\n\n闻|[MASK]鸟\n[MASK]")
    qtbot.waitUntil(lambda: "第 2 空 / 共 3 空" in window.panel.title.text())


def test_more_candidates_and_fewer_again(window, ask, qtbot):
    ask("处处闻|[MASK]鸟。")
    window.actions_["more"].trigger()
    qtbot.waitUntil(lambda: len(window.panel.candidates.rows) == 10)
    window.actions_["more"].trigger()
    qtbot.waitUntil(lambda: len(window.panel.candidates.rows) == 5)


def test_running_outside_a_blank_goes_to_the_next_one(window, write, qtbot):
    write("处|处闻[MASK]鸟。")
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: bool(window.fills.candidates))
    assert window.editor.textCursor().position() == 9


def test_running_without_a_blank_says_so(window, write):
    write("处处|闻啼鸟。")
    window.actions_["run"].trigger()
    assert isinstance(window.messages.error, NoBlankError)


def test_by_hand_only_nothing_is_asked_before_ctrl_enter(window, write, engine, qtbot):
    window.actions_["automatic"].setChecked(False)
    write("处处闻|[MASK]鸟。")
    qtbot.wait(30)
    assert engine.requests == []
    assert "Ctrl+Enter" in window.panel.empty.text()
    QTest.keyClick(window.editor, Key.Key_Return, Ctrl)
    qtbot.waitUntil(lambda: bool(window.fills.candidates))


def test_a_failing_fill_leaves_the_text_and_says_what_to_do(window, write, engine, qtbot):
    engine.error = InternalError("details")
    write("处处闻|[MASK]鸟。")
    qtbot.waitUntil(window.messages.isVisible)
    assert window.editor.toPlainText() == "处处闻[MASK]鸟。"
    window.messages.details_button.click()
    assert "details" in QApplication.clipboard().text()


def test_a_fill_that_fails_after_the_near_blank_keeps_its_candidates(
    window, write, engine, qtbot, monkeypatch
):
    fill = engine.fill

    def near_only(request, cancel=None):
        if len(request.spans) > 1:
            raise InternalError("out of memory")
        return fill(request, cancel)

    monkeypatch.setattr(engine, "fill", near_only)
    write("处处闻|[MASK]鸟，花落知多[MASK]。")
    qtbot.waitUntil(lambda: window.messages.error is not None)
    assert [row.candidate.text for row in window.panel.candidates.rows][:2] == ["啼", "鸣"]
    assert window.panel.candidates.isVisible()
    window.fills.apply(0)
    assert window.editor.toPlainText() == "处处闻啼鸟，花落知多[MASK]。"


def test_the_error_goes_when_a_fill_succeeds(window, write, ask, engine, qtbot):
    engine.error = InternalError("details")
    write("处处闻|[MASK]鸟。")
    qtbot.waitUntil(window.messages.isVisible)
    engine.error = None
    ask("处处听|[MASK]鸟。")
    assert not window.messages.isVisible()


def test_candidates_of_a_text_that_changed_are_not_applied(window, ask):
    ask("处处闻|[MASK]鸟。")
    window.editor.insertPlainText("很")
    window.fills.apply(0)
    assert "啼" not in window.editor.toPlainText()


def test_fills_behind_emoji_go_into_the_right_place(window, write, qtbot):
    write("😀😀处处闻|[MASK]鸟。")
    window.editor.select(7, 7)
    qtbot.waitUntil(lambda: bool(window.fills.candidates))
    window.fills.apply(0)
    assert window.editor.toPlainText() == "😀😀处处闻啼鸟。"


def test_escape_puts_the_strip_away_and_keeps_the_text(window, ask):
    ask("处处闻|[MASK]鸟。")
    window.actions_["cancel"].trigger()
    assert not window.fills.strip.isVisible()
    assert window.editor.toPlainText() == "处处闻[MASK]鸟。"


def test_an_empty_document_offers_the_sample(window, qtbot):
    window.fills.refresh()
    assert window.panel.empty.text() == "选中一个词按 Ctrl+M，或输入 [MASK]。"
    window.panel.empty_button.click()
    assert window.editor.toPlainText().startswith("欢迎使用补白")
    assert window.survey.blanks == 6


def test_candidates_under_one_percent_are_told_to_be_guesses(window, ask):
    ask("处处闻|[MASK]鸟。")
    assert "仅供参考" in window.panel.candidates.rows[4].accessibleName()
    assert "0.4 %" in window.panel.candidates.rows[4].accessibleName()


def test_every_empty_state_has_words(window):
    for why in Idle:
        window.panel.show_idle(why)
        assert window.panel.empty.text()


def test_the_strip_offers_no_more_than_its_room(window, ask):
    ask("处处闻|[MASK]鸟。")
    strip, view = window.fills.strip, window.editor.viewport()
    wide = strip.width()
    window.resize(600, 400)
    assert strip.isVisible()
    assert strip.width() < wide
    assert view.rect().contains(strip.geometry())
