"""What is asked about label sets: a name, a file, whether to delete. Imports ui only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from assistant.ui.dialogs.questions import commit_input_method

translate = QCoreApplication.translate


def ask_name(parent: QWidget, title: str, name: str) -> str:
    """Ask for the name of a set, ``name`` proposed; return "" if none is wanted."""
    commit_input_method()
    words = translate("LabelSets", "标签集的名字：")
    new, accepted = QInputDialog.getText(parent, title, words, text=name)
    return new.strip() if accepted else ""


def may_replace(parent: QWidget, name: str) -> bool:
    """Ask whether a set of the same name is to be replaced."""
    words = translate("LabelSets", "已经有“{name}”，用现在的标签换掉它吗？").format(name=name)
    return _ask(parent, words, translate("LabelSets", "换掉"))


def may_delete(parent: QWidget, name: str) -> bool:
    """Ask whether a set is to be deleted."""
    words = translate("LabelSets", "删除标签集“{name}”吗？").format(name=name)
    return _ask(parent, words, translate("LabelSets", "删除"))


def choose_import(parent: QWidget, folder: Path) -> Path | None:
    """Ask which file to import."""
    commit_input_method()
    title = translate("LabelSets", "导入标签集")
    path, _ = QFileDialog.getOpenFileName(parent, title, str(folder), _kinds())
    return Path(path) if path else None


def choose_export(parent: QWidget, folder: Path, name: str) -> Path | None:
    """Ask where to export the set ``name`` to."""
    commit_input_method()
    title = translate("LabelSets", "导出标签集")
    safe = "".join("_" if c in '\\/:*?"<>|' else c for c in name) or "labels"
    path, _ = QFileDialog.getSaveFileName(parent, title, str(folder / f"{safe}.json"), _kinds())
    return Path(path) if path else None


def _kinds() -> str:
    return translate("LabelSets", "标签集 (*.json)")


def _ask(parent: QWidget, words: str, yes: str) -> bool:
    commit_input_method()
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("LabelSets", "标签集"))
    box.setText(words)
    wanted = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(translate("LabelSets", "取消"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    chosen = box.clickedButton() is wanted
    box.deleteLater()
    return chosen
