"""The counts of a document, looked at part by part."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument

from assistant.text.counts import count
from assistant.ui.local_text import blank_starts
from assistant.ui.survey import _PART, Survey

PARAGRAPH = "他说 hello world，𠮷[MASK]里藏□□。\n"


def long_document() -> tuple[QTextDocument, str]:
    text = PARAGRAPH * (3 * _PART // len(PARAGRAPH)) + "没有换行的结尾 the end"
    return QTextDocument(text), text


def test_a_long_text_has_the_counts_of_the_whole(qtbot):
    document, text = long_document()
    survey = Survey(document, pause_ms=0)
    survey.take()
    assert survey.counts == count(text)
    assert survey.blanks == len(blank_starts(text))
    starts = blank_starts(text)
    assert survey.number_of(starts[-1]) == len(starts)


def test_a_change_is_counted_when_typing_pauses(qtbot):
    document, text = long_document()
    survey = Survey(document, pause_ms=0)
    cursor = QTextCursor(document)
    with qtbot.waitSignal(survey.taken):
        cursor.insertText("新")
    assert survey.counts == count("新" + text)


def test_a_key_in_the_middle_of_a_look_begins_another(qtbot):
    document, text = long_document()
    survey = Survey(document, pause_ms=0)
    taken = []
    survey.taken.connect(lambda: taken.append(survey.counts.hanzi))
    survey._begin()
    survey._look_on()
    cursor = QTextCursor(document)
    cursor.insertText("新字")
    qtbot.waitUntil(lambda: bool(taken))
    assert taken == [count("新字" + text).hanzi]


def test_an_empty_document(qtbot):
    survey = Survey(QTextDocument(), pause_ms=0)
    survey.take()
    assert survey.counts == count("")
    assert survey.blanks == 0
