"""``memory``: a person's own texts, counted into memories that ``fill`` uses. No Qt here."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from assistant.commands.common import in_words, language, print_json, report
from assistant.commands.used_memories import open_memories, settings_store
from assistant.engine.package import load_package
from assistant.engine.personal import PersonalInfo
from assistant.engine.personal_use import checked_name
from assistant.engine.store import ModelStore
from assistant.errors import MemoryMissingError, NoDocumentError
from assistant.paths import find_paths
from assistant.records import Task
from assistant.text.plain_text import TextReader


def add_parser(commands: Any) -> None:
    """Add the command and its steps to the sub-parsers ``commands``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "memory",
        help="personal memories: count your own texts, so that fills know their words",
        description="Count your own texts into memories. Only n-grams of at most five characters "
        "are kept, on this computer; removing a memory leaves no trace.",
    )
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    add = steps.add_parser("add", help="count txt, md and docx files into a memory")
    add.add_argument("name", metavar="NAME", help="the memory; made if it is new")
    add.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="files and folders")
    add.add_argument("--model", type=Path, metavar="DIR", help="another model package")
    add.set_defaults(run=run_add)
    listing = steps.add_parser("list", help="list the memories; * marks those in use")
    listing.set_defaults(run=run_list)
    for step in (add, listing):
        step.add_argument("--json", action="store_true", help="print JSON")
    remove = steps.add_parser("remove", help="delete a memory")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(run=run_remove)
    use = steps.add_parser("use", help="choose the memories that fill and explain use from now on")
    which = use.add_mutually_exclusive_group(required=True)
    which.add_argument("names", nargs="*", default=[], metavar="NAME")
    which.add_argument("--none", action="store_true", help="use none")
    use.set_defaults(run=run_use)


def run_add(arguments: argparse.Namespace) -> int:
    """Count the files; return 0, or the exit code of the last one that could not be read."""
    name = checked_name(arguments.name)
    folder = arguments.model or ModelStore(find_paths()).active(Task.FILL)
    memories = open_memories(load_package(folder, Task.FILL))
    reader = TextReader(arguments.paths)
    with tqdm(
        total=reader.total_bytes, unit="B", unit_scale=True, file=sys.stderr,
        disable=not sys.stderr.isatty(),
    ) as bar:  # fmt: skip

        def show(counted: int) -> bool:
            bar.update(reader.bytes_done(counted) - bar.n)
            return True

        try:
            info = memories.add(name, reader.texts(), show)
        except NoDocumentError:
            for _path, error in reader.failures:
                report(error)
            raise
    code = 0
    for _path, error in reader.failures:
        code = report(error)
    if info is not None and arguments.json:
        failed = [
            {"path": str(path), "error": error.message(language())}
            for path, error in reader.failures
        ]
        print_json(_as_json(info) | {"failed": failed})
    elif info is not None:
        print(_line(info))
    return code


def run_list(arguments: argparse.Namespace) -> int:
    """Print the memories; return 0."""
    used = settings_store().current.used_memories
    for info in open_memories().list():
        if arguments.json:
            print_json(_as_json(info) | {"used": info.name in used})
        else:
            print(f"{'*' if info.name in used else ' '} {_line(info)}")
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """Delete a memory and every mention of it; return 0."""
    name = checked_name(arguments.name)
    if not open_memories().remove(name):
        raise MemoryMissingError(name=name)
    settings = settings_store()
    settings.save(settings.current.without_memory(name))
    return 0


def run_use(arguments: argparse.Namespace) -> int:
    """Remember which memories are used; return 0."""
    names = tuple(dict.fromkeys(map(checked_name, arguments.names)))
    known = {info.name for info in open_memories().list()}
    for name in names:
        if name not in known:
            raise MemoryMissingError(name=name)
    settings = settings_store()
    settings.save(replace(settings.current, used_memories=names))
    return 0


def _line(info: PersonalInfo) -> str:
    size = info.bytes_on_disk / 1_000_000
    counted = in_words(
        f"{info.documents:,} 篇，{info.characters:,} 字，",
        f"{info.documents:,} documents, {info.characters:,} characters, ",
    )
    return f"{info.name}: {counted}{size:.1f} MB"


def _as_json(info: PersonalInfo) -> dict[str, object]:
    return {
        "name": info.name,
        "documents": info.documents,
        "characters": info.characters,
        "bytes": info.bytes_on_disk,
    }
