"""离线自检 and 诊断: proof that nothing is sent, and how the app is doing. Copyable, without text.

Imports services and ui.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from assistant.services.diagnosis import Diagnosis, OfflineProof
from assistant.services.model_jobs import Verified
from assistant.services.models import ModelService
from assistant.ui.dialogs.diagnosis_text import DiagnosisText
from assistant.ui.dialogs.room import open_at, scrolling

_REFRESH_MS = 2000
_GOOD, _BAD, _OPEN = "✓", "✕", "…"


class DiagnosticsPage(Enum):
    """What the dialog opens at."""

    OFFLINE = 0
    DIAGNOSIS = 1


class DiagnosticsDialog(QDialog):
    """Two pages of facts about this running app; refreshed while it is open."""

    def __init__(
        self, service: ModelService, diagnose: Callable[[], Diagnosis],
        prove: Callable[[], OfflineProof], page: DiagnosticsPage, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Show what ``diagnose`` and ``prove`` find; ``service`` verifies the models meanwhile."""
        super().__init__(parent)
        self._service, self._diagnose, self._prove = service, diagnose, prove
        self._verified: dict[str, bool] = {}
        self._words = DiagnosisText()
        self.setWindowTitle(self.tr("离线自检和诊断"))
        open_at(self, 700, 560)
        self.connections = self._fact()
        self.modules = self._fact()
        self.models = self._fact()
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self.tr("诊断"))
        self.warning = QLabel()
        self.warning.setWordWrap(True)
        self.tabs = QTabWidget()
        self.tabs.addTab(scrolling(self._offline_page()), self.tr("离线自检"))
        self.tabs.addTab(self._diagnosis_page(), self.tr("诊断"))
        self.tabs.setCurrentIndex(page.value)
        self.copy_button = QPushButton(self.tr("复制(&C)"))
        self.copy_button.setToolTip(self.tr("复制这些数字；里面没有您写的文字"))
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self._on_copy)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        below = QHBoxLayout()
        below.addWidget(self.copy_button)
        below.addStretch(1)
        below.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.tabs, 1)
        column.addLayout(below)
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        service.listed.connect(self.refresh)
        service.checked.connect(self._on_checked)
        self.refresh()
        service.refresh()
        service.check_all()
        self._timer.start()

    def done(self, result: int) -> None:
        self._timer.stop()
        self._service.stop_checking()
        super().done(result)

    def refresh(self) -> None:
        """Read everything anew."""
        proof = self._prove()
        self.connections.setText(self._connections_text(proof))
        self.modules.setText(self._modules_text(proof))
        self.models.setText(self._models_text())
        diagnosis = self._diagnose()
        place = self.report.verticalScrollBar().value()
        self.report.setPlainText(self._words.report(diagnosis))
        self.report.verticalScrollBar().setValue(place)
        warning = self._words.warning(diagnosis.cpu)
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))

    def _fact(self) -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label

    def _offline_page(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        rows = (
            (self.tr("网络连接"), self.connections),
            (self.tr("网络组件"), self.modules),
            (self.tr("模型文件"), self.models),
        )
        for row, (name, label) in enumerate(rows):
            heading = QLabel(name)
            heading.setProperty("role", "heading")
            heading.setAlignment(Qt.AlignmentFlag.AlignTop)
            heading.setBuddy(label)
            label.setAccessibleName(name)
            grid.addWidget(heading, row, 0)
            grid.addWidget(label, row, 1)
        intro = self._fact()
        intro.setText(
            self.tr(
                "补白不打开任何网络连接，写下的文字不会离开这台电脑。下面是这个进程此刻的实况。"
            )
        )
        how = QLabel(self.tr("如何用防火墙自己验证"))
        how.setProperty("role", "heading")
        steps = self._fact()
        steps.setText(self._words.firewall_steps(sys.platform, os.getpid()))
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(14)
        column.addWidget(intro)
        column.addLayout(grid)
        column.addSpacing(6)
        column.addWidget(how)
        column.addWidget(steps)
        column.addStretch(1)
        return page

    def _diagnosis_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 16, 18, 14)
        column.addWidget(self.warning)
        column.addWidget(self.report, 1)
        return page

    def _connections_text(self, proof: OfflineProof) -> str:
        if proof.connections is None:
            return self.tr("{mark} 这个系统不让程序自己查；请按下面的办法查看。").format(mark=_OPEN)
        if not proof.connections:
            return self.tr("{mark} 打开的连接：0").format(mark=_GOOD)
        lines = [self.tr("{mark} 打开的连接：{n}").format(mark=_BAD, n=len(proof.connections))]
        return "\n".join([*lines, *proof.connections])

    def _modules_text(self, proof: OfflineProof) -> str:
        loaded = [*proof.modules, *(proof.libraries or ())]
        if loaded:
            return self.tr("{mark} 载入了 {names}；载入不等于联网，连接数见上").format(
                mark=_BAD, names=", ".join(loaded)
            )
        return self.tr("{mark} 没有载入任何能联网的模块或程序库").format(mark=_GOOD)

    def _models_text(self) -> str:
        lines: list[str] = []
        for package in self._service.packages:
            whole = self._verified.get(str(package.folder))
            mark = _OPEN if whole is None else _GOOD if whole else _BAD
            lines.append(f"{mark} {package.key}  sha256 {package.digest[:16]}…")
        return "\n".join(lines)

    def _on_checked(self, news: Verified) -> None:
        self._verified[str(news.package.folder)] = news.problem is None
        self.models.setText(self._models_text())

    def _on_copy(self) -> None:
        lines = [self.connections.text(), self.modules.text(), self.models.text(), ""]
        QGuiApplication.clipboard().setText("\n".join([*lines, self.report.toPlainText()]))
