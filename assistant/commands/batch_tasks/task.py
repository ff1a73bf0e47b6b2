"""What a task of ``batch`` is: one small module a task, listed in ``registry``. No Qt here."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.records import PackageInfo

Record = dict[str, Any]
"""What the command of the same name prints with ``--json``."""
Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Opened:
    """A task with its model loaded.

    ``run`` raises BubaiError for a text that cannot be worked on. ``model`` names the package,
    and what the personal memories in use hold: others do the work anew.
    """

    run: Callable[[str], Record]
    model: str


class BatchTask(Protocol):
    """What each module offers."""

    @property
    def NAME(self) -> str:
        """What it is called on the command line."""
        ...

    @property
    def HELP(self) -> str:
        """What it does, in a line."""
        ...

    @property
    def COLUMNS(self) -> tuple[str, ...]:
        """The columns of the CSV table, after the file's name."""
        ...

    def add_options(self, parser: argparse.ArgumentParser, /) -> None:
        """Add the options that the task alone has."""
        ...

    def open_task(self, arguments: argparse.Namespace) -> Opened:
        """Load what the task needs. Raises InputError or ModelError."""
        ...

    def rows(self, record: Record) -> Iterator[tuple[Cell, ...]]:
        """Return the rows of the table for one file."""
        ...


def model_name(info: PackageInfo) -> str:
    """Return how a package is told from another."""
    return f"{info.name} {info.version}"
