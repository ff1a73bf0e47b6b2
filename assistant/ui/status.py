"""The status bar: counts, encoding, model, save time, offline mark. Imports records and ui only."""

from __future__ import annotations

import time
from datetime import datetime
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStatusBar, QToolButton, QWidget

from assistant.records import PackageInfo
from assistant.text.counts import Counts
from assistant.text.encodings import Encoding

_TICK_MS = 100


class ModelState(Enum):
    """What the engine is doing."""

    NONE = auto()
    LOADING = auto()
    READY = auto()
    WORKING = auto()
    FAILED = auto()


class Status(QObject):
    """What the status bar says."""

    reopen_requested = Signal(object)
    """Encoding to read the file again with."""
    save_requested = Signal(object)
    """Encoding to save in."""

    def __init__(self, bar: QStatusBar) -> None:
        """Put the parts into ``bar``."""
        super().__init__(bar)
        self._counts = Counts(0, 0, 0, 0, 0)
        self._blanks = 0
        self._encoding, self._certain, self._has_file = Encoding.UTF8, True, False
        self._saved_at: datetime | None = None
        self._state, self._ms = ModelState.NONE, None
        self._info: PackageInfo | None = None
        self._started = 0.0
        self.count_label = QLabel()
        self.encoding_button = QToolButton()
        self.encoding_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.encoding_menu = QMenu(self.encoding_button)
        self.encoding_button.setMenu(self.encoding_menu)
        self._reopen_menu = self.encoding_menu.addMenu("")
        self._save_menu = self.encoding_menu.addMenu("")
        self.saved_label = QLabel()
        self.model_label = QLabel()
        self.offline_label = QWidget()
        self.offline_icon, self.offline_text = QLabel(), QLabel()
        line = QHBoxLayout(self.offline_label)
        line.setContentsMargins(2, 0, 2, 0)
        line.setSpacing(0)
        line.addWidget(self.offline_icon)
        line.addWidget(self.offline_text)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._update_model)
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.count_label)
        bar.addWidget(self.encoding_button)
        bar.addWidget(self.saved_label)
        bar.addPermanentWidget(self.model_label)
        bar.addPermanentWidget(self.offline_label)
        self._fill_encoding_menus()
        self.retranslate()

    def set_lock(self, icon: QIcon) -> None:
        """Draw the lock of the offline mark."""
        self.offline_icon.setPixmap(icon.pixmap(14, 14))

    def set_counts(self, counts: Counts, blanks: int) -> None:
        """Show how long the text is."""
        self._counts, self._blanks = counts, blanks
        self._update_counts()

    def set_file(self, encoding: Encoding, saved_at: datetime | None, *, certain: bool,
                 has_file: bool) -> None:  # fmt: skip
        """Show the encoding, and when the document was saved."""
        self._encoding, self._certain, self._has_file = encoding, certain, has_file
        self._saved_at = saved_at
        self._update_file()

    def set_model(self, state: ModelState, info: PackageInfo | None = None) -> None:
        """Show what the engine is doing."""
        if state is not self._state:
            self._started = time.monotonic()
        self._state = state
        self._info = info or self._info
        if state in (ModelState.LOADING, ModelState.WORKING):
            self._clock.start()
        else:
            self._clock.stop()
        self._update_model()

    def set_milliseconds(self, milliseconds: float) -> None:
        """Show how long the last fill took."""
        self._ms = milliseconds
        self._update_model()

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.offline_text.setText(self.tr("离线"))
        self.offline_label.setToolTip(self.tr("补白不打开任何网络连接，文字不会离开这台电脑。"))
        self.offline_label.setAccessibleName(self.tr("离线"))
        self._update_counts()
        self._update_file()
        self._update_model()

    def _fill_encoding_menus(self) -> None:
        for menu, signal in (
            (self._reopen_menu, self.reopen_requested),
            (self._save_menu, self.save_requested),
        ):
            for encoding in Encoding:
                action = menu.addAction(encoding.value)
                action.setCheckable(True)
                action.setData(encoding)
                action.triggered.connect(
                    lambda _=False, signal=signal, encoding=encoding: signal.emit(encoding)
                )

    def _update_encoding_menus(self) -> None:
        self._reopen_menu.setTitle(self.tr("以…重新打开"))
        self._reopen_menu.setEnabled(self._has_file)
        self._save_menu.setTitle(self.tr("另存为编码"))
        for action in (*self._reopen_menu.actions(), *self._save_menu.actions()):
            action.setChecked(action.data() is self._encoding)

    def _update_counts(self) -> None:
        counts = self._counts
        self.count_label.setText(
            self.tr("{hanzi} 字（含标点 {all}）").format(
                hanzi=f"{counts.hanzi:,}", all=f"{counts.with_punctuation:,}"
            )
        )
        lines = [
            self.tr("汉字：{n}").format(n=f"{counts.hanzi:,}"),
            self.tr("汉字和标点：{n}").format(n=f"{counts.with_punctuation:,}"),
            self.tr("字数（文字处理软件的算法）：{n}").format(n=f"{counts.words:,}"),
            self.tr("字符：{n}").format(n=f"{counts.characters:,}"),
            self.tr("字符（不计空格）：{n}").format(n=f"{counts.characters_without_spaces:,}"),
            self.tr("空：{n}").format(n=self._blanks),
        ]
        self.count_label.setToolTip("\n".join(lines))

    def _update_file(self) -> None:
        doubt = "" if self._certain else "?"
        self.encoding_button.setText(f"{self._encoding.value}{doubt} ▾")
        tip = self.tr("文件的编码；点击可换一种编码打开或保存")
        if not self._certain:
            tip = self.tr("编码是猜的；如有乱码，请换一种编码重新打开")
        self.encoding_button.setToolTip(tip)
        self.encoding_button.setAccessibleName(
            self.tr("编码：{encoding}").format(encoding=self._encoding.value)
        )
        self._update_encoding_menus()
        at = self._saved_at
        self.saved_label.setText(
            "" if at is None else self.tr("已存 {time}").format(time=f"{at.astimezone():%H:%M}")
        )

    def _update_model(self) -> None:
        seconds = f"{time.monotonic() - self._started:.1f}"
        if self._state is ModelState.LOADING:
            text = self.tr("模型加载中 {seconds}s…").format(seconds=seconds)
        elif self._state is ModelState.WORKING and float(seconds) >= 1:
            text = self.tr("求填中 {seconds}s…（Esc 取消）").format(seconds=seconds)
        elif self._state in (ModelState.READY, ModelState.WORKING):
            text = self.tr("模型：就绪")
            if self._ms is not None:
                text = self.tr("模型：就绪 {ms} ms").format(ms=f"{self._ms:.0f}")
        elif self._state is ModelState.FAILED:
            text = self.tr("模型：不可用")
        else:
            text = self.tr("模型：未加载")
        if text != self.model_label.text():
            self.model_label.setText(text)
        if self._info is not None:
            self.model_label.setToolTip(
                self.tr("{name} {version}，{size} MB，加载用时 {ms} ms").format(
                    name=self._info.name,
                    version=self._info.version,
                    size=f"{self._info.bytes_on_disk / 1e6:.1f}",
                    ms=f"{self._info.load_ms:.0f}",
                )
            )
