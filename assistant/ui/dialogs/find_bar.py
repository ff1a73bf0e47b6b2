"""The find and replace bar under the editor. Imports text/ and ui only."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextEdit,
    QToolButton,
    QWidget,
)

from assistant.text.offsets import OffsetMap
from assistant.ui.chips import Preview
from assistant.ui.editor import Editor
from assistant.ui.icons import Icons
from assistant.ui.search import Match, Query, find_all, replacements
from assistant.ui.theme import LIGHT, Colours

_MARKED = 300
"""How many matches around the caret are marked in the text."""
_PAUSE_MS = 120
_LAYER = "found"


class FindBar(QFrame):
    """Finds as one types; Enter goes on, Shift+Enter back, Esc closes."""

    closed = Signal()

    def __init__(self, editor: Editor, icons: Icons, parent: QWidget | None = None) -> None:
        """Make a hidden bar for ``editor``."""
        super().__init__(parent)
        self.setObjectName("findBar")
        self._editor, self._icons, self._colours = editor, icons, LIGHT
        self._matches: list[Match] = []
        self._text = ""
        self._offsets = OffsetMap("")
        self._broken = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self._refresh)
        self.what, self.new = QLineEdit(), QLineEdit()
        self.regex, self.case, self.width_box = QCheckBox(), QCheckBox(), QCheckBox()
        self.result = QLabel()
        self.result.setProperty("role", "muted")
        self.back, self.on = QPushButton(), QPushButton()
        self.replace_one, self.replace_all = QPushButton(), QPushButton()
        self.close_button = QToolButton()
        self._build()
        self._connect()
        self._retranslate()
        self.hide()

    def set_colours(self, colours: Colours) -> None:
        """Mark matches in ``colours``."""
        self._colours = colours
        self.close_button.setIcon(self._icons.action("close", colours))
        if not self._later.isActive():  # else the matches are of another text, and marked soon
            self._mark()

    def open(self, *, replacing: bool) -> None:
        """Show the bar, with the selected words as what to find."""
        selected = self._editor.textCursor().selectedText()
        if selected and "\u2029" not in selected:
            self.what.setText(selected)
        for widget in (self.new, self.replace_one, self.replace_all):
            widget.setVisible(replacing)
        self.show()
        self.what.setFocus()
        self.what.selectAll()
        self._refresh()

    def close_bar(self) -> None:
        """Hide the bar and its marks."""
        self.hide()
        self._matches = []
        self._editor.set_marks(_LAYER, [])
        self.closed.emit()

    def go(self, *, forward: bool) -> None:
        """Select the next or previous match, around the ends."""
        self._refresh()
        if not self._matches or self._editor.composing:
            return
        cursor = self._editor.textCursor()
        if forward:
            here = self._offsets.to_char(cursor.selectionEnd())
            later = (m for m in self._matches if m.start_char >= here)
            match = next(later, self._matches[0])
        else:
            here = self._offsets.to_char(cursor.selectionStart())
            earlier = (m for m in reversed(self._matches) if m.end_char <= here)
            match = next(earlier, self._matches[-1])
        self._editor.select(*self._place(match), quietly=True)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.go(forward=not back)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 6, 8, 6)
        grid.setHorizontalSpacing(6)
        grid.addWidget(self.what, 0, 0)
        grid.addWidget(self.back, 0, 1)
        grid.addWidget(self.on, 0, 2)
        grid.addWidget(self.result, 0, 3)
        grid.addWidget(self.close_button, 0, 5)
        grid.addWidget(self.new, 1, 0)
        grid.addWidget(self.replace_one, 1, 1)
        grid.addWidget(self.replace_all, 1, 2)
        options = QHBoxLayout()
        options.setSpacing(8)
        for box in (self.width_box, self.case, self.regex):
            options.addWidget(box)
        options.addStretch(1)
        grid.addLayout(options, 2, 0, 1, 5)
        grid.setColumnStretch(0, 1)
        self.case.setChecked(False)
        self.width_box.setChecked(True)

    def _connect(self) -> None:
        self.what.textChanged.connect(self._later.start)
        for box in (self.regex, self.case, self.width_box):
            box.toggled.connect(self._refresh)
        self.on.clicked.connect(lambda: self.go(forward=True))
        self.back.clicked.connect(lambda: self.go(forward=False))
        self.replace_one.clicked.connect(self._on_replace_one)
        self.replace_all.clicked.connect(self._on_replace_all)
        self.close_button.clicked.connect(self.close_bar)
        self._editor.document().contentsChanged.connect(self._on_text_changed)

    def _query(self) -> Query:
        return Query(
            self.what.text(),
            regex=self.regex.isChecked(),
            fold_case=not self.case.isChecked(),
            fold_width=self.width_box.isChecked(),
        )

    def _refresh(self) -> None:
        self._later.stop()
        self._text = self._editor.plain_text()
        self._offsets = OffsetMap(self._text)
        try:
            self._matches = find_all(self._query(), self._text)
            self._broken = False
        except re.error:
            self._matches, self._broken = [], True
        self._mark()
        self._tell()

    def _mark(self) -> None:
        """Mark the matches nearest to the caret: extra selections cost time, each of them."""
        if self.isHidden() or self._editor.composing:
            return
        caret = self._editor.textCursor().position()
        near = sorted(self._matches, key=lambda m: abs(m.start_char - caret))[:_MARKED]
        marked = []
        for match in near:
            start, end = self._place(match)
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._editor.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            look = QTextCharFormat()
            look.setBackground(QColor(self._colours.found))
            selection.cursor, selection.format = cursor, look  # type: ignore[attr-defined]
            marked.append(selection)
        self._editor.set_marks(_LAYER, marked)

    def _tell(self) -> None:
        if self._broken:
            self.result.setText(self.tr("正则表达式不对"))
        elif not self.what.text():
            self.result.setText("")
        elif not self._matches:
            self.result.setText(self.tr("没有找到"))
        else:
            start = self._editor.textCursor().selectionStart()
            here = [i for i, m in enumerate(self._matches, 1) if self._place(m)[0] == start]
            total = len(self._matches)
            self.result.setText(
                self.tr("第 {n} 处 / 共 {m} 处").format(n=here[0], m=total)
                if here
                else self.tr("共 {m} 处").format(m=total)
            )

    def _place(self, match: Match) -> tuple[int, int]:
        to_utf16 = self._offsets.to_utf16
        return to_utf16(match.start_char), to_utf16(match.end_char)

    def _on_text_changed(self) -> None:
        if not self.isHidden():
            self._later.start()

    def _on_replace_one(self) -> None:
        self._refresh()
        cursor = self._editor.textCursor()
        selected = cursor.selectionStart(), cursor.selectionEnd()
        match = next((m for m in self._matches if self._place(m) == selected), None)
        if match is not None and not self._replace([match]):
            return
        self.go(forward=True)

    def _on_replace_all(self) -> None:
        self._refresh()
        if not self._matches:
            return
        every = find_all(self._query(), self._text, most=None)
        if self._replace(every):
            self._refresh()
            self.result.setText(self.tr("替换了 {n} 处").format(n=len(every)))

    def _replace(self, matches: list[Match]) -> bool:
        query, new = self._query(), self.new.text()
        try:
            words = replacements(query, self._text, matches, new)
        except re.error:
            self._broken = True
            self._tell()
            return False
        places = map(self._place, matches)
        return self._editor.replace(
            [Preview(*place, word) for place, word in zip(places, words, strict=True)]
        )

    def _retranslate(self) -> None:
        self.what.setPlaceholderText(self.tr("查找"))
        self.what.setAccessibleName(self.tr("查找的文字"))
        self.new.setPlaceholderText(self.tr("替换为"))
        self.new.setAccessibleName(self.tr("替换成的文字"))
        self.back.setText(self.tr("上一处"))
        self.on.setText(self.tr("下一处"))
        self.replace_one.setText(self.tr("替换"))
        self.replace_all.setText(self.tr("全部替换"))
        self.regex.setText(self.tr("正则表达式"))
        self.case.setText(self.tr("区分大小写"))
        self.width_box.setText(self.tr("不分全角半角"))
        self.close_button.setToolTip(self.tr("关闭查找"))
        self.close_button.setAccessibleName(self.tr("关闭查找"))
        self._tell()
