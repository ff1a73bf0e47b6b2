"""The text around the caret: what it asks for, in the right units, at a bounded price."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument

from assistant.records import Span
from assistant.ui.local_text import REACH, Blank, LocalText, blank_at, next_blank

KEPT: list[QTextDocument] = []
"""A cursor does not keep its document alive."""


@pytest.fixture(autouse=True)
def _let_go():
    yield
    KEPT.clear()


def start_of(local):
    """Return where the focus starts in the document."""
    assert local.focus is not None
    return local.to_utf16(local.focus.start_char)


def place(blank):
    """Return where a blank starts."""
    assert blank is not None
    return blank.start_utf16


def cursor_in(text):
    """Return a cursor in a document; ``|`` is the caret, two of them a selection."""
    before, _, rest = text.partition("|")
    inside, bar, after = rest.partition("|")
    document = QTextDocument(before + inside + after)
    cursor = QTextCursor(document)
    cursor.setPosition(_utf16(before))
    if bar:
        cursor.setPosition(_utf16(before + inside), QTextCursor.MoveMode.KeepAnchor)
    KEPT.append(document)
    return cursor


def _utf16(text):
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "focus", "word"),
    [
        ("闻|[MASK]鸟", Span(1, 7), ""),
        ("闻[MASK]|鸟", Span(1, 7), ""),
        ("闻|[MASK]|鸟", Span(1, 7), ""),
        ("闻[MASK][MASK]|鸟", Span(1, 13, 2), ""),
        ("|闻[MASK]鸟", None, ""),
        ("处处|闻啼|鸟", Span(2, 4), "闻啼"),
        ("处处|闻 啼|鸟", None, ""),
        ("处|处闻[MA|SK]鸟", None, ""),
        ("|一二三四五六七八九|", None, ""),
        ("|一二三四五六七八|", Span(0, 8), "一二三四五六七八"),
    ],
)
def test_what_the_caret_asks_for(qapp, text, focus, word):
    local = LocalText(cursor_in(text))
    assert (local.focus, local.word) == (focus, word)


def test_positions_count_utf16_offsets_code_points(qapp):
    local = LocalText(cursor_in("😀𠮷闻|[MASK]鸟"))
    assert local.focus == Span(3, 9)
    assert local.to_utf16(3) == 5


def test_blanks_near_in_the_paragraph_are_asked_about_together(qapp):
    local = LocalText(cursor_in("[MASK]上\n甲[MASK]乙|[MASK]丙\n下[MASK]"))
    starts = [span.start_char for span in local.asked_spans()]
    assert [local.text[start - 1] for start in starts] == ["甲", "乙"]


def test_a_blank_far_off_in_the_paragraph_is_not_asked_about(qapp):
    local = LocalText(cursor_in("[MASK]" + "字" * 200 + "|[MASK]"))
    assert local.asked_spans() == (local.focus,)


def test_a_selected_word_is_asked_about_alone(qapp):
    local = LocalText(cursor_in("处处|闻|[MASK]鸟".replace("闻|", "闻|，")))
    assert local.asked_spans() == (local.focus,)
    assert local.word == "闻"


def test_of_a_long_document_only_the_surroundings_are_copied(qapp):
    paragraph = "字" * 99 + "\n"
    local = LocalText(cursor_in(paragraph * 1500 + "闻|[MASK]鸟\n" + paragraph * 1500))
    assert len(local.text) < 3 * REACH
    assert start_of(local) == 150_001


def test_of_one_endless_paragraph_only_the_surroundings_are_copied(qapp):
    local = LocalText(cursor_in("字" * 150_000 + "|[MASK]" + "字" * 150_000))
    assert len(local.text) < 5 * REACH
    assert start_of(local) == 150_000


def test_next_and_previous_blank_go_around(qapp):
    cursor = cursor_in("一[MASK]二\n三\n四[MASK]五|")
    assert place(next_blank(cursor, forward=True)) == 1
    assert place(next_blank(cursor, forward=False)) == 12
    cursor.setPosition(1)
    assert place(next_blank(cursor, forward=True)) == 12


def test_without_a_blank_there_is_no_next_one(qapp):
    assert next_blank(cursor_in("一|二\n三"), forward=True) is None


def test_a_single_blank_is_its_own_next_one(qapp):
    assert place(next_blank(cursor_in("一[MASK]|二"), forward=True)) == 1


def test_blank_at_gives_document_positions(qapp):
    blank = blank_at(cursor_in("一\n闻[MASK]|鸟"))
    assert blank == Blank(3, 9)
