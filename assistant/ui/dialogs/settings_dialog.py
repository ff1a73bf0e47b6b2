"""The settings dialog. Imports services.settings and ui only."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from assistant.records import MAX_UNKNOWN_CHARS
from assistant.services.settings import (
    MAX_FONT_SIZE,
    MIN_FONT_SIZE,
    Language,
    Settings,
    Theme,
)
from assistant.ui.fonts import FontStyle, find_family


class SettingsDialog(QDialog):
    """Asks for language, look, font and how to fill; ``chosen`` is the answer."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        """Show ``settings``."""
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(self.tr("设置"))
        self.language = self._box(
            self.tr("界面语言"), [("中文", Language.ZH), ("English", Language.EN)],
            settings.language,
        )  # fmt: skip
        self.theme = self._box(
            self.tr("外观"),
            [
                (self.tr("跟随系统"), Theme.SYSTEM),
                (self.tr("浅色"), Theme.LIGHT),
                (self.tr("深色"), Theme.DARK),
                (self.tr("高对比度"), Theme.CONTRAST),
            ],
            settings.theme,
        )
        self.font_box = self._font_box()
        self.size_box = QSpinBox()
        self.size_box.setRange(MIN_FONT_SIZE, MAX_FONT_SIZE)
        self.size_box.setValue(settings.font_size)
        self.size_box.setAccessibleName(self.tr("字号"))
        lengths: list[tuple[str, object]] = [(self.tr("自动"), None)]
        for n in range(1, MAX_UNKNOWN_CHARS + 1):
            lengths.append((self.tr("{n} 字").format(n=n), n))
        self.length = self._box(self.tr("空的长度"), lengths, settings.fill_length)
        self.automatic = QCheckBox(self.tr("光标到空处自动求填"))
        self.automatic.setChecked(settings.automatic)
        form = QFormLayout()
        form.addRow(self.tr("界面语言"), self.language)
        form.addRow(self.tr("外观"), self.theme)
        form.addRow(self.tr("编辑区字体"), self.font_box)
        form.addRow(self.tr("字号"), self.size_box)
        form.addRow(self.tr("空的长度"), self.length)
        form.addRow("", self.automatic)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(14)
        column.addLayout(form)
        column.addWidget(buttons)

    def chosen(self) -> Settings:
        """Return the settings as the dialog shows them."""
        return replace(
            self._settings,
            language=self.language.currentData(),
            theme=self.theme.currentData(),
            font_family=self.font_box.currentData(),
            font_size=self.size_box.value(),
            fill_length=self.length.currentData(),
            automatic=self.automatic.isChecked(),
        )

    def _font_box(self) -> QComboBox:
        names = {
            FontStyle.HEI: self.tr("黑体"),
            FontStyle.SONG: self.tr("宋体"),
            FontStyle.KAI: self.tr("楷体"),
        }
        items: list[tuple[str, object]] = []
        for style, name in names.items():
            family = find_family(style)
            shown = self.tr("{name}（{family}）") if family else self.tr("{name}（未安装）")
            shown = shown.format(name=name, family=family)
            items.append((shown, style.value))
        current = self._settings.font_family or FontStyle.HEI.value
        if current not in {data for _, data in items}:
            items.append((current, current))
        return self._box(self.tr("编辑区字体"), items, current)

    def _box(self, name: str, items: list[tuple[str, object]], current: object) -> QComboBox:
        box = QComboBox()
        for text, data in items:
            box.addItem(text, data)
        box.setCurrentIndex([data for _, data in items].index(current))
        box.setAccessibleName(name)
        return box
