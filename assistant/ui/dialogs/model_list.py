"""The list of model packages, grouped by task. Imports engine records and ui only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from assistant.engine.store import Origin, StoredPackage
from assistant.records import Task

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NAME, _VERSION, _STATE, _SIZE, _ORIGIN, _LICENCE = range(6)
_ROLE = Qt.ItemDataRole.UserRole


class ModelList(QTreeWidget):
    """One branch for each task, one row for each package."""

    def __init__(self) -> None:
        """Make an empty list."""
        super().__init__()
        self._wanted: tuple[Task, str] | None = None
        self.setAllColumnsShowFocus(True)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setRootIsDecorated(False)
        self.setAccessibleName(self.tr("模型"))
        self.setHeaderLabels(
            [self.tr("名称"), self.tr("版本"), self.tr("状态"), self.tr("大小"), self.tr("来源"),
             self.tr("许可")]
        )  # fmt: skip
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)

    def want(self, package: StoredPackage) -> None:
        """Choose ``package`` when the list is shown next."""
        self._wanted = (package.task, package.key)

    def package(self) -> StoredPackage | None:
        """Return the chosen package; None on the row of a task."""
        item = self.currentItem()
        return None if item is None else item.data(_NAME, _ROLE)

    def task(self) -> Task | None:
        """Return the task of the chosen row."""
        package = self.package()
        if package is not None:
            return package.task
        item = self.currentItem()
        return None if item is None else Task(item.data(_VERSION, _ROLE))

    def show_packages(self, packages: Sequence[StoredPackage]) -> None:
        """Show ``packages``; what was chosen stays chosen."""
        chosen = self.package()
        wanted = self._wanted or (None if chosen is None else (chosen.task, chosen.key))
        self._wanted = None
        self.blockSignals(True)
        self.clear()
        for task in Task:
            branch = QTreeWidgetItem([self.words_of(task)])
            branch.setData(_VERSION, _ROLE, task.value)
            font = branch.font(_NAME)
            font.setBold(True)
            branch.setFont(_NAME, font)
            self.addTopLevelItem(branch)
            branch.setFirstColumnSpanned(True)
            for package in packages:
                if package.task is task:
                    self._add(branch, package, is_chosen=(task, package.key) == wanted)
            branch.setExpanded(True)
        if self.currentItem() is None:
            self._choose_first()
        self.blockSignals(False)

    def words_of(self, task: Task) -> str:
        """Return what a person calls ``task``."""
        words = {
            Task.FILL: self.tr("填空"),
            Task.UNDERSTAND: self.tr("情感和标签"),
            Task.TRANSLATE: self.tr("译文"),
        }
        return words[task]

    def _add(self, branch: QTreeWidgetItem, package: StoredPackage, *, is_chosen: bool) -> None:
        if package.problem is not None:
            state = self.tr("✕ 损坏")
        else:
            state = self.tr("● 使用中") if package.is_active else ""
        is_bundled = package.origin is Origin.BUNDLED
        item = QTreeWidgetItem(
            [
                package.name,
                package.version,
                state,
                f"{package.bytes_on_disk / 1_000_000:.1f} MB",
                self.tr("自带") if is_bundled else self.tr("自己安装"),
                package.licence,
            ]
        )
        item.setData(_NAME, _ROLE, package)
        item.setTextAlignment(_SIZE, _RIGHT)
        branch.addChild(item)
        if is_chosen:
            self.setCurrentItem(item)

    def _choose_first(self) -> None:
        branch = self.topLevelItem(0)
        first = None if branch is None else (branch.child(0) or branch)
        if first is not None:
            self.setCurrentItem(first)
