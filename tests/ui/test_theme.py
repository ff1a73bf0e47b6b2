"""Both colour tables are readable, and the theme follows choice and system."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from assistant.paths import find_paths
from assistant.services.settings import Theme
from assistant.ui.theme import CONTRAST, DARK, LIGHT, ThemeKeeper

TEXT_ON = [
    ("text", "window"),
    ("text", "base"),
    ("text", "raised"),
    ("muted", "window"),
    ("muted", "base"),
    ("muted", "raised"),
    ("muted", "chip"),
    ("accent", "window"),
    ("accent", "raised"),
    ("on_accent", "accent"),
    ("selection_text", "selection"),
    ("chip_text", "chip"),
    ("speaks_for", "window"),
    ("speaks_against", "window"),
    ("notice_text", "notice"),
    ("error_text", "error"),
    ("text", "found"),
]


def luminance(colour):
    def linear(part):
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    shown = QColor(colour)
    red, green, blue = linear(shown.redF()), linear(shown.greenF()), linear(shown.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_has_the_contrast_wcag_asks_for(table, text, ground):
    assert contrast(getattr(table, text), getattr(table, ground)) >= 4.5


@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_high_contrast_is_that_of_wcags_highest_level(text, ground):
    assert contrast(getattr(CONTRAST, text), getattr(CONTRAST, ground)) >= 7.0


@pytest.fixture
def themes(qapp):
    return ThemeKeeper(qapp, find_paths().resources / "icons")


@pytest.mark.parametrize(
    ("theme", "table"),
    [(Theme.LIGHT, LIGHT), (Theme.DARK, DARK), (Theme.CONTRAST, CONTRAST)],
)
def test_a_chosen_theme_is_the_palette_of_the_app(qapp, themes, theme, table):
    themes.choose(theme)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(table.window)
    assert themes.colours is table


def test_a_change_of_theme_is_told_once(qtbot, themes):
    themes.choose(Theme.LIGHT)
    with qtbot.waitSignal(themes.changed):
        themes.choose(Theme.DARK)
    with qtbot.assertNotEmitted(themes.changed):
        themes.choose(Theme.DARK)


def test_the_system_is_followed_at_run_time(qapp, themes, monkeypatch):
    monkeypatch.setattr("assistant.ui.theme.system_is_dark", lambda: False)
    themes.choose(Theme.SYSTEM)
    assert themes.colours is LIGHT
    monkeypatch.setattr("assistant.ui.theme.system_is_dark", lambda: True)
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert themes.colours is DARK


def test_a_system_that_asks_for_contrast_gets_it(themes, monkeypatch):
    monkeypatch.setattr("assistant.ui.theme.system_wants_contrast", lambda: True)
    themes.choose(Theme.SYSTEM)
    assert themes.colours is CONTRAST


def test_a_choice_is_not_overruled_by_the_system(qapp, themes, monkeypatch):
    themes.choose(Theme.LIGHT)
    monkeypatch.setattr("assistant.ui.theme.system_is_dark", lambda: True)
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert themes.colours is LIGHT
