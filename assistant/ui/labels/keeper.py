"""The label sets that are kept, and what the person does with them. Imports services and ui."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from assistant.services.label_sets import LabelSet, LabelSets
from assistant.ui.labels import dialogs, draft
from assistant.ui.panels.note import language_code

translate = QCoreApplication.translate


class SetKeeper:
    """Saves, renames, deletes, imports and exports; each returns what is in hand afterwards."""

    def __init__(self, sets: LabelSets, parent: QWidget) -> None:
        """Keep ``sets``; ``parent`` asks the questions. Nothing is read yet."""
        self._sets, self._parent = sets, parent
        self._folder = Path.home()
        self.known: tuple[LabelSet, ...] = ()

    def read(self) -> None:
        """Read which sets there are."""
        self.known = self._sets.all()

    def get(self, name: str) -> LabelSet | None:
        """Return the set called ``name``, if there is one."""
        return next((labels for labels in self.known if labels.name == name), None)

    def is_changed(self, labels: LabelSet) -> bool:
        """Return whether ``labels`` are others than those kept under their name."""
        kept = self.get(labels.name)
        return kept is not None and not draft.is_same(labels, kept)

    def do(self, what: str, labels: LabelSet) -> LabelSet:
        """Do ``what`` with ``labels``: save, rename, delete, import, export.

        Raises what LabelSets raises.
        """
        actions: dict[str, Callable[[LabelSet], LabelSet]] = {
            "save": self._save, "rename": self._rename, "delete": self._delete,
            "import": self._import, "export": self._export,
        }  # fmt: skip
        after = actions[what](labels)
        self.read()
        return after

    def _save(self, labels: LabelSet) -> LabelSet:
        name = self._ask_name(translate("LabelSets", "另存标签集"), labels)
        taken = self.get(name)
        is_another = taken is not None and not taken.is_bundled and name != labels.name
        if not name or (is_another and not dialogs.may_replace(self._parent, name)):
            return labels
        kept = replace(labels, name=name, name_en="", is_bundled=False)
        self._sets.save(kept)
        return kept

    def _rename(self, labels: LabelSet) -> LabelSet:
        name = self._ask_name(translate("LabelSets", "标签集改名"), labels)
        if not name:
            return labels
        self._sets.rename(labels.name, name)
        return replace(labels, name=name, name_en="")

    def _delete(self, labels: LabelSet) -> LabelSet:
        if not dialogs.may_delete(self._parent, labels.name):
            return labels
        self._sets.delete(labels.name)
        return replace(labels, name="")

    def _import(self, labels: LabelSet) -> LabelSet:
        path = dialogs.choose_import(self._parent, self._folder)
        if path is None:
            return labels
        self._folder = path.parent
        return self._sets.import_file(path)

    def _export(self, labels: LabelSet) -> LabelSet:
        name = labels.title(language_code()) or translate("LabelSets", "标签")
        path = dialogs.choose_export(self._parent, self._folder, name)
        if path is not None:
            self._folder = path.parent
            self._sets.export(replace(labels, name=name), path)
        return labels

    def _ask_name(self, title: str, labels: LabelSet) -> str:
        return dialogs.ask_name(self._parent, title, labels.name)
