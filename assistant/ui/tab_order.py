"""The order of the tabs and of the menu that leads to them, whoever adds them first.

Imports Qt only.
"""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTabWidget, QWidget

_PROPERTY = "place"


class Place(IntEnum):
    """Where a tab stands; Ctrl and the number go to it."""

    FILL = 1
    SENTIMENT = 2
    TRANSLATION = 3
    LABELS = 4
    CLOZE = 5
    PROOF = 6
    LAST = 99
    """Behind all that lead to a tab, in the menu."""

    @property
    def key(self) -> str:
        """The key that goes there."""
        return f"Ctrl+{self.value}"


def insert_tab(tabs: QTabWidget, panel: QWidget, place: Place) -> None:
    """Add ``panel`` to ``tabs`` at its place; the caller sets the words."""
    panel.setProperty(_PROPERTY, int(place))
    places = (_place_of(tabs.widget(i)) for i in range(tabs.count()))
    index = sum(other <= place for other in places)
    tabs.insertTab(index, panel, "")


def insert_action(menu: QMenu, action: QAction, place: Place) -> None:
    """Add ``action`` to ``menu`` at its place."""
    action.setProperty(_PROPERTY, int(place))
    later = (other for other in menu.actions() if _place_of(other) > place)
    before = next(later, None)
    if before is None:
        menu.addAction(action)
    else:
        menu.insertAction(before, action)


def _place_of(thing: QWidget | QAction | None) -> int:
    place = None if thing is None else thing.property(_PROPERTY)
    return place if isinstance(place, int) else int(Place.FILL)
