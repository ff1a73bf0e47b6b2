"""The model packages: which there are, which serve, installing, switching back, comparing.

Imports services and ui.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assistant.engine.store import Origin, StoredPackage
from assistant.engine.store_errors import ModelFallbackError
from assistant.engine.store_install import Phase
from assistant.errors import BubaiError
from assistant.services.model_jobs import Installed, Removed, Switched, Verified
from assistant.services.models import ModelService
from assistant.ui.dialogs.job_line import JobLine
from assistant.ui.dialogs.metric_words import metric_lines
from assistant.ui.dialogs.model_compare_dialog import ModelCompareDialog
from assistant.ui.dialogs.model_list import ModelList
from assistant.ui.dialogs.room import let_scroll, open_at


class ModelsDialog(QDialog):
    """Lists the packages by task; what is being done is cancelled when the dialog closes."""

    def __init__(
        self, service: ModelService, language: str, read_text: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Show the packages of ``service``; ``read_text`` gives the document to compare on."""
        super().__init__(parent)
        self._service, self._language, self._read_text = service, language, read_text
        self._comparing: ModelCompareDialog | None = None
        self.setWindowTitle(self.tr("模型"))
        open_at(self, 860, 540)
        self.list = ModelList()
        self.about = QPlainTextEdit()
        self.about.setReadOnly(True)
        self.about.setAccessibleName(self.tr("这个模型的说明"))
        self._make_buttons()
        self.job = JobLine(language)
        self._lay_out()
        let_scroll(self)
        self._connect()
        self._show_all()
        self._on_busy_changed(service.busy)
        service.refresh()

    def _make_buttons(self) -> None:
        self.file_button = QPushButton(self.tr("从文件安装模型(&I)…"))
        self.folder_button = QPushButton(self.tr("从文件夹安装(&D)…"))
        self.use_button = QPushButton(self.tr("使用这个(&U)"))
        self.back_button = QPushButton(self.tr("换回上一个(&B)"))
        self.compare_button = QPushButton(self.tr("比较(&C)…"))
        self.verify_button = QPushButton(self.tr("校验文件(&V)"))
        self.remove_button = QPushButton(self.tr("删除(&R)…"))
        self._buttons = (
            self.file_button, self.folder_button, self.use_button, self.back_button,
            self.compare_button, self.verify_button, self.remove_button,
        )  # fmt: skip
        for button in self._buttons:
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        intro = QLabel(
            self.tr(
                "模型只从文件安装，补白不下载任何东西。新模型先在单独的进程里检查和试用，"
                "通过了才装进来；用得不好可以随时换回。"
            )
        )
        intro.setWordWrap(True)
        side = QVBoxLayout()
        for number, button in enumerate(self._buttons):
            if number in (2, 4):
                side.addSpacing(10)
            side.addWidget(button)
        side.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.list, 3)
        left.addWidget(self.about, 2)
        middle = QHBoxLayout()
        middle.addLayout(left, 1)
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
        service = self._service
        self.file_button.clicked.connect(self.ask_file)
        self.folder_button.clicked.connect(self._on_folder)
        self.use_button.clicked.connect(self._on_use)
        self.back_button.clicked.connect(self._on_back)
        self.compare_button.clicked.connect(self._on_compare)
        self.verify_button.clicked.connect(self._on_verify)
        self.remove_button.clicked.connect(self._on_remove)
        self.job.cancel_requested.connect(service.cancel)
        self.list.currentItemChanged.connect(self._on_chosen)
        service.listed.connect(self._show_all)
        service.busy_changed.connect(self._on_busy_changed)
        service.progressed.connect(self._on_progressed)
        service.installed.connect(self._on_installed)
        service.switched.connect(self._on_switched)
        service.removed.connect(self._on_removed)
        service.verified.connect(self._on_verified)
        service.failed.connect(self._on_failed)
        service.fell_back.connect(self._on_fell_back)
        service.cancelled.connect(self._on_cancelled)

    def done(self, result: int) -> None:
        self._service.cancel()
        super().done(result)

    def ask_file(self) -> None:
        """Ask for a zip and install it."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("从文件安装模型"), str(Path.home()), self.tr("模型包 (*.zip)")
        )
        if name:
            self._service.install(Path(name))

    def _on_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("从文件夹安装模型"), str(Path.home())
        )
        if folder:
            self._service.install(Path(folder))

    def _show_all(self) -> None:
        self.list.show_packages(self._service.packages)
        self._on_chosen()

    def _on_chosen(self) -> None:
        package = self.list.package()
        self.about.setPlainText("" if package is None else self._words_about(package))
        self._enable()

    def _words_about(self, package: StoredPackage) -> str:
        lines = [f"{package.name} {package.version} · {package.licence}"]
        if package.problem is not None:
            lines.append(package.problem.message(self._language))
        lines += metric_lines(package.metrics)
        lines.append(self.tr("位置：{folder}").format(folder=package.folder))
        return "\n".join(lines)

    def _enable(self) -> None:
        free = not self._service.busy
        package = self.list.package()
        task = self.list.task()
        is_whole = package is not None and package.problem is None
        is_own = package is not None and package.origin is Origin.INSTALLED
        is_active = package is not None and package.is_active
        others = [p for p in self._service.packages if p.task is task and p.problem is None]
        self.file_button.setEnabled(free)
        self.folder_button.setEnabled(free)
        self.use_button.setEnabled(free and is_whole and not is_active)
        self.back_button.setEnabled(free and task is not None)
        self.compare_button.setEnabled(free and len(others) > 1)
        self.verify_button.setEnabled(free and package is not None)
        self.remove_button.setEnabled(free and is_own and not is_active)

    def _on_use(self) -> None:
        package = self.list.package()
        if package is not None:
            self._service.use(package)

    def _on_back(self) -> None:
        task = self.list.task()
        if task is not None:
            self._service.rollback(task)

    def _on_verify(self) -> None:
        package = self.list.package()
        if package is not None:
            self._service.verify(package)

    def _on_remove(self) -> None:
        package = self.list.package()
        if package is None:
            return
        answer = QMessageBox.question(
            self,
            self.tr("删除模型"),
            self.tr("要从这台电脑删除“{name}”吗？").format(name=package.key),
        )
        if answer == QMessageBox.StandardButton.Yes:
            self._service.remove(package)

    def _on_compare(self) -> None:
        task = self.list.task()
        packages = [p for p in self._service.packages if p.task is task and p.problem is None]
        self._comparing = ModelCompareDialog(
            self._service, packages, self.list.package(), self._read_text, self._language, self
        )
        self._comparing.exec()
        self._comparing.deleteLater()
        self._comparing = None

    def _on_busy_changed(self, busy: bool) -> None:
        self.job.set_busy(busy)
        self._enable()

    def _on_progressed(self, phase: Phase | None, done: int, total: int) -> None:
        words = {
            Phase.UNPACK: self.tr("解开…"),
            Phase.CHECK: self.tr("检查文件…"),
            Phase.TRY: self.tr("在单独的进程里试用…"),
        }
        self.job.step(done, total, words[phase] if phase else "")

    def _on_installed(self, news: Installed) -> None:
        self.list.want(news.package)
        self.job.say(self.tr("装好了“{name}”，还没有使用它。").format(name=news.package.key))

    def _on_switched(self, news: Switched) -> None:
        self.list.want(news.package)
        self.job.say(self.tr("现在使用“{name}”。").format(name=news.package.key))

    def _on_removed(self, news: Removed) -> None:
        self.job.say(self.tr("删除了“{name}”。").format(name=news.package.key))

    def _on_verified(self, news: Verified) -> None:
        if news.problem is not None:
            self._on_failed(news.problem)
        else:
            self.job.say(self.tr("“{name}”的每个文件都完好。").format(name=news.package.key))

    def _on_cancelled(self) -> None:
        self.job.say(self.tr("已取消，一切和原来一样。"))

    def _on_failed(self, error: BubaiError) -> None:
        if self._comparing is None:
            self.job.tell(error)

    def _on_fell_back(self, error: ModelFallbackError) -> None:
        self._on_failed(error)
        self._service.refresh()
