"""What changes a personal memory: the work of the jobs of ``memories``, in the counting thread.

Imports neither Qt nor the ui.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.engine.cancel import Cancel
from assistant.errors import Cancelled, FileReadError
from assistant.text.plain_text import TextReader

if TYPE_CHECKING:
    from assistant.engine.personal import PersonalInfo, PersonalMemories

Told = Callable[[int, int], None]
"""Told how many bytes are done, and how many there are."""
OpenMemories = Callable[[bool], "PersonalMemories"]
"""Opens the person's memories; the argument says whether texts will be added."""


@dataclass(frozen=True, slots=True)
class Added:
    """A memory that texts were added to, and the files that could not be read."""

    info: PersonalInfo
    failures: tuple[tuple[Path, FileReadError], ...] = ()


def list_memories(open_memories: OpenMemories, _cancel: Cancel) -> object:
    """Return the memories, as a tuple of PersonalInfo."""
    return open_memories(False).list()


def create_memory(open_memories: OpenMemories, name: str, _cancel: Cancel) -> Added:
    """Make the memory ``name`` without any text. Raises FileWriteError or ModelError."""
    info = open_memories(True).add(name, ())
    if info is None:
        raise Cancelled
    return Added(info)


def add_memory(
    open_memories: OpenMemories, name: str, paths: tuple[Path, ...], told: Told, cancel: Cancel
) -> Added:
    """Count the texts of ``paths`` into the memory ``name``.

    Raises NoDocumentError, FileReadError, FileWriteError, ModelError or Cancelled.
    """
    reader = TextReader(paths)
    shown = -1

    def step(counted: int) -> bool:
        nonlocal shown
        done, total = reader.bytes_done(counted), max(reader.total_bytes, 1)
        if done * 100 // total != shown:
            shown = done * 100 // total
            told(done, total)
        return not cancel.thrown

    info = open_memories(True).add(name, reader.texts(), step)
    if info is None:
        raise Cancelled
    return Added(info, tuple(reader.failures))


def remove_memory(open_memories: OpenMemories, name: str, _cancel: Cancel) -> object:
    """Delete the memory ``name`` and return whether there was one. Raises FileWriteError."""
    return open_memories(False).remove(name)


def use_memories(
    use: Callable[[tuple[str, ...]], object], names: tuple[str, ...], cancel: Cancel
) -> None:
    """Give the memories ``names`` to the engine, in its thread. Raises Cancelled."""
    cancel.check()
    use(names)
