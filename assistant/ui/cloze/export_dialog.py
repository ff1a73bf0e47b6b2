"""The export dialog: formats, papers, folder and name; then what was written, with its notes.

Imports cloze/, export/ and ui.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from assistant.cloze.exercise import Exercise
from assistant.cloze.project_file import SUFFIX
from assistant.export.registry import FORMATS
from assistant.ui.cloze import folder_opener
from assistant.ui.cloze.export_run import Written, export_files, files_of
from assistant.ui.dialogs.questions import may_write_over
from assistant.ui.dialogs.room import let_scroll, open_at

_USUAL = ("docx",)


class ExportDialog(QDialog):
    """Writes an exercise in the formats that are ticked; stays open to show what came of it."""

    def __init__(
        self, exercise: Exercise, folder: Path, name: str, language: str,
        parent: QWidget | None = None, own: Path | None = None,
    ) -> None:  # fmt: skip
        """Offer ``folder`` and ``name``; ``language`` ("zh" or "en") is that of the notes.

        ``own`` is the exercise's file: written over without asking, as saving does.
        """
        super().__init__(parent)
        self._exercise, self._language, self._own = exercise, language, own
        self.written: tuple[Written, ...] = ()
        self.setWindowTitle(self.tr("导出练习"))
        open_at(self, 720, 620)
        self.boxes = {key: QCheckBox(item.description(language)) for key, item in FORMATS.items()}
        for key, box in self.boxes.items():
            box.setChecked(key in _USUAL)
            box.setToolTip(FORMATS[key].suffix)
            box.toggled.connect(self._update)
        self.project_box = QCheckBox(self.tr("练习文件（可再编辑）"))
        self.project_box.setToolTip(SUFFIX)
        self.project_box.setChecked(True)
        self.project_box.toggled.connect(self._update)
        self.papers = QCheckBox(self.tr("A、B 两卷（选项和备选词的次序不同）"))
        self.papers.setChecked(bool(exercise.versions))
        self.key_box = QCheckBox(self.tr("答案页（Word 和 PDF）"))
        self.key_box.setChecked(True)
        self.folder_field = QLineEdit(str(folder))
        self.folder_field.setAccessibleName(self.tr("文件夹"))
        self.folder_field.textChanged.connect(self._update)
        self.folder_button = QPushButton(self.tr("选择…"))
        self.folder_button.setAccessibleName(self.tr("选择文件夹"))
        self.folder_button.clicked.connect(self._on_choose_folder)
        self.name_field = QLineEdit(name)
        self.name_field.setAccessibleName(self.tr("文件名"))
        self.name_field.textChanged.connect(self._update)
        self.results = QTreeWidget()
        self.results.setHeaderHidden(True)
        self.results.setRootIsDecorated(False)
        self.results.setWordWrap(True)
        self.results.setIndentation(22)
        self.results.setAccessibleName(self.tr("导出结果"))
        self.hint = QLabel(self.tr("勾选格式，按“导出”。"))
        self.hint.setProperty("role", "muted")
        self.open_button = QPushButton(self.tr("打开所在文件夹"))
        self.open_button.clicked.connect(self._on_open_folder)
        self.open_button.setEnabled(False)
        self.export_button = QPushButton(self.tr("导出"))
        self.export_button.setDefault(True)
        self.export_button.clicked.connect(self.export)
        self._lay_out()
        let_scroll(self)
        self._update()

    def export(self) -> None:
        """Write the files and list them, unless one is there that the teacher wants to keep."""
        folder, name = Path(self.folder_field.text()).expanduser(), self.name_field.text().strip()
        formats = tuple(key for key, box in self.boxes.items() if box.isChecked())
        papers, project = self.papers.isChecked(), self.project_box.isChecked()
        files = files_of(self._exercise, folder, name, formats, papers=papers, project=project)
        if not may_write_over(self, (path for path in files if path != self._own)):
            return
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self.written = export_files(
                self._exercise, folder, name, formats,
                papers=papers, project=project, key=self.key_box.isChecked(),
            )  # fmt: skip
        finally:
            QGuiApplication.restoreOverrideCursor()
        self._show_results()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        boxes = [self.project_box, *self.boxes.values()]
        rows = (len(boxes) + 1) // 2
        for i, box in enumerate(boxes):
            grid.addWidget(box, i % rows, i // rows)
        heading = QLabel(self.tr("格式"))
        heading.setProperty("role", "heading")
        place = QHBoxLayout()
        place.addWidget(self.folder_field, 1)
        place.addWidget(self.folder_button)
        form = QFormLayout()
        choices = QHBoxLayout()
        choices.addWidget(self.papers)
        choices.addWidget(self.key_box)
        choices.addStretch(1)
        form.addRow(choices)
        form.addRow(self.tr("文件夹"), place)
        form.addRow(self.tr("文件名"), self.name_field)
        buttons = QDialogButtonBox()
        buttons.addButton(self.open_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.export_button, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(self.tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (close, self.open_button, self.folder_button):
            button.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addLayout(grid)
        column.addLayout(form)
        column.addWidget(self.hint)
        column.addWidget(self.results, 1)
        column.addWidget(buttons)

    def _update(self) -> None:
        any_format = self.project_box.isChecked() or any(b.isChecked() for b in self.boxes.values())
        is_named = all(f.text().strip() for f in (self.folder_field, self.name_field))
        self.export_button.setEnabled(any_format and is_named)

    def _show_results(self) -> None:
        self.results.clear()
        for file in self.written:
            mark = "✗" if file.error is not None else "✓"
            item = QTreeWidgetItem([f"{mark} {file.path.name}"])
            item.setToolTip(0, str(file.path))
            self.results.addTopLevelItem(item)
            notes = [note.message(self._language) for note in file.notes]
            if file.error is not None:
                notes.append(file.error.message(self._language))
            for note in notes:
                item.addChild(QTreeWidgetItem([note]))
            item.setExpanded(True)
        done = sum(file.error is None for file in self.written)
        self.open_button.setEnabled(done > 0)
        self.hint.setText(
            self.tr("写好 {n} 个文件，{m} 个没有写成。").format(n=done, m=len(self.written) - done)
        )
        self.results.setFocus()

    def _on_choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("导出到文件夹"), self.folder_field.text()
        )
        if name:
            self.folder_field.setText(name)

    def _on_open_folder(self) -> None:
        folder_opener.open_folder(Path(self.folder_field.text()).expanduser())
