"""A made-up language, forty per cent longer: what was not translated, and what has no room."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QTabWidget,
    QWidget,
)

from assistant.app import App
from assistant.ui.editor import Editor
from assistant.ui.message_bar import MessageBar
from build_tools.trials.room import clipped
from tests.whole.conftest import every_action, offscreen

MARK = "‖"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PLACE = re.compile(r"(\{[^}]*\}|%\w|%n)")
_NOT_OURS = re.compile(r"中文|简体|繁體|示例|春天来了|院子里|Noto|[A-Z][\w ]+ SC")
"""Names of languages and fonts, and text of the document."""
SIZES = ((1180, 760), (1024, 640))


class _Pseudo(QTranslator):
    """Marks every string and makes it longer; keys and places for values stay."""

    def translate(self, context, text, disambiguation=None, n=-1) -> str:
        if not text:
            return text
        letters = len(_PLACE.sub("", text))
        return f"{text}{MARK}{'长' * max(1, round(letters * 0.4))}"

    def isEmpty(self) -> bool:
        return False


@pytest.fixture(scope="module")
def pseudo(app: App, qapp: QApplication) -> Iterator[App]:
    """The app, speaking the made-up language."""
    translator = _Pseudo()
    qapp.installTranslator(translator)
    QApplication.processEvents()
    yield app
    qapp.removeTranslator(translator)
    QApplication.sendEvent(app.window, QEvent(QEvent.Type.LanguageChange))


def strings_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """Yield (where, words) of all that a person reads or hears in ``root``."""
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, (Editor, MessageBar)) or isinstance(widget.parent(), MessageBar):
            continue  # the text of a person, and errors, which bring their own two languages
        where = f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        if isinstance(widget, (QAbstractButton, QLabel)):
            yield where, widget.text()
        if isinstance(widget, QGroupBox):
            yield where, widget.title()
        if isinstance(widget, QTabWidget):
            yield from ((where, widget.tabText(i)) for i in range(widget.count()))
        if isinstance(widget, QComboBox):
            yield from ((where, widget.itemText(i)) for i in range(widget.count()))
        yield f"tip of {where}", widget.toolTip()
        yield f"name of {where}", widget.accessibleName()
        yield f"title of {where}", widget.windowTitle()


def untranslated(strings: Iterator[tuple[str, str]]) -> list[str]:
    return sorted(
        {
            f"{where}: {words[:40]}"
            for where, words in strings
            if _HAN.search(words) and MARK not in words and not _NOT_OURS.search(words)
        }
    )


def test_every_word_of_the_window_comes_from_the_catalogue(pseudo):
    pseudo.window.find_bar.open(replacing=True)
    assert untranslated(strings_of(pseudo.window)) == []


def test_every_action_comes_from_the_catalogue(pseudo):
    actions: list[QAction] = [*pseudo.window.actions(), *every_action(pseudo)]
    words = ((type(a).__name__, text) for a in actions for text in (a.text(), a.toolTip()))
    menus = ((type(a).__name__, a.text()) for a in pseudo.window.menuBar().actions())
    assert untranslated(words) + untranslated(menus) == []


@pytest.mark.parametrize("size", SIZES)
def test_nothing_in_the_window_is_cut_off(pseudo, size):
    pseudo.window.resize(*size)
    short: list[str] = []
    for index in range(pseudo.window.tabs.count()):
        pseudo.window.tabs.setCurrentIndex(index)
        QApplication.processEvents()
        QApplication.processEvents()  # room for what the model said in the status bar just now
        short += clipped(pseudo.window)
    assert sorted(set(short)) == []


@offscreen
def test_the_dialogs_are_translated_and_nothing_in_them_is_cut_off(pseudo, see_dialogs):
    found: list[str] = []

    def look(dialog: QWidget) -> None:
        found.extend(f"{type(dialog).__name__}: {w}" for w in untranslated(strings_of(dialog)))
        found.extend(f"{type(dialog).__name__} cuts off {w}" for w in clipped(dialog))

    assert see_dialogs(look)
    assert sorted(set(found)) == []
