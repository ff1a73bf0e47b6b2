"""The item report of a class: which gaps were hard, which wrong answers came, who got how much.

Imports cloze/, services and ui.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from assistant.cloze.answers_file import read_answers
from assistant.cloze.exercise import Exercise
from assistant.cloze.grading import SheetScore, grade
from assistant.cloze.item_report import ItemReport, item_reports, wrong_words
from assistant.cloze.report_table import heads, item_rows, report_text, student_rows
from assistant.cloze.scorer import GapView
from assistant.cloze.versions import paper
from assistant.disk import write_atomically, write_error
from assistant.errors import BubaiError
from assistant.services.cloze_jobs import ClozeJobs
from assistant.ui.cloze.item_chart import ItemChart
from assistant.ui.cloze.sheet_document import ALARM
from assistant.ui.dialogs.room import let_scroll, open_at
from assistant.ui.theme import Colours

_FLAGGED = 5
"""The column of the wrong answers."""
_WIDTHS = (48, 90, 70, 76, 56, 330)


class ItemReportView(QDialog):
    """Reads answer files and shows a table, a chart and the students' scores."""

    def __init__(
        self, exercise: Exercise, jobs: ClozeJobs, colours: Colours, language: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Report on ``exercise``; nothing is read yet."""
        super().__init__(parent)
        self._exercise, self._jobs, self._language = exercise, jobs, language
        self.scores: tuple[SheetScore, ...] = ()
        self.reports: tuple[ItemReport, ...] = ()
        self._asked = False
        self.setWindowTitle(self.tr("成绩分析 — {name}").format(name=exercise.title))
        open_at(self, 860, 640)
        self.files_button = QPushButton(self.tr("打开答卷…"))
        self.files_button.clicked.connect(self.ask_files)
        self.note = QLabel(
            self.tr("选择这份练习的答卷：学生模式保存的 json，或一人一行的 csv、tsv 表格。")
        )
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        columns, student_columns = heads(language)
        self.table = self._table(columns[:-1], self.tr("逐空统计"))
        self.students = self._table(student_columns, self.tr("学生成绩"))
        self.chart = ItemChart(colours)
        self.copy_button = QPushButton(self.tr("复制表格"))
        self.copy_button.clicked.connect(self._on_copy)
        self.save_button = QPushButton(self.tr("导出 CSV…"))
        self.save_button.clicked.connect(self._on_save)
        self._lay_out()
        let_scroll(self)
        self._update()
        jobs.views_found.connect(self._on_views_found)

    def ask_files(self) -> None:
        """Let the teacher choose answer files."""
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("打开答卷"), str(Path.home()),
            self.tr("答卷 (*.json *.csv *.tsv);;所有文件 (*)"),
        )  # fmt: skip
        if names:
            self.read(tuple(Path(name) for name in names))

    def read(self, paths: Sequence[Path]) -> None:
        """Score the answers in ``paths``; files that cannot be read are named, the others count."""
        exercise, scores, refused = self._exercise, [], []
        for path in paths:
            try:
                sheets = read_answers(path, exercise)
                scores += [
                    grade(paper(exercise, s.version or exercise.version), s.answers, s.student)
                    for s in sheets
                ]
            except BubaiError as error:
                refused.append(error.message(self._language))
        self.scores = tuple(scores)
        count = self.tr("{n} 份答卷").format(n=len(scores))
        self.note.setText("\n".join([count, *refused]))
        self._report(None)
        words = dict(
            zip((g.uid for g in exercise.gaps), wrong_words(exercise, scores), strict=True)
        )
        if any(words.values()):
            self._asked = True
            self._jobs.view(exercise, words)

    def done(self, result: int) -> None:
        self._jobs.views_found.disconnect(self._on_views_found)
        super().done(result)

    def _report(self, views: Mapping[str, GapView] | None) -> None:
        self.reports = item_reports(self._exercise, self.scores, views) if self.scores else ()
        self._update()

    def _on_views_found(self, views: Mapping[str, GapView] | None) -> None:
        if self._asked:
            self._asked = False
            self._report(views)

    def _lay_out(self) -> None:
        room = QScrollArea()
        room.setWidget(self.chart)
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFixedHeight(self.chart.sizeHint().height() + 14)
        items = QWidget()
        column = QVBoxLayout(items)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.table, 1)
        self.legend = QLabel(
            self.tr("得分率：全班平均得到几成；区分度：前 27% 减后 27%，低于 0.2 的题宜改；")
            + f"{ALARM} "
            + self.tr("模型认为也说得通，请老师看看要不要接受。")
        )
        self.legend.setWordWrap(True)
        self.legend.setProperty("role", "muted")
        column.addWidget(self.legend)
        column.addWidget(room)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(items, self.tr("逐空统计"))
        self.tabs.addTab(self.students, self.tr("学生成绩"))
        buttons = QDialogButtonBox()
        self.files_button.setAutoDefault(False)
        for button in (self.copy_button, self.save_button):
            button.setAutoDefault(False)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(self.tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 14, 18, 14)
        outer.setSpacing(10)
        outer.addWidget(self.files_button, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.note)
        outer.addWidget(self.tabs, 1)
        outer.addWidget(buttons)

    def _update(self) -> None:
        rows = [list(row[:-1]) for row in item_rows(self.reports)]
        for row, item in zip(rows, self.reports, strict=True):
            row[_FLAGGED] = "　".join(
                f"{wrong.text}×{wrong.count}" + f" {ALARM}" * wrong.acceptable
                for wrong in item.wrong
            )
        _fill(self.table, rows)
        _fill(self.students, student_rows(self.scores))
        self.chart.show_reports(self.reports)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(bool(self.reports))

    def _table(self, columns: Sequence[str], name: str) -> QTableWidget:
        table = QTableWidget(0, len(columns))
        table.setHorizontalHeaderLabels(list(columns))
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.horizontalHeader().setStretchLastSection(True)
        table.setAccessibleName(name)
        metrics = table.horizontalHeader().fontMetrics()
        for i, (width, word) in enumerate(zip(_WIDTHS, columns, strict=False)):
            table.setColumnWidth(i, max(width, metrics.horizontalAdvance(word) + 20))
        return table

    def _on_copy(self) -> None:
        text = report_text(self.reports, self.scores, self._language, "\t")
        QGuiApplication.clipboard().setText(text)

    def _on_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("导出 CSV"), str(Path.home() / self.tr("成绩分析.csv")), "CSV (*.csv)"
        )
        if not name:
            return
        path = Path(name)
        text = report_text(self.reports, self.scores, self._language)
        try:
            write_atomically(path, text.encode("utf-8-sig"))  # Excel knows UTF-8 by its mark
            self.note.setText(self.tr("已保存：{name}").format(name=path.name))
        except OSError as error:
            self.note.setText(write_error(path, error).message(self._language))


def _fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    table.setRowCount(len(rows))
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            table.setItem(i, j, item)
