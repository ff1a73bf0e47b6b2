"""How an exercise is to be made: the form of the 出题 tab. Imports cloze/ and ui."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from assistant.cloze.exercise import Band, Kind, Script
from assistant.cloze.options import Options
from assistant.cloze.strategies import Strategy
from assistant.cloze.tokens import Part
from assistant.cloze.word_list import parse_words
from assistant.ui.cloze.wording import band_word, kind_word, part_word, strategy_word
from assistant.ui.dialogs.questions import commit_input_method

_WORD_ROWS = 3


class OptionsForm(QWidget):
    """Asks for everything that ``Options`` holds."""

    word_file_chosen = Signal(object)
    """Path of a word list to read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the form with the usual choices."""
        super().__init__(parent)
        self._captions: dict[str, QLabel] = {}
        self.strategy, self.part, self.band = QComboBox(), QComboBox(), QComboBox()
        self.kind, self.script, self.pinyin = QComboBox(), QComboBox(), QComboBox()
        self.every, self.count, self.distance = _spin(2, 50, 7), _spin(1, 200, 10), _spin(0, 60, 0)
        self.choices, self.extra = _spin(2, 8, 4), _spin(0, 20, 2)
        self.seed = _spin(0, 999_999, 0)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(self.words.fontMetrics().lineSpacing() * _WORD_ROWS + 12)
        self.words_button = QPushButton()
        self.title_field = QLineEdit()
        self.papers, self.verse, self.ends = QCheckBox(), QCheckBox(), QCheckBox()
        self.ends.setChecked(True)
        for box in (self.strategy, self.part, self.band, self.kind, self.script, self.pinyin):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words_box = _column(self.words, self.words_button)
        self._lay_out()
        self.strategy.currentIndexChanged.connect(self._update)
        self.kind.currentIndexChanged.connect(self._update)
        self.words_button.clicked.connect(self._on_open_words)
        self._retranslate()

    def options(self) -> Options:
        """Return what the form shows."""
        strategy: Strategy = self.strategy.currentData()
        options = Options(
            strategy=strategy,
            kind=self.kind.currentData(),
            count=self.count.value(),
            every=self.every.value(),
            parts=(self.part.currentData(),),
            words=parse_words(self.words.toPlainText()) if strategy is Strategy.WORDLIST else (),
            band=self.band.currentData(),
            choices=self.choices.value(),
            extra=self.extra.value(),
            seed=self.seed.value(),
            title=self.title_field.text().strip(),
            versions=("A", "B") if self.papers.isChecked() else (),
            verse=self.verse.isChecked(),
            script=self.script.currentData(),
            pinyin=self.pinyin.currentData() in ("text", "all"),
            pinyin_on_gaps=self.pinyin.currentData() == "all",
        )
        spacing = options.used_spacing()
        if self.distance.value():
            spacing = replace(spacing, min_distance=self.distance.value())
        if not self.ends.isChecked():
            spacing = replace(spacing, keep_ends=False)
        return replace(options, spacing=spacing)

    def choose(self, strategy: Strategy, kind: Kind, *, verse: bool, words: str) -> None:
        """Set what makes an exercise of a kind; the rest stays."""
        self.strategy.setCurrentIndex(self.strategy.findData(strategy))
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.verse.setChecked(verse)
        self.words.setPlainText(words)

    def set_words(self, text: str) -> None:
        """Put a word list into its field."""
        self.words.setPlainText("、".join(parse_words(text)))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(7)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name, field in (
            ("strategy", self.strategy), ("every", self.every), ("part", self.part),
            ("words", self._words_box), ("band", self.band), ("kind", self.kind),
            ("choices", self.choices), ("extra", self.extra), ("count", self.count),
            ("distance", self.distance), ("script", self.script), ("pinyin", self.pinyin),
            ("seed", self.seed), ("title", self.title_field),
        ):  # fmt: skip
            caption = QLabel()
            caption.setBuddy(self.words if field is self._words_box else field)
            self._captions[name] = caption
            self._form.addRow(caption, field)
        for box in (self.ends, self.verse, self.papers):
            self._form.addRow(box)

    def _retranslate(self) -> None:
        words = {
            "strategy": self.tr("出题方式"), "every": self.tr("每隔几词"),
            "part": self.tr("词性"), "words": self.tr("词表"), "band": self.tr("难度"),
            "kind": self.tr("题型"), "choices": self.tr("选项数"),
            "extra": self.tr("多余的词"), "count": self.tr("空数"),
            "distance": self.tr("最小间隔"), "script": self.tr("字形"),
            "pinyin": self.tr("注音"), "seed": self.tr("种子"), "title": self.tr("标题"),
        }  # fmt: skip
        for name, caption in self._captions.items():
            caption.setText(words[name])
        for name in ("strategy", "every", "part", "words", "band", "kind", "choices", "extra",
                     "count", "distance", "script", "pinyin", "seed"):  # fmt: skip
            getattr(self, name).setAccessibleName(words[name])
        self.title_field.setAccessibleName(words["title"])
        self._fill_boxes()
        self.distance.setSpecialValueText(self.tr("自动"))
        self.distance.setSuffix(self.tr(" 字"))
        self.words.setPlaceholderText(self.tr("粘贴词语，用空格、逗号或换行分开"))
        self.words_button.setText(self.tr("从文件读入…"))
        self.title_field.setPlaceholderText(self.tr("练习的标题，可不填"))
        self.ends.setText(self.tr("首句和末句不挖空"))
        self.verse.setText(self.tr("诗词（居中，字数已知）"))
        self.papers.setText(self.tr("A、B 两卷（题目相同，次序不同）"))
        self.seed.setToolTip(self.tr("同样的种子出同样的题；按“重排”换一个"))
        self._update()

    def _fill_boxes(self) -> None:
        _fill(self.strategy, [(strategy_word(s), s) for s in Strategy], Strategy.POS)
        _fill(self.part, [(part_word(part), part) for part in sorted(Part, key=_usual_first)],
              Part.CONTENT)  # fmt: skip
        _fill(self.band, [(band_word(band), band) for band in Band], Band.MEDIUM)
        _fill(self.kind, [(kind_word(kind), kind) for kind in Kind], Kind.CHOICE)
        scripts = [
            (self.tr("同原文"), None),
            (self.tr("简体"), Script.SIMPLIFIED),
            (self.tr("繁体"), Script.TRADITIONAL),
        ]
        _fill(self.script, scripts, None)
        pinyin = [
            (self.tr("无"), "none"),
            (self.tr("正文（空上不注）"), "text"),
            (self.tr("正文和空上"), "all"),
        ]
        _fill(self.pinyin, pinyin, "none")

    def _update(self) -> None:
        strategy, kind = self.strategy.currentData(), self.kind.currentData()
        by_hand = strategy is Strategy.MANUAL
        for field, shown in (
            (self.every, strategy is Strategy.NTH),
            (self.part, strategy in (Strategy.POS, Strategy.ENTROPY)),
            (self._words_box, strategy is Strategy.WORDLIST),
            (self.band, strategy is Strategy.ENTROPY),
            (self.choices, kind in (Kind.CHOICE, Kind.DROPDOWN)),
            (self.extra, kind is Kind.BANK),
            (self.count, not by_hand),
            (self.distance, not by_hand),
            (self.ends, not by_hand),
        ):
            self._form.setRowVisible(field, shown)

    def _on_open_words(self) -> None:
        commit_input_method()
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("读入词表"), str(Path.home()),
            self.tr("词表 (*.txt *.csv *.tsv *.md);;所有文件 (*)"),
        )  # fmt: skip
        if name:
            self.word_file_chosen.emit(Path(name))


def _usual_first(part: Part) -> bool:
    return part not in (Part.CONTENT, Part.FUNCTION)


def _spin(low: int, high: int, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    box.setValue(value)
    box.setMinimumWidth(96)
    return box


def _column(*widgets: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(widgets[0])
    line = QHBoxLayout()
    for widget in widgets[1:]:
        line.addWidget(widget)
    line.addStretch(1)
    column.addLayout(line)
    return box


def _fill(box: QComboBox, items: Sequence[tuple[str, object]], usual: object) -> None:
    """Fill ``box`` anew, keeping what is chosen; ``usual`` at first."""
    values = [value for _, value in items]
    index = box.currentIndex() if box.count() else values.index(usual)
    box.blockSignals(True)
    box.clear()
    for text, value in items:
        box.addItem(text, value)
    box.setCurrentIndex(index)
    box.blockSignals(False)
