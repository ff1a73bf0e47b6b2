"""What a screen reader says, and what the keyboard reaches, in the whole window."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)

from tests.whole.conftest import every_action, offscreen


def focusable(root: QWidget) -> list[QWidget]:
    """Return what Tab can reach inside ``root`` and a person sees."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not isinstance(widget.parentWidget(), (QAbstractSpinBox, QComboBox))
    ]


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else interface.text(QAccessible.Text.Name)


def nameless(root: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"
        for widget in focusable(root)
        if not name_of(widget).strip() and not isinstance(widget, QTabBar)
    ]


def test_everything_that_takes_the_focus_in_the_window_has_a_name(app):
    missing: list[str] = []
    tabs = app.window.tabs
    app.window.find_bar.open(replacing=True)
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
        QApplication.processEvents()
        missing += [f"{tabs.tabText(index)}: {what}" for what in nameless(app.window)]
    assert sorted(set(missing)) == []


@offscreen
def test_everything_that_takes_the_focus_in_the_dialogs_has_a_name(app, see_dialogs):
    missing: list[str] = []
    seen = see_dialogs(
        lambda dialog: missing.extend(f"{type(dialog).__name__}: {w}" for w in nameless(dialog))
    )
    assert len(seen) >= 4, seen
    assert sorted(set(missing)) == []


def test_every_action_has_a_key_or_a_letter_in_a_menu(app):
    def letterless(menu: QMenu) -> list[str]:
        """Return what cannot be chosen by a letter, all the way down."""
        found: list[str] = []
        for action in menu.actions():
            if action.isSeparator():
                continue
            below = action.menu()
            if "&" not in action.text() and action.shortcut().isEmpty():
                found.append(action.text())
            if isinstance(below, QMenu):
                found += letterless(below)
        return found

    tops = [action.menu() for action in app.window.menuBar().actions()]
    groups = {a.text() for g in _groups(app) for a in g.actions()}
    missing = [text for menu in tops if isinstance(menu, QMenu) for text in letterless(menu)]
    assert [text for text in missing if text not in groups and text] == []


def test_every_action_of_the_window_stands_in_a_menu_or_has_a_key(app):
    in_menus = {id(action) for action in every_action(app)}
    in_toolbar = {id(action) for action in app.window.menus.toolbar.actions()}
    lost = [
        action.text()
        for action in app.window.actions()
        if id(action) not in in_menus | in_toolbar and action.shortcut().isEmpty()
    ]
    assert lost == []


def test_no_letter_is_given_twice_in_one_menu(app):
    twice: list[str] = []
    menus = [app.window.menuBar(), *app.window.menuBar().findChildren(QMenu)]
    menus += [action.menu() for action in app.window.menuBar().actions()]
    for menu in menus:
        letters = [
            match[1].upper()
            for action in (menu.actions() if menu is not None else [])
            if (match := re.search(r"&(\w)", action.text()))
        ]
        twice += [f"{letter} in {menu.title() if isinstance(menu, QMenu) else 'menu bar'}"
                  for letter in set(letters) if letters.count(letter) > 1]  # fmt: skip
    assert sorted(set(twice)) == []


def test_no_two_actions_share_a_key(app):
    keys: dict[str, set[int]] = {}
    actions: list[QAction] = [*app.window.actions(), *every_action(app)]
    for action in actions:
        for key in action.shortcuts():
            keys.setdefault(key.toString(), set()).add(id(action))
    assert {key for key, owners in keys.items() if len(owners) > 1} == set()


@pytest.mark.parametrize("index", range(6))
def test_tab_goes_round_all_that_takes_the_focus(app, index):
    tabs = app.window.tabs
    if index >= tabs.count():
        pytest.skip("there are fewer tabs")
    tabs.setCurrentIndex(index)
    app.window.activateWindow()
    QApplication.processEvents()
    panel = tabs.currentWidget()
    wanted = {id(w): w for w in focusable(panel) if not _swallows_tab(w)}
    start = tabs.tabBar()
    start.setFocus()
    reached: set[int] = set()
    for _ in range(4 * len(wanted) + 20):
        here = QApplication.focusWidget()
        if here is None or here is app.window.editor:
            break
        reached.add(id(here))
        QTest.keyClick(here, Qt.Key.Key_Tab)
    # Of buttons that exclude each other Tab reaches one; the arrows go on from there.
    missing = [
        f"{type(w).__name__} {name_of(w)}"
        for key, w in wanted.items()
        if key not in reached and not _is_one_of_several(w)
    ]
    assert missing == []


def _groups(app):
    actions = app.window.actions_
    return (actions.lengths, actions.themes, actions.languages)


def _swallows_tab(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QLineEdit)


def _is_one_of_several(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) and (
        widget.autoExclusive() or widget.group() is not None
    )
