"""The few questions that may stop a person, all about not losing text.

Imports services and Qt.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from assistant.services.documents import existing

_Role = QMessageBox.ButtonRole
translate = QCoreApplication.translate


class Unsaved(Enum):
    """What to do with unsaved text."""

    SAVE = auto()
    DISCARD = auto()
    CANCEL = auto()


class Changed(Enum):
    """What to do with a file that somebody else changed."""

    OVERWRITE = auto()
    SAVE_AS = auto()
    CANCEL = auto()


def commit_input_method() -> None:
    """Let an input method finish, before a dialog takes the focus and with it the last syllable."""
    QGuiApplication.inputMethod().commit()


def ask_unsaved(parent: QWidget, name: str) -> Unsaved:
    """Ask what to do with the unsaved text of document ``name``."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("Questions", "未保存的文字"))
    box.setText(translate("Questions", "“{name}”有未保存的改动，要保存吗？").format(name=name))
    box.setInformativeText(translate("Questions", "不保存的话，这些改动会丢失。"))
    answers: dict[QAbstractButton, Unsaved] = {
        box.addButton(translate("Questions", "保存"), _Role.AcceptRole): Unsaved.SAVE,
        box.addButton(translate("Questions", "不保存"), _Role.DestructiveRole): Unsaved.DISCARD,
        box.addButton(translate("Questions", "取消"), _Role.RejectRole): Unsaved.CANCEL,
    }
    return answers.get(_answer(box, next(iter(answers))), Unsaved.CANCEL)


def ask_changed(parent: QWidget, message: str) -> Changed:
    """Ask what to do when the file was changed by somebody else."""
    title = translate("Questions", "文件已被改动")
    return _ask_overwrite(parent, title, message, translate("Questions", "覆盖"))


def ask_lossy(parent: QWidget, message: str) -> Changed:
    """Ask what to do when saving would lose what could not be read."""
    title = translate("Questions", "有读不懂的字符")
    return _ask_overwrite(parent, title, message, translate("Questions", "仍然保存"))


def may_write_over(parent: QWidget, paths: Iterable[Path]) -> bool:
    """Ask whether files that are there may be replaced, where no file dialog has asked before."""
    there = existing(paths)
    if not there:
        return True
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(translate("Questions", "文件已存在"))
    box.setText(translate("Questions", "这些文件已经有了，要覆盖吗？"))
    box.setInformativeText("\n".join(path.name for path in there))
    over = box.addButton(translate("Questions", "覆盖"), _Role.DestructiveRole)
    return _answer(box, box.addButton(translate("Questions", "取消"), _Role.RejectRole)) is over


def _ask_overwrite(parent: QWidget, title: str, message: str, overwrite: str) -> Changed:
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(title)
    box.setText(message)
    answers: dict[QAbstractButton, Changed] = {
        box.addButton(translate("Questions", "另存为…"), _Role.AcceptRole): Changed.SAVE_AS,
        box.addButton(overwrite, _Role.DestructiveRole): Changed.OVERWRITE,
        box.addButton(translate("Questions", "取消"), _Role.RejectRole): Changed.CANCEL,
    }
    return answers.get(_answer(box, next(iter(answers))), Changed.CANCEL)


def _answer(box: QMessageBox, default: QAbstractButton) -> QAbstractButton:
    """Ask ``box`` and return the button pressed; the box would else live as long as its parent."""
    box.setDefaultButton(default)  # type: ignore[arg-type]
    box.exec()
    box.deleteLater()
    return box.clickedButton()
