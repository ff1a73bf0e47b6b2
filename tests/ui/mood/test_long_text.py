"""Thousands of sentences in the 情感 tab: nothing is cut and nothing jumps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.ui.mood.book import SentenceBook
from assistant.ui.panels.sentiment_panel import SentimentPanel

TEXT = "甲好。乙坏。\n天地山水。丙好喜。"


@pytest.fixture
def judged(tabs, qtbot):
    """``TEXT`` judged, the caret in its first sentence."""
    tabs.editor.setPlainText(TEXT)
    with qtbot.waitSignal(tabs.moods.finished):
        tabs.understanding.show_mood()
    return tabs


def thousands(judged):
    """Return a book of 4,000 sentences, each like the first one of ``TEXT``."""
    first = judged.moods.mood.sentences[0]
    return SentenceBook(
        replace(first, start_utf16=4 * i, end_utf16=4 * i + 3) for i in range(4000)
    )  # fmt: skip


@pytest.mark.parametrize("is_wide", [False, True])
def test_the_counts_of_a_novel_fit_into_a_narrow_panel(judged, qtbot, is_wide):
    panel = SentimentPanel(judged.window.icons, lambda _start, _end: "甲好。")
    qtbot.addWidget(panel)
    panel.show()
    panel.show_book(thousands(judged), 0, 16_000)
    panel.show_current(3_999)
    panel.progress.step(3_999, 4_000)
    panel.progress.show()
    box, counts = panel.marks_box, panel.filter
    both = counts.sizeHint().width() + box.sizeHint().width()
    panel.resize(both + (100 if is_wide else 10), 700)
    qtbot.waitUntil(lambda: (box.y() < counts.geometry().bottom()) == is_wide)
    assert panel.horizontalScrollBar().maximum() == 0


def test_the_card_of_the_sentence_at_the_caret_stays_until_it_is_judged_anew(judged):
    """What was known comes first; the sentence that was edited is not among it."""
    service, card = judged.moods, judged.mood_panel.card
    assert card.isVisible()
    others = thousands(judged)
    service.started.emit(1)
    service.sentences_found.emit(1, tuple(others.placed(i) for i in range(1, 3000)))
    for i in range(3000, 3004):
        service.sentences_found.emit(1, (others.placed(i),))
        assert card.isVisible()
    assert judged.mood_panel.list.count == 4
    service.sentences_found.emit(1, (others.placed(0),))
    for i in range(3004, 3008):
        service.sentences_found.emit(1, (others.placed(i),))
    assert card.isVisible()
    assert judged.mood_panel.list.count > 3000
