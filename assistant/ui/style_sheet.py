"""The style sheet: what Fusion with our palette does not do by itself. Imports nothing of ours."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.ui.theme import Colours

_SHEET = Template("""
QMainWindow, QDialog { background: $window; }
QMenuBar { background: $window; border: none; padding: 1px 4px; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $selection; color: $selection_text; }
QMenu { background: $raised; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $selection_text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QToolBar { background: $window; border: none; border-bottom: 1px solid $border;
           padding: 3px 6px; spacing: 3px; }
QToolBar::separator { width: 1px; background: $border; margin: 5px 5px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 5px;
              padding: 3px 7px; }
QToolButton:hover { background: $raised; border-color: $border; }
QToolButton:pressed, QToolButton:checked { background: $selection; color: $selection_text; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $muted; }
QToolButton::menu-indicator { image: none; }
QPushButton { background: $raised; border: 1px solid $border; border-radius: 5px;
              padding: 4px 12px; min-height: 18px; outline: none; }
QPushButton[role="row"] { text-align: left; }
QPushButton:hover { border-color: $accent; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:pressed { background: $selection; color: $selection_text; }
QPushButton:default { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton:disabled { color: $muted; background: $window; border-color: $border; }
QPlainTextEdit#editor { background: $base; border: none; }
QLineEdit { background: $base; border: 1px solid $border; border-radius: 5px;
            padding: 3px 6px; min-height: 19px; selection-background-color: $selection;
            selection-color: $selection_text; }
QLineEdit:focus { border-color: $accent; }
QCheckBox { spacing: 7px; }
QCheckBox::indicator, QTreeView::indicator { width: 14px; height: 14px;
            border: 1px solid $muted; border-radius: 4px; background: $base; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked, QTreeView::indicator:checked { background: $accent;
            border-color: $accent; image: url("$icons/$tick.svg"); }
QComboBox { background: $raised; border: 1px solid $border; border-radius: 5px;
            padding: 3px 4px 3px 8px; min-height: 19px; }
QComboBox:hover, QComboBox:focus { border-color: $accent; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url("$icons/chevron.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border;
            selection-background-color: $selection; selection-color: $selection_text; }
QSpinBox { background: $raised; border: 1px solid $border; border-radius: 5px;
           padding: 2px; min-height: 19px; selection-background-color: $selection;
           selection-color: $selection_text; qproperty-alignment: AlignCenter; }
QSpinBox:hover, QSpinBox:focus { border-color: $accent; }
QSpinBox::up-button, QSpinBox::down-button { border: none; background: transparent; width: 18px; }
QSpinBox::down-arrow { image: url("$icons/chevron.svg"); width: 10px; height: 10px; }
QSpinBox::up-arrow { image: url("$icons/chevron-up.svg"); width: 10px; height: 10px; }
QSpinBox::up-arrow:off, QSpinBox::down-arrow:off { image: none; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QDialog QTextBrowser, QDialog QListWidget, QDialog QPlainTextEdit { background: $base;
            border: 1px solid $border; border-radius: 5px; padding: 4px; }
QListWidget::item { padding: 5px 6px; border-radius: 4px; }
QTreeWidget { background: $base; border: 1px solid $border; border-radius: 5px; }
QTreeWidget::item { padding: 4px 3px; }
QTreeWidget::item:selected, QListWidget::item:selected { background: $selection;
            color: $selection_text; }
QTabWidget::pane { border: none; border-top: 1px solid $border; background: $window; }
QTabBar { background: $window; }
QTabBar::scroller { width: 20px; }
QTabBar QToolButton { background: $window; padding: 0; }
QTabBar::tab { background: transparent; color: $muted; padding: 6px 13px;
               border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QStatusBar { background: $window; border-top: 1px solid $border; color: $muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; padding: 0 4px; }
QStatusBar QToolButton { color: $muted; padding: 1px 6px; }
QScrollArea { border: none; background: transparent; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; min-height: 28px;
                     min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 3px; }
QTableWidget { background: $base; border: 1px solid $border; gridline-color: $border; }
QHeaderView::section { background: $raised; color: $muted; border: none;
                       border-bottom: 1px solid $border; border-right: 1px solid $border;
                       padding: 2px 4px; }
QTableCornerButton::section { background: $raised; border: none; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="title"] { font-size: 20pt; font-weight: 600; color: $accent; }
QFrame#messageBar[kind="error"] { background: $error; border-bottom: 1px solid $border; }
QFrame#messageBar[kind="error"] QLabel { color: $error_text; }
QFrame#messageBar[kind="notice"] { background: $notice; border-bottom: 1px solid $border; }
QFrame#messageBar[kind="notice"] QLabel { color: $notice_text; }
QFrame#findBar { background: $window; border-top: 1px solid $border; }
QPushButton:checked { background: $selection; color: $selection_text; border-color: $accent; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[role="primary"]:disabled { background: $window; color: $muted;
                                       border-color: $border; }
QPushButton:default:focus, QPushButton[role="primary"]:focus { border: 2px solid $text; }
QToolButton#disclosure:checked { background: transparent; color: $text; }
QTextEdit#sheet { background: $base; border: none; }
QFrame#alarm { background: $notice; border: 1px solid $border; border-radius: 6px; }
QFrame#alarm QLabel { color: $notice_text; }
QFrame#card { background: $base; border: 1px solid $border; border-radius: 8px; }
QFrame#card QTextEdit { background: transparent; }
QLabel#bank { background: $raised; border: 1px solid $border; border-radius: 6px;
              padding: 8px 14px; }
QProgressBar { background: $raised; border: 1px solid $border; border-radius: 3px; }
QProgressBar::chunk { background: $bar; border-radius: 2px; }
QFrame#sentences, QListView#labels, QFrame#pairs { background: $base; border: 1px solid $border;
            border-radius: 5px; selection-background-color: $selection;
            selection-color: $selection_text; outline: none; }
QListView#labels:focus, QFrame#pairs:focus { border-color: $accent; }
QFrame#sentences QTableWidget { border: none; background: transparent; outline: none;
            selection-background-color: $selection; selection-color: $selection_text; }
QFrame#section { border: none; border-top: 1px solid $border; }
""")


def style_sheet(colours: Colours, icons: Path) -> str:
    """Return the style sheet in ``colours``, with images from the folder ``icons``."""
    tick = "tick-white" if colours.on_accent == "#ffffff" else "tick-black"
    return _SHEET.substitute(asdict(colours), icons=icons.as_posix(), tick=tick)
