"""The person's own memories: what there is, adding texts, which serve this document.

Imports services and ui.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from assistant.services.memories import MemoryService
from assistant.services.memory_jobs import Added
from assistant.ui.dialogs.job_line import JobLine
from assistant.ui.dialogs.room import open_at

MAX_NAME_CHARS = 40
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NAME = 0
_NUMBERS = (1, 2, 3)
_SHOWN_FAILURES = 3


class MemoriesDialog(QDialog):
    """Lists the memories; what is being counted goes on when the dialog is closed."""

    def __init__(
        self, service: MemoryService, language: str, parent: QWidget | None = None
    ) -> None:
        """Show the memories of ``service``; errors are told in ``language`` ("zh" or "en")."""
        super().__init__(parent)
        self._service, self._language = service, language
        self._wanted: str | None = None
        self.setWindowTitle(self.tr("我的记忆"))
        open_at(self, 660, 420)
        self.list = self._make_list()
        self._make_buttons()
        self.job = JobLine(language)
        self._lay_out()
        self._connect()
        self._show_all()
        self._on_busy_changed(service.busy)
        service.refresh()

    def _make_list(self) -> QTreeWidget:
        view = QTreeWidget()
        view.setRootIsDecorated(False)
        view.setAllColumnsShowFocus(True)
        view.setUniformRowHeights(True)
        view.setAccessibleName(self.tr("我的记忆"))
        view.setHeaderLabels(
            [self.tr("用于这份文档"), self.tr("文件"), self.tr("字数"), self.tr("大小")]
        )
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in _NUMBERS:
            view.headerItem().setTextAlignment(column, _RIGHT)
        return view

    def _make_buttons(self) -> None:
        self.new_button = QPushButton(self.tr("新建(&N)…"))
        self.files_button = QPushButton(self.tr("加入文件(&F)…"))
        self.folder_button = QPushButton(self.tr("加入文件夹(&D)…"))
        self.remove_button = QPushButton(self.tr("删除(&R)…"))
        self._buttons = (
            self.new_button, self.files_button, self.folder_button, self.remove_button,
        )  # fmt: skip
        for button in self._buttons:
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        intro = QLabel(
            self.tr(
                "把自己的文章、课本读进记忆，填空时就认得里面的词。只留下不超过 5 个字的片段和"
                "次数，存在这台电脑上；删除后不留痕迹。"
            )
        )
        intro.setWordWrap(True)
        side = QVBoxLayout()
        for button in self._buttons:
            side.addWidget(button)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(intro)
        column.addLayout(middle, 1)
        column.addWidget(self.job)
        column.addWidget(close)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self._on_new)
        self.files_button.clicked.connect(self._on_files)
        self.folder_button.clicked.connect(self._on_folder)
        self.remove_button.clicked.connect(self._on_remove)
        self.list.itemChanged.connect(self._on_item_changed)
        self.list.currentItemChanged.connect(self._enable)
        service = self._service
        self.job.cancel_requested.connect(service.cancel)
        service.listed.connect(self._show_all)
        service.used_changed.connect(self._show_used)
        service.busy_changed.connect(self._on_busy_changed)
        service.progressed.connect(self.job.step)
        service.added.connect(self._on_added)
        service.removed.connect(self._on_removed)
        service.failed.connect(self.job.tell)
        service.cancelled.connect(self._on_cancelled)

    def name(self) -> str | None:
        """Return the memory chosen in the list."""
        item = self.list.currentItem()
        return item.text(_NAME) if item else None

    def _show_all(self) -> None:
        current = self._wanted or self.name()
        self.list.blockSignals(True)
        self.list.clear()
        for info in self._service.infos:
            item = QTreeWidgetItem(
                [
                    info.name,
                    f"{info.documents:,}",
                    f"{info.characters:,}",
                    f"{info.bytes_on_disk / 1_000_000:.1f} MB",
                ]
            )
            item.setCheckState(_NAME, self._state(info.name))
            for column in _NUMBERS:
                item.setTextAlignment(column, _RIGHT)
            self.list.addTopLevelItem(item)
            if info.name == current:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)
        self.list.blockSignals(False)
        self._enable()

    def _show_used(self) -> None:
        self.list.blockSignals(True)
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None:
                item.setCheckState(_NAME, self._state(item.text(_NAME)))
        self.list.blockSignals(False)

    def _state(self, name: str) -> Qt.CheckState:
        on = name in self._service.used
        return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked

    def _enable(self) -> None:
        free = not self._service.busy
        self.new_button.setEnabled(free)
        for button in self._buttons[1:]:
            button.setEnabled(free and self.name() is not None)

    def _on_item_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == _NAME:
            self._service.use(item.text(_NAME), item.checkState(_NAME) == Qt.CheckState.Checked)

    def _on_new(self) -> None:
        name, given = QInputDialog.getText(self, self.tr("新建记忆"), self.tr("名字："))
        name = name.strip()[:MAX_NAME_CHARS]
        if given and name.isprintable() and name:
            self._wanted = name
            self._service.create(name)

    def _on_files(self) -> None:
        kinds = self.tr("文字文件 (*.txt *.md *.markdown *.docx)")
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("加入文件"), str(Path.home()), kinds)
        self._add([Path(name) for name in names])

    def _on_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("加入文件夹"), str(Path.home()))
        self._add([Path(folder)] if folder else [])

    def _add(self, paths: list[Path]) -> None:
        name = self.name()
        if paths and name is not None:
            self._wanted = name
            self._service.add(name, paths)

    def _on_remove(self) -> None:
        name = self.name()
        if name is None:
            return
        answer = QMessageBox.question(
            self,
            self.tr("删除记忆"),
            self.tr("要删除记忆“{name}”吗？原来的文件不受影响。").format(name=name),
        )
        if answer == QMessageBox.StandardButton.Yes:
            self._service.remove(name)

    def _on_busy_changed(self, busy: bool) -> None:
        self.job.set_busy(busy)
        self._enable()

    def _on_added(self, added: Added) -> None:
        name = added.info.name
        if added.info.documents == 0:
            self._service.use(name, True)
            self.job.say(self.tr("新建了“{name}”，现在可以加入文件。").format(name=name))
            return
        lines = [
            self.tr("“{name}”现在记着 {n} 个文件、{m} 个字。").format(
                name=name, n=f"{added.info.documents:,}", m=f"{added.info.characters:,}"
            )
        ]
        if added.failures:
            lines.append(self.tr("有 {n} 个文件没有读出来：").format(n=len(added.failures)))
            lines += [e.message(self._language) for _, e in added.failures[:_SHOWN_FAILURES]]
        self.job.say("\n".join(lines))

    def _on_removed(self, name: str) -> None:
        self._wanted = None
        self.job.say(self.tr("删除了“{name}”。").format(name=name))

    def _on_cancelled(self) -> None:
        self.job.say(self.tr("已取消，记忆和原来一样。"))
