"""Writes the files that an export asks for. Imports cloze/ and export/; PDF needs the UI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.cloze import project_file
from assistant.cloze.exercise import Exercise
from assistant.cloze.versions import paper
from assistant.disk import write_error
from assistant.errors import BubaiError
from assistant.export import registry
from assistant.export.rendered import Note

PAPERS = ("A", "B")


@dataclass(frozen=True, slots=True)
class Written:
    """One file of an export, with notes on what its format dropped, or why it was not written."""

    path: Path
    notes: tuple[Note, ...] = ()
    error: BubaiError | None = None


def export_files(
    exercise: Exercise,
    folder: Path,
    name: str,
    formats: Sequence[str],
    *,
    papers: bool,
    project: bool,
    key: bool = True,
) -> tuple[Written, ...]:
    """Write ``name`` in every format into ``folder``, each paper a file; nothing is raised.

    Printed sheets have a page of answers with ``key``. With ``papers``
    papers A and B are written (``name-A.docx``); ``project`` writes the ``.bubai``
    file too.
    """
    exercise = with_papers(exercise, papers)
    written: list[Written] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return (Written(folder, error=write_error(folder, error)),)
    if project:
        path = folder / f"{name}{project_file.SUFFIX}"
        try:
            project_file.save(exercise, path)
            written.append(Written(path))
        except BubaiError as error:
            written.append(Written(path, error=error))
    for version, stem in _stems(exercise, name):
        sheet = paper(exercise, version)
        written += [_write(sheet, format_name, folder, stem, key=key) for format_name in formats]
    return tuple(written)


def files_of(
    exercise: Exercise, folder: Path, name: str, formats: Sequence[str], *, papers: bool,
    project: bool,
) -> tuple[Path, ...]:  # fmt: skip
    """Return what :func:`export_files` would write."""
    names = [f"{name}{project_file.SUFFIX}"] if project else []
    for _version, stem in _stems(with_papers(exercise, papers), name):
        names += [stem + registry.FORMATS[format_name].suffix for format_name in formats]
    return tuple(folder / one for one in names)


def with_papers(exercise: Exercise, wanted: bool) -> Exercise:
    """Return ``exercise`` with papers A and B, or as a single one; what it has already stays."""
    if wanted == bool(exercise.versions):
        return exercise
    if wanted:
        return replace(exercise, versions=PAPERS, version=PAPERS[0])
    return replace(exercise, versions=(), version="")


def _stems(exercise: Exercise, name: str) -> list[tuple[str, str]]:
    """Return the papers, and what the files of each are called; a single one is called ``name``."""
    versions = exercise.versions or ("",)
    return [(one, f"{name}-{one}" if len(versions) > 1 else name) for one in versions]


def _write(sheet: Exercise, format_name: str, folder: Path, stem: str, *, key: bool) -> Written:
    path = folder / (stem + registry.FORMATS[format_name].suffix)
    try:
        rendered = registry.render(sheet, format_name, key=key)
        registry.write(rendered, path)
    except BubaiError as error:
        return Written(path, error=error)
    return Written(path, rendered.notes)
