"""What the commands share: reading inputs, loading the engine, printing. No Qt here."""

from __future__ import annotations

import argparse
import json
import locale
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from assistant.commands.used_memories import open_used_memories
from assistant.disk import read_error
from assistant.engine.fill import Filler
from assistant.engine.package import Package, load_package
from assistant.engine.store import ModelStore
from assistant.engine.store_open import open_active
from assistant.errors import BubaiError, EmptyTextError
from assistant.paths import find_paths
from assistant.records import Task
from assistant.text.encodings import decode

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class InputLine:
    """One text to work on; ``number`` is its line in the file, or None for an argument."""

    text: str
    number: int | None


def percent(probability: float, digits: int = 1) -> str:
    """Return a confidence for people; no model is sure of anything, nor rules anything out."""
    least = 10.0 ** -(digits + 2)
    text = f"{probability:.{digits}%}"
    if text == f"{1:.{digits}%}":
        return f">{1 - least:.{digits}%}"
    if text == f"{0:.{digits}%}":
        return f"<{least:.{digits}%}"
    return text


def add_inputs(
    parser: argparse.ArgumentParser, *, file_help: str = "a file with one text per line"
) -> None:
    """Add TEXT, --file and -: every command takes its texts the same way."""
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("text", nargs="?", metavar="TEXT", help="the text, or - for standard input")
    group.add_argument("--file", type=Path, metavar="FILE", help=file_help)
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")
    parser.add_argument(
        "--model",
        type=Path,
        metavar="DIR",
        help="a folder with a model package to use this time",
    )


def read_inputs(arguments: argparse.Namespace) -> list[InputLine]:
    """Return the texts named by the arguments; empty lines of files are passed over.

    Raises FileReadError, EmptyTextError or an encoding error.
    """
    if arguments.file is None and arguments.text != "-":
        return [InputLine(arguments.text, None)]
    lines = read_text(arguments.file or Path("-")).split("\n")
    inputs = [InputLine(line, i) for i, line in enumerate(lines, start=1) if line.strip()]
    if not inputs:
        raise EmptyTextError
    return inputs


def read_text(path: Path) -> str:
    """Return the text in the file or pipe at ``path``, or on standard input for ``-``.

    Raises FileReadError and its kinds.
    """
    if str(path) == "-":
        return decode(sys.stdin.buffer.read(), name="-").text
    try:
        return decode(path.read_bytes(), name=path.name).text
    except OSError as error:
        raise read_error(path, error) from error


def for_each(inputs: Sequence[InputLine], do: Callable[[InputLine], None]) -> int:
    """Call ``do`` with every input and report what failed; return the last exit code, else 0.

    A bar on standard error shows how far it is, if that is a terminal and it is worth it.
    """
    quiet = len(inputs) < 2 or not sys.stderr.isatty()
    code = 0
    for line in tqdm(inputs, file=sys.stderr, disable=quiet, unit="line"):
        try:
            do(line)
        except BubaiError as error:
            code = report(error, line)
    return code


def load_filler(arguments: argparse.Namespace) -> Filler:
    """Load the fill package that the arguments name, or the one in use. Raises ModelError.

    With it the personal memories in use (``memory use``).
    """
    filler = load_engine(arguments.model, Task.FILL, Filler)
    open_used_memories(filler)
    return filler


def load_engine(model: Path | None, task: Task, make: Callable[[Package], E]) -> E:
    """Return what ``make`` builds from the package ``model``, or from the one in use.

    When the one in use is damaged, another serves and standard error says so. Raises ModelError.
    """
    if model is not None:
        return make(load_package(model, task))
    engine, fallback = open_active(ModelStore(find_paths()), task, make)
    if fallback is not None:
        report(fallback)
    return engine


def print_json(record: object) -> None:
    """Print one JSON object on one line."""
    print(json.dumps(record, ensure_ascii=False), flush=True)


def language() -> str:
    """Return "en" where the environment asks for another language than Chinese, else "zh"."""
    names = ("BUBAI_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((os.environ[name] for name in names if os.environ.get(name)), "")
    if not chosen and sys.platform == "win32":
        chosen = locale.getlocale()[0] or ""
    spoken = re.split(r"[^a-z]", chosen.lower())[0]
    # "C" and "POSIX" ask for no language: Chinese is the app's own.
    return "zh" if spoken in ("zh", "chinese", "c", "posix", "") else "en"


def in_words(zh: str, en: str) -> str:
    """Return the one of two wordings that the environment asks for."""
    return zh if language() == "zh" else en


def tell(zh: str, en: str) -> None:
    """Print a note on standard error in the language of the environment."""
    print(f"bubai: {in_words(zh, en)}", file=sys.stderr)


def report(error: BubaiError, line: InputLine | None = None) -> int:
    """Print the sentence of ``error`` on standard error and return its exit code."""
    where = f"{line.number}: " if line is not None and line.number is not None else ""
    print(f"bubai: {where}{error.message(language())}", file=sys.stderr)
    return error.exit_code
