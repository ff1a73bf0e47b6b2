"""Two packages on the current document, side by side, and the choice of the better one.

Imports services and ui.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from assistant.engine.compare import Accuracy, CompareRun
from assistant.engine.store import StoredPackage
from assistant.engine.trial import Answer
from assistant.records import Task
from assistant.services.model_jobs import Comparison
from assistant.services.models import ModelService
from assistant.ui.dialogs.job_line import JobLine
from assistant.ui.dialogs.room import open_at

_TEXT, _FIRST, _SECOND = range(3)
_SHOWN_OPTIONS = 3
_SHOWN_CHARS = 12
_READ_ONLY = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


class ModelCompareDialog(QDialog):
    """Lets two packages answer the document, and keeps the better."""

    def __init__(
        self, service: ModelService, packages: Sequence[StoredPackage],
        chosen: StoredPackage | None, read_text: Callable[[], str], language: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Offer ``packages``, all of one task and at least two; ``chosen`` stands second."""
        super().__init__(parent)
        self._service, self._packages = service, tuple(packages)
        self._read_text = read_text
        self.setWindowTitle(self.tr("比较模型"))
        open_at(self, 820, 560)
        self.boxes = (QComboBox(), QComboBox())
        self.keep_buttons = (QPushButton(), QPushButton())
        self.run_button = QPushButton(self.tr("在当前文档上比较(&R)"))
        self.file_button = QPushButton(self.tr("用题目文件比较(&F)…"))
        self.file_button.setToolTip(
            self.tr("每行一段文字；制表符后面写答案，一空一列，几个都对的用 | 分开")
        )
        self.labels_edit = QLineEdit()
        self.table = self._make_table()
        self.figures = QLabel()
        self.job = JobLine(language)
        self._fill_boxes(chosen)
        self._lay_out()
        self._connect()
        self._on_busy_changed(service.busy)
        self._show_names()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setWordWrap(True)
        table.setAccessibleName(self.tr("并排的结果"))
        table.verticalHeader().setVisible(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        return table

    def _fill_boxes(self, chosen: StoredPackage | None) -> None:
        active = next((i for i, p in enumerate(self._packages) if p.is_active), 0)
        second = self._packages.index(chosen) if chosen in self._packages else active
        if second == active:
            second = next(i for i in range(len(self._packages)) if i != active)
        for box, index in zip(self.boxes, (active, second), strict=True):
            for package in self._packages:
                box.addItem(package.key, package)
            box.setCurrentIndex(index)
        self.boxes[0].setAccessibleName(self.tr("第一个模型"))
        self.boxes[1].setAccessibleName(self.tr("第二个模型"))

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        choice.addWidget(self.boxes[0], 1)
        choice.addWidget(QLabel(self.tr("和")))
        choice.addWidget(self.boxes[1], 1)
        choice.addWidget(self.run_button)
        choice.addWidget(self.file_button)
        can_label = self._packages[0].task is Task.UNDERSTAND
        self.labels_edit.setVisible(can_label)
        self.labels_edit.setPlaceholderText(
            self.tr("比较标签时写上标签，用逗号分开；空着则比较情感")
        )
        self.labels_edit.setAccessibleName(self.tr("要比较的标签"))
        self.figures.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.figures.setTextFormat(Qt.TextFormat.PlainText)
        keep = QHBoxLayout()
        for button in self.keep_buttons:
            keep.addWidget(button)
        keep.addStretch(1)
        for button in (*self.keep_buttons, self.run_button, self.file_button):
            button.setAutoDefault(False)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        keep.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addLayout(choice)
        column.addWidget(self.labels_edit)
        column.addWidget(self.table, 1)
        column.addWidget(self.figures)
        column.addWidget(self.job)
        column.addLayout(keep)

    def _connect(self) -> None:
        service = self._service
        self.run_button.clicked.connect(lambda: self._run(self._read_text()))
        self.file_button.clicked.connect(self._on_file)
        self.job.cancel_requested.connect(service.cancel)
        for number, (box, button) in enumerate(zip(self.boxes, self.keep_buttons, strict=True)):
            box.currentIndexChanged.connect(self._show_names)
            button.clicked.connect(lambda _=False, number=number: self._keep(number))
        service.busy_changed.connect(self._on_busy_changed)
        service.progressed.connect(self._on_progressed)
        service.compared.connect(self._on_compared)
        service.switched.connect(self.accept)
        service.failed.connect(self.job.tell)
        # Methods, not lambdas: the service outlives the dialog.
        service.cancelled.connect(self._on_cancelled)

    def done(self, result: int) -> None:
        self._service.cancel()
        super().done(result)

    def _chosen(self, number: int) -> StoredPackage:
        return self.boxes[number].currentData()

    def _show_names(self) -> None:
        for number, button in enumerate(self.keep_buttons):
            button.setText(self.tr("采用 {name}").format(name=self._chosen(number).key))
        self.table.setHorizontalHeaderLabels(
            [self.tr("文字"), self._chosen(0).key, self._chosen(1).key]
        )
        self._on_busy_changed(self._service.busy)

    def _on_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("题目文件"), str(Path.home()), self.tr("文字文件 (*.tsv *.txt)")
        )
        if name:
            self._run(Path(name))

    def _run(self, source: str | Path) -> None:
        typed = self.labels_edit.text().replace("，", ",").split(",")
        labels = tuple(label.strip() for label in typed if label.strip())
        self._service.compare(self._chosen(0), self._chosen(1), source, labels)

    def _keep(self, number: int) -> None:
        package = self._chosen(number)
        if package.is_active:
            self.accept()
        else:
            self._service.use(package)

    def _on_busy_changed(self, busy: bool) -> None:
        self.job.set_busy(busy)
        differ = self.boxes[0].currentIndex() != self.boxes[1].currentIndex()
        self.run_button.setEnabled(not busy and differ)
        self.file_button.setEnabled(not busy and differ)
        for widget in (*self.boxes, *self.keep_buttons):
            widget.setEnabled(not busy)

    def _on_progressed(self, _phase: object, done: int, total: int) -> None:
        self.job.step(done, total)

    def _on_cancelled(self) -> None:
        self.job.say(self.tr("已取消。"))

    def _on_compared(self, news: Comparison) -> None:
        self.table.setRowCount(0)
        first, second = news.runs
        for text, one, two in zip(news.texts, first.answers, second.answers, strict=True):
            for place in range(max(len(one), len(two))):
                answers = [side[place] if place < len(side) else None for side in (one, two)]
                where = next(answer for answer in answers if answer is not None)
                self._add_row(_excerpt(text, where), *map(_words, answers))
        self.figures.setText("\n".join(map(self._figures, news.runs, news.accuracies)))
        self.table.resizeRowsToContents()

    def _add_row(self, *texts: str) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setFlags(_READ_ONLY)
            self.table.setItem(row, column, item)

    def _figures(self, run: CompareRun, hits: Accuracy) -> str:
        figures = self.tr(
            "{name}：加载 {load} 毫秒，每段一半在 {p50} 毫秒内、95% 在 {p95} 毫秒内，内存 {mb} MB"
        ).format(
            name=run.name,
            load=round(run.load_ms),
            p50=f"{run.percentile(0.5):.1f}",
            p95=f"{run.percentile(0.95):.1f}",
            mb=round(run.memory_bytes / 1_000_000),
        )
        if not hits.places:
            return figures
        right = self.tr("；{n} 处里首选对 {first} 处，前五有 {five} 处").format(
            n=hits.places, first=hits.first, five=hits.first_five
        )
        return figures + right


def _excerpt(text: str, answer: Answer) -> str:
    """Return the place of ``answer`` with what stands around it."""
    start = max(0, answer.start_char - _SHOWN_CHARS)
    end = min(len(text), max(answer.end_char, answer.start_char) + _SHOWN_CHARS)
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _words(answer: Answer | None) -> str:
    if answer is None:
        return "—"
    return "\n".join(f"{text}  {score:.1%}" for text, score in answer.options[:_SHOWN_OPTIONS])
