"""The editor: one undo step per fill, previews that are no text, and the input-method contract."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QFont, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assistant.ui.chips import Preview, fragments
from assistant.ui.editor import Editor
from assistant.ui.theme import LIGHT

Key, Ctrl, Alt = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def editor(qtbot):
    widget = Editor()
    qtbot.addWidget(widget)
    widget.set_colours(LIGHT)
    widget.setFont(QFont("Noto Sans CJK SC", 14))
    widget.resize(600, 400)
    widget.show()
    return widget


def put_caret(editor, place):
    cursor = editor.textCursor()
    cursor.setPosition(place)
    editor.setTextCursor(cursor)


def compose(editor, preedit, commit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(editor, event)


def has_colour(editor, rect, colour):
    image = editor.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    place = (rect.center() * ratio).toPoint() if hasattr(rect.center(), "toPoint") else None
    place = place or QPoint(int(rect.center().x() * ratio), int(rect.center().y() * ratio))
    return image.pixelColor(place) == QColor(colour)


def test_a_new_editor_is_unmodified(editor):
    assert not editor.document().isModified()


def test_a_fill_is_one_undo_step_and_undo_brings_the_blank_back(editor):
    editor.setPlainText("处处闻[MASK]鸟。")
    assert editor.replace([Preview(3, 9, "啼")])
    assert editor.toPlainText() == "处处闻啼鸟。"
    editor.undo()
    assert editor.toPlainText() == "处处闻[MASK]鸟。"


def test_several_fills_are_one_undo_step(editor):
    editor.setPlainText("[MASK]里藏[MASK]")
    editor.replace([Preview(0, 6, "笑"), Preview(8, 14, "刀")])
    assert editor.toPlainText() == "笑里藏刀"
    editor.undo()
    assert editor.toPlainText() == "[MASK]里藏[MASK]"


def test_the_caret_stands_behind_the_fill_it_was_at(editor):
    editor.setPlainText("[MASK]里藏[MASK]。")
    put_caret(editor, 6)
    editor.replace([Preview(0, 6, "笑"), Preview(8, 14, "刀")])
    assert editor.textCursor().position() == 1


def test_fills_behind_emoji_land_where_they_belong(editor):
    editor.setPlainText("😀𠮷[MASK]鸟")
    editor.replace([Preview(4, 10, "啼")])
    assert editor.toPlainText() == "😀𠮷啼鸟"


def test_a_preview_changes_neither_text_nor_undo(editor):
    editor.setPlainText("处处闻[MASK]鸟。")
    editor.show_previews([Preview(3, 9, "啼")])
    editor.viewport().grab()
    assert editor.toPlainText() == "处处闻[MASK]鸟。"
    assert not editor.document().isUndoAvailable()


def test_typing_takes_the_preview_away(editor):
    editor.setPlainText("处处闻[MASK]鸟。")
    editor.show_previews([Preview(3, 9, "啼")])
    QTest.keyClicks(editor, "x")
    assert editor.previews == ()


def test_a_blank_is_drawn_as_a_chip_over_its_text(editor):
    editor.setPlainText("处处闻[MASK]鸟。")
    assert has_colour(editor, editor.place_of(3, 9), LIGHT.chip)


def test_text_that_is_no_blank_is_not_covered(editor):
    editor.setPlainText("处处闻　　　鸟。")
    assert has_colour(editor, editor.place_of(3, 6), editor.palette().base().color().name())


def test_while_composing_the_chip_stays_over_its_text(editor):
    editor.setPlainText("处处闻[MASK]鸟。")
    put_caret(editor, 0)
    before = editor.place_of(3, 9).left()
    compose(editor, "ni hao")
    assert editor.place_of(3, 9).left() > before
    assert has_colour(editor, editor.place_of(3, 9), LIGHT.chip)


def test_a_blank_over_two_lines_has_a_fragment_on_each(editor):
    editor.resize(120, 400)
    editor.setPlainText("处" * 3 + "（" + "　" * 20 + "）")
    editor.viewport().grab()
    assert len(list(fragments(editor.document().firstBlock(), 3, 25))) > 1


class TestComposing:
    """The input-method contract."""

    def test_preedit_closes_the_gate_and_commit_opens_it(self, editor, qtbot):
        seen = []
        editor.composing_changed.connect(seen.append)
        compose(editor, "ni")
        assert editor.composing
        compose(editor, "", "你")
        assert not editor.composing
        assert seen == [True, False]
        assert editor.toPlainText() == "你"

    def test_the_gate_is_closed_before_the_document_hears_of_it(self, editor):
        heard = []
        editor.textChanged.connect(lambda: heard.append(editor.composing))
        compose(editor, "ni")
        compose(editor, "nih")
        assert heard
        assert all(heard)

    def test_no_state_is_told_while_composing(self, editor, qtbot):
        with qtbot.assertNotEmitted(editor.state_changed, wait=30):
            compose(editor, "ni")
            compose(editor, "ni h")
        with qtbot.waitSignal(editor.state_changed):
            compose(editor, "", "你好")

    def test_a_fill_is_refused_while_composing(self, editor):
        editor.setPlainText("闻[MASK]鸟")
        compose(editor, "ti")
        assert not editor.replace([Preview(1, 7, "啼")])
        assert editor.toPlainText() == "闻[MASK]鸟"

    def test_the_caret_cannot_be_moved_by_program_while_composing(self, editor):
        editor.setPlainText("闻[MASK]鸟")
        put_caret(editor, 1)
        compose(editor, "ti")
        editor.select(7, 7)
        assert editor.textCursor().position() == 1

    def test_previews_go_and_stay_away_while_composing(self, editor):
        editor.setPlainText("闻[MASK]鸟")
        editor.show_previews([Preview(1, 7, "啼")])
        compose(editor, "ti")
        assert editor.previews == ()
        editor.show_previews([Preview(1, 7, "啼")])
        assert editor.previews == ()

    @pytest.mark.parametrize("key", [Key.Key_Z, Key.Key_X, Key.Key_V, Key.Key_Backspace])
    def test_keys_that_change_text_are_inert_while_composing(self, editor, key):
        QApplication.clipboard().setText("贴")
        editor.insertPlainText("原文")
        compose(editor, "ti")
        QTest.keyClick(editor, key, Ctrl)
        assert editor.toPlainText() == "原文"

    def test_pasting_is_refused_while_composing(self, editor):
        compose(editor, "ti")
        data = QMimeData()
        data.setText("贴")
        editor.insertFromMimeData(data)
        assert editor.toPlainText() == ""

    def test_half_a_surrogate_pair_is_not_pasted(self, editor):
        data = QMimeData()
        data.setText("贴\ud83d上")
        editor.insertFromMimeData(data)
        assert editor.document().characterCount() == len("贴上") + 1

    @pytest.mark.parametrize("half", [chr(0xD83D), chr(0xDE00)])
    def test_half_a_surrogate_pair_is_not_committed(self, editor, half):
        told = []
        editor.state_changed.connect(lambda: told.append(editor.plain_text()))
        compose(editor, "", commit=f"你{half}好")
        assert editor.document().characterCount() == len("你好") + 1
        assert editor.plain_text() == "你好"
        editor.undo()
        assert editor.plain_text() == ""

    def test_a_whole_surrogate_pair_is_committed(self, editor):
        compose(editor, "", commit="𠮷庆")
        assert editor.plain_text() == "𠮷庆"

    def test_half_a_surrogate_pair_while_composing_stays_out_of_the_text(self, editor):
        compose(editor, "ni\ud83d")
        compose(editor, "", commit="你")
        assert editor.document().characterCount() == len("你") + 1
        assert editor.plain_text() == "你"

    def test_what_is_committed_replaces_what_the_input_method_says(self, editor):
        editor.insertPlainText("春天来")
        event = QInputMethodEvent()
        event.setCommitString("到", -1, 1)
        QApplication.sendEvent(editor, event)
        assert editor.plain_text() == "春天到"

    def test_cancelled_composing_opens_the_gate(self, editor):
        compose(editor, "ti")
        compose(editor, "")
        assert not editor.composing

    def test_a_line_that_the_caret_left_keeps_nothing_composed(self, editor):
        """Else a double click in that line lands behind its end."""
        editor.setPlainText("春天\n夏天")
        put_caret(editor, 0)
        compose(editor, "ni hao")
        put_caret(editor, 5)
        assert not editor.composing
        layout = editor.document().firstBlock().layout()
        assert layout.preeditAreaText() == ""
        right = QPoint(editor.viewport().width() - 2, editor.cursorRect().top() - 20)
        QTest.mouseDClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=right)
        assert editor.textCursor().selectedText() == "春天"

    @pytest.mark.parametrize("text", ["新", "新的\n一行"])
    def test_text_put_in_by_program_leaves_the_gate_as_the_line_is(self, editor, text):
        compose(editor, "ni")
        editor.insertPlainText(text)
        block = editor.textCursor().block()
        assert editor.composing == bool(block.layout().preeditAreaText())

    def test_losing_the_focus_ends_composing(self, editor, qtbot):
        editor.setFocus()
        compose(editor, "ti")
        editor.clearFocus()
        assert editor.composing == bool(editor.textCursor().block().layout().preeditAreaText())


def test_a_dropped_file_is_told_and_not_pasted(editor, qtbot, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "文.txt"))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(editor.file_dropped) as told:
        editor.dropEvent(event)
    assert told.args == [tmp_path / "文.txt"]
    assert editor.toPlainText() == ""


def test_a_key_is_told_once(editor, qtbot):
    told = []
    editor.state_changed.connect(lambda: told.append(editor.toPlainText()))
    QTest.keyClick(editor, Key.Key_A)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["a"]


def test_selecting_beyond_the_text_ends_with_it(editor):
    """A position that follows edits stands one too far when the whole text was replaced."""
    editor.setPlainText("春天")
    editor.select(1, 9)
    assert editor.textCursor().selectedText() == "天"
    editor.select(3, 3)
    assert editor.textCursor().position() == 2


def test_a_place_behind_the_end_is_the_carets(editor):
    editor.setPlainText("处处闻啼鸟。")
    put_caret(editor, 2)
    editor.setPlainText("处")
    assert editor.place_of(30, 36) == editor.cursorRect()
