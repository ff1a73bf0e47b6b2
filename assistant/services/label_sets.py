"""The label sets that came with the app, and the person's own, one JSON file each. No Qt."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from pathlib import Path

from assistant.disk import read_error, write_atomically, write_error
from assistant.engine.label_rules import check_template, tidy_labels
from assistant.errors import FileReadError
from assistant.services.label_set_errors import (
    LabelSetError,
    LabelSetKeptError,
    LabelSetMissingError,
    LabelSetNameError,
)
from assistant.services.label_set_file import (
    MAX_NAME_CHARS,
    LabelSet,
    is_name,
    parse_label_set,
    write_label_set,
)

__all__ = ["LabelSet", "LabelSets"]

MAX_FILE_BYTES = 1_000_000

logger = logging.getLogger(__name__)


class LabelSets:
    """All label sets; a name is used once. Reads the folders anew with every call."""

    def __init__(self, bundled: Path, own: Path) -> None:
        """Use the folders ``bundled`` (never written) and ``own`` (made when first needed)."""
        self._bundled, self._own = bundled, own

    def all(self) -> tuple[LabelSet, ...]:
        """Return those that came with the app in the order of their files, then own by name.

        A file that cannot be read is left out (and stays where it is).
        """
        bundled = [replace(found, is_bundled=True) for found in _read_all(self._bundled)]
        own = sorted(_read_all(self._own), key=lambda labels: labels.name)
        return (*bundled, *own)

    def get(self, name: str) -> LabelSet:
        """Return the set called ``name``, in Chinese or English.

        Raises LabelSetMissingError.
        """
        for labels in self.all():
            if name in (labels.name, labels.name_en):
                return labels
        raise LabelSetMissingError(name=name)

    def save(self, labels: LabelSet) -> None:
        """Keep ``labels`` as an own set, in place of one of the same name.

        Raises LabelSetNameError, NoLabelError and the like, TemplateError or FileWriteError.
        """
        name = labels.name.strip()
        if not is_name(name) or any(name == kept.name for kept in self.all() if kept.is_bundled):
            raise LabelSetNameError(name=name)
        tidy = tidy_labels(labels.labels)
        check_template(labels.template)
        glosses = tuple(map(labels.gloss, tidy)) if labels.labels_en else ()
        kept = replace(labels, name=name, labels=tidy, labels_en=glosses)
        self._write(self._path(name), kept)

    def rename(self, old: str, new: str) -> None:
        """Call the own set ``old`` by another name.

        Raises LabelSetMissingError, LabelSetKeptError, LabelSetNameError or FileWriteError.
        """
        labels = self._changeable(old)
        if new.strip() == labels.name:
            return
        if any(new.strip() == other.name for other in self.all()):
            raise LabelSetNameError(name=new)
        self.save(replace(labels, name=new, name_en=""))
        self._remove(old)

    def delete(self, name: str) -> None:
        """Delete the own set ``name``.

        Raises LabelSetMissingError, LabelSetKeptError or FileWriteError.
        """
        self._remove(self._changeable(name).name)

    def import_file(self, path: Path) -> LabelSet:
        """Keep the set in the file at ``path`` and return it; a taken name gets a number.

        Raises FileReadError, LabelSetError or FileWriteError.
        """
        labels = read_label_set(path)
        taken = {other.name for other in self.all()}
        name, number = labels.name, 2
        while name in taken:
            ending = f" {number}"
            name, number = labels.name[: MAX_NAME_CHARS - len(ending)] + ending, number + 1
        labels = replace(labels, name=name)
        self.save(labels)
        return labels

    def export(self, labels: LabelSet, path: Path) -> None:
        """Write ``labels``, kept or not, to ``path``. Raises FileWriteError."""
        self._write(path, labels)

    def _changeable(self, name: str) -> LabelSet:
        labels = self.get(name)
        if labels.is_bundled:
            raise LabelSetKeptError(name=name)
        return labels

    def _path(self, name: str) -> Path:
        """Return the file of the own set ``name``: names may hold what file names cannot."""
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self._own / f"{digest}.json"

    def _remove(self, name: str) -> None:
        for path in sorted(self._own.glob("*.json")):
            found = _read_quietly(path)
            if found is not None and found.name == name:
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    raise write_error(path, error) from error

    def _write(self, path: Path, labels: LabelSet) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, write_label_set(labels))
        except OSError as error:
            raise write_error(path, error) from error


def read_label_set(path: Path) -> LabelSet:
    """Return the set in the file at ``path``. Raises FileReadError or LabelSetError."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise LabelSetError.at(path.name, "文件太大", "it is too large")
        data = path.read_bytes()
    except OSError as error:
        raise read_error(path, error) from error
    return parse_label_set(data, path.name)


def _read_all(folder: Path) -> list[LabelSet]:
    found = [_read_quietly(path) for path in sorted(folder.glob("*.json"))]
    return [labels for labels in found if labels is not None]


def _read_quietly(path: Path) -> LabelSet | None:
    try:
        return read_label_set(path)
    except (FileReadError, LabelSetError) as error:
        logger.warning("A label set cannot be read: %s", type(error).__name__)
        return None
