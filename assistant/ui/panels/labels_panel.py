"""The 标签 tab: the person's own labels, how well each fits, and the sentence they are put into.

It shows what it is told and tells what the person wants; the controller does the rest. Imports
records and ui only.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from assistant.ui.icons import Icons
from assistant.ui.panels.label_list import LabelList
from assistant.ui.panels.label_set_bar import LabelSetBar
from assistant.ui.panels.note import Note
from assistant.ui.panels.panel_head import PanelHead
from assistant.ui.panels.progress_line import ProgressLine
from assistant.ui.panels.scroll_panel import ScrollPanel, line, section
from assistant.ui.theme import Colours

_PAUSE_MS = 500
"""After so long without a key a template counts as written."""
_LEAST_ROWS = 4
_MOST_ROOM = 1000
"""Stretch of the list: what is over goes to it, and below everything only without it."""


class LabelsPanel(ScrollPanel):
    """Everything about the person's labels."""

    labels_typed = Signal(str)
    """One label, or several with marks between them."""
    multi_chosen = Signal(bool)
    template_typed = Signal(str)
    template_reset = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        """Make the panel in its empty state."""
        super().__init__(parent)
        self.head = PanelHead(icons)
        self.sets = LabelSetBar()
        self.note = Note()
        self.list = LabelList()
        self.field = QLineEdit()
        self.add_button = QPushButton()
        self.rename_button, self.remove_button = QToolButton(), QToolButton()
        self.multi_box = QCheckBox()
        self._template_caption = QLabel()
        self.template = QLineEdit()
        self._template = ""
        self.reset_button = QToolButton()
        self.template_problem, self.cut_label = QLabel(), QLabel()
        for label in (self.template_problem, self.cut_label):
            label.setWordWrap(True)
        self.cut_label.setProperty("role", "muted")
        self.progress = ProgressLine()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._build()
        self._connect()
        self._retranslate()
        self.show_problem("")
        self.show_cut(cut=False)
        self._update_buttons()

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self.head.set_colours(colours)
        self.list.set_colours(colours)

    def show_query(self, template: str, *, multi: bool) -> None:
        """Show the template and the switch without telling it.

        What somebody is writing in the template's field stays until it is another template.
        """
        self.multi_box.blockSignals(True)
        self.multi_box.setChecked(multi)
        self.multi_box.blockSignals(False)
        if template != self._template:
            self._template = template
            self.template.setText(template)
            self.template.setCursorPosition(0)

    def show_problem(self, problem: str) -> None:
        """Say what is wrong with the template; nothing hides it."""
        self.template_problem.setText(problem)
        self.template_problem.setVisible(bool(problem))

    def show_cut(self, *, cut: bool) -> None:
        """Say that only the beginning of the text was read."""
        self.cut_label.setVisible(cut)

    def flush(self) -> None:
        """Tell a template that is still being waited for."""
        if self._pause.isActive():
            self._pause.stop()
            self.template_typed.emit(self.template.text())

    def _build(self) -> None:
        column = self.column
        column.addWidget(self.head)
        column.addWidget(self.sets)
        column.addLayout(line(self.field, self.add_button))
        column.addWidget(self.note)
        column.addWidget(self.progress)
        self.list.setMinimumHeight(_LEAST_ROWS * (self.fontMetrics().height() + 12))
        column.addWidget(self.list, _MOST_ROOM)
        column.addWidget(self.cut_label)
        column.addLayout(line(self.multi_box, None, self.rename_button, self.remove_button))
        self._template_caption.setBuddy(self.template)
        template = line(self._template_caption, self.template, self.reset_button)
        column.addWidget(section(template, self.template_problem))
        column.addStretch(1)

    def _connect(self) -> None:
        self.field.returnPressed.connect(self._on_add)
        self.field.textChanged.connect(self._update_buttons)
        self.add_button.clicked.connect(self._on_add)
        self.rename_button.clicked.connect(self.list.rename_selected)
        self.remove_button.clicked.connect(self.list.remove_selected)
        self.list.selectionModel().currentChanged.connect(self._update_buttons)
        self.list.rows.modelReset.connect(self._update_buttons)
        self.multi_box.toggled.connect(self.multi_chosen)
        self.template.textEdited.connect(lambda _text: self._pause.start())
        self.template.editingFinished.connect(self.flush)
        self._pause.timeout.connect(lambda: self.template_typed.emit(self.template.text()))
        self.reset_button.clicked.connect(self.template_reset)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("标签栏"))
        self.head.title.setText(self.tr("标签"))
        self.field.setPlaceholderText(self.tr("写标签，回车加入；几个之间用顿号"))
        self.field.setAccessibleName(self.tr("要加的标签"))
        self.add_button.setText(self.tr("加入"))
        self.rename_button.setText(self.tr("改名"))
        self.rename_button.setToolTip(self.tr("改选中标签的名字（F2）"))
        self.remove_button.setText(self.tr("去掉"))
        self.remove_button.setToolTip(self.tr("去掉选中的标签（Delete）"))
        self.multi_box.setText(self.tr("可同时符合几个"))
        self.multi_box.setToolTip(self.tr("不勾：各标签的概率合起来是 1；勾上：每个标签单独判断"))
        self._template_caption.setText(self.tr("模板"))
        self.template.setAccessibleName(self.tr("放标签的句子"))
        self.template.setToolTip(
            self.tr(
                "模型判断这句话能不能从文字里推出来；{} 是放标签的地方。\n"
                "句中有“情感”“语气”“态度”这样的词时，文字的褒贬也算进去"
            )
        )
        self.reset_button.setText(self.tr("复原"))
        self.reset_button.setToolTip(self.tr("用通用的模板"))
        self.cut_label.setText(self.tr("文字较长，只读了开头一部分。可改为分析选中的一段。"))

    def _update_buttons(self) -> None:
        self.add_button.setEnabled(bool(self.field.text().strip()))
        for button in (self.rename_button, self.remove_button):
            button.setEnabled(bool(self.list.selected))

    def _on_add(self) -> None:
        text = self.field.text()
        if text.strip():
            self.labels_typed.emit(text)
