"""The 情感 tab where the window is low: the list gives way, and an answer comes into sight."""

from __future__ import annotations

import pytest

from tests.ui.in_sight import in_sight

TEXT = "甲好。乙坏。\n天地山水。丙好喜。"


@pytest.fixture
def judged(tabs, qtbot):
    """``TEXT`` judged, the caret in its first sentence."""
    tabs.editor.setPlainText(TEXT)
    with qtbot.waitSignal(tabs.moods.finished):
        tabs.understanding.show_mood()
    return tabs


def make_high(judged, height, qtbot):
    """Make the window as high as leaves ``height`` to the panel."""
    window, panel = judged.window, judged.mood_panel
    window.resize(1100, window.height() + height - panel.viewport().height())
    qtbot.waitUntil(lambda: panel.viewport().height() == height)


def test_the_list_becomes_short_before_the_panel_scrolls(judged, qtbot):
    panel, least = judged.mood_panel, judged.mood_panel.list.minimumHeight()
    make_high(judged, 900, qtbot)
    qtbot.waitUntil(lambda: panel.list.height() > 2 * least)
    make_high(judged, 902 + least - panel.list.height(), qtbot)
    qtbot.waitUntil(lambda: least <= panel.list.height() < 1.2 * least)
    assert in_sight(panel, panel.card)
    assert panel.verticalScrollBar().maximum() == 0


def test_why_comes_into_sight(judged, qtbot):
    panel = judged.mood_panel
    make_high(judged, 300, qtbot)
    qtbot.waitUntil(lambda: panel.verticalScrollBar().maximum() > 0)
    assert not in_sight(panel, panel.card)
    with qtbot.waitSignal(judged.moods.explained):
        panel.card.why_button.click()
    qtbot.waitUntil(lambda: in_sight(panel, panel.card.answer))
