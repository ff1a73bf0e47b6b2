"""A tab's page that stays empty until somebody goes there. Imports Qt and the order of the tabs.

The window is shown sooner and takes less memory for every tab that nobody opens.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from assistant.ui.tab_order import Place, insert_tab


class LatePage(QWidget):
    """Stands in ``tabs`` from the beginning; what it shows is built when it is first on top."""

    def __init__(self, tabs: QTabWidget, place: Place, build: Callable[[], QWidget]) -> None:
        """Add the page at its place; ``build`` is called once, the caller sets the words."""
        super().__init__()
        self._tabs = tabs
        self._build: Callable[[], QWidget] | None = build
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._column = column
        insert_tab(tabs, self, place)
        tabs.currentChanged.connect(self._on_changed)

    @property
    def is_built(self) -> bool:
        """Whether somebody has been here."""
        return self._build is None

    @property
    def on_top(self) -> bool:
        """Whether the tab is the one chosen."""
        return self._tabs.currentWidget() is self

    def set_words(self, words: str) -> None:
        """Name the tab."""
        self._tabs.setTabText(self._tabs.indexOf(self), words)

    def go(self) -> None:
        """Choose the tab."""
        self._tabs.setCurrentWidget(self)

    def build(self) -> None:
        """Build what the page shows, unless it is built or being built."""
        build, self._build = self._build, None
        if build is not None:
            contents = build()
            self._column.addWidget(contents)
            contents.show()  # the layout would show it one event later, when it has the focus

    def _on_changed(self, _index: int) -> None:
        if self.on_top:
            self.build()
