"""Which label set is in hand, and what can be done with it. Imports services' records and ui."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from assistant.services.label_sets import LabelSet
from assistant.ui.panels.note import language_code

_ACTIONS = ("save", "rename", "delete", "", "import", "export")


class LabelSetBar(QWidget):
    """A box with the names, and a menu."""

    set_chosen = Signal(str)
    """Name of a set."""
    asked = Signal(str)
    """What to do with the set: save, rename, delete, import, export."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the bar without sets."""
        super().__init__(parent)
        self._sets: tuple[LabelSet, ...] = ()
        self._name, self._changed = "", False
        self._caption = QLabel()
        self.box = QComboBox()
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.setMinimumContentsLength(6)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.activated.connect(self._on_activated)
        self._caption.setBuddy(self.box)
        self.menu = QMenu(self)
        self.actions_ = {name: QAction(self) for name in _ACTIONS if name}
        for name in _ACTIONS:
            if name:
                self.menu.addAction(self.actions_[name])
                self.actions_[name].triggered.connect(
                    lambda _checked=False, name=name: self.asked.emit(name)
                )
            else:
                self.menu.addSeparator()
        self.menu_button = QToolButton()
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setMenu(self.menu)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._caption)
        line.addWidget(self.box, 1)
        line.addWidget(self.menu_button)
        self._retranslate()

    def show_sets(
        self, sets: Sequence[LabelSet], name: str, *, changed: bool, can_save: bool
    ) -> None:
        """Offer ``sets``; ``name`` is the one in hand (none: ""), ``changed`` since."""
        before = self._sets, self._name, self._changed
        self._sets, self._name, self._changed = tuple(sets), name, changed
        own = any(labels.name == name and not labels.is_bundled for labels in sets)
        for action in ("rename", "delete"):
            self.actions_[action].setEnabled(own)
        for action in ("save", "export"):
            self.actions_[action].setEnabled(can_save)
        if before != (self._sets, self._name, self._changed):
            self._fill()  # not under the eyes of who is just choosing one

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._caption.setText(self.tr("标签集"))
        self.box.setAccessibleName(self.tr("标签集"))
        self.menu_button.setText(self.tr("管理 ▾"))
        self.menu_button.setAccessibleName(self.tr("管理标签集"))
        words = {
            "save": self.tr("另存为(&S)…"),
            "rename": self.tr("改名(&R)…"),
            "delete": self.tr("删除(&D)…"),
            "import": self.tr("导入(&I)…"),
            "export": self.tr("导出(&E)…"),
        }
        for name, text in words.items():
            self.actions_[name].setText(text)
        self._fill()

    def _fill(self) -> None:
        language = language_code()
        self.box.clear()
        names = [labels.name for labels in self._sets]
        if self._name not in names:
            self.box.addItem(self.tr("（未存的标签）"), "")
        for labels in self._sets:
            title = labels.title(language)
            if labels.name == self._name and self._changed:
                title = self.tr("{name}（有改动）").format(name=title)
            self.box.addItem(title, labels.name)
        self.box.setCurrentIndex(max(0, self.box.findData(self._name)))

    def _on_activated(self, index: int) -> None:
        name = self.box.itemData(index)
        if name:
            self.set_chosen.emit(name)
