"""``batch``: one task for whole folders, to be stopped, resumed and shared out. No Qt here.

Reads txt, md and docx; writes ``results.jsonl`` (one line a file, the record that the command of
the task prints), ``failures.jsonl`` and, if asked, ``results.csv``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from tqdm import tqdm

from assistant.commands.batch_journal import Journal
from assistant.commands.batch_tasks.registry import TASKS
from assistant.commands.batch_tasks.task import BatchTask, Opened
from assistant.commands.common import language, tell
from assistant.engine.package import sha256_of
from assistant.errors import (
    BubaiError,
    FileMissingError,
    InternalError,
    ModelError,
    NoDocumentError,
)
from assistant.text.plain_text import read_text, text_files

_NOT_OPTIONS = {"run", "folder", "out", "csv", "shard", "model", "batch_task"}
"""What does not change a file's result (the model is named by what it says of itself)."""


def add_parser(commands: Any) -> None:
    """Add the command and its tasks to the sub-parsers ``commands``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "batch",
        help="one task for whole folders of txt, md and docx files",
        description="Work on every file of a folder. Started again, it goes on where it was; a "
        "file that fails is noted and tried again the next time.",
    )
    tasks = parser.add_subparsers(title="tasks", metavar="TASK", required=True)
    for task in TASKS:
        one: argparse.ArgumentParser = tasks.add_parser(task.NAME, help=task.HELP)
        one.add_argument("folder", type=Path, metavar="DIR", help="a folder, or a file")
        one.add_argument("--out", type=Path, required=True, metavar="DIR", help="for the results")
        one.add_argument("--csv", action="store_true", help="write a table as well")
        one.add_argument(
            "--shard", type=_shard, default=(1, 1), metavar="I/N", help="only the I-th of N parts"
        )
        one.add_argument("--model", type=Path, metavar="DIR", help="a model package to use")
        task.add_options(one)
        one.set_defaults(run=run, batch_task=task)


def run(arguments: argparse.Namespace) -> int:
    """Work on every file; return the exit code of the last one that failed, else 0."""
    task: BatchTask = arguments.batch_task
    files = _files(arguments.folder, arguments.shard)
    opened = task.open_task(arguments)
    with Journal(arguments.out, arguments.shard, _job(arguments, opened)) as journal:
        digests = {name: digest for name, path in files.items() if (digest := _digest(path))}
        done = journal.resume(digests)
        waiting = [name for name in files if name not in done]
        code = failed = 0
        quiet = not sys.stderr.isatty()
        for name in tqdm(waiting, file=sys.stderr, disable=quiet, unit="file"):
            error = _work(name, files[name], digests.get(name, ""), opened, journal)
            if error is not None:
                code, failed = error.exit_code, failed + 1
        if arguments.csv:
            journal.write_table(task)
    worked = len(waiting) - failed
    tell(f"完成 {worked} 个，以前已完成 {len(done)} 个，失败 {failed} 个。",
         f"{worked} done, {len(done)} before, {failed} failed.")  # fmt: skip
    return code


def _work(
    name: str, path: Path, digest: str, opened: Opened, journal: Journal
) -> BubaiError | None:
    """Work on one file and note how it went. Raises ModelError: that would fail every file."""
    try:
        journal.add(name, digest, opened.run(read_text(path)))
    except ModelError:
        raise
    except BubaiError as error:
        failure = error
    except Exception as error:  # noqa: BLE001 - one strange file must not stop the others
        failure = InternalError(type(error).__name__)
    else:
        return None
    journal.fail(name, type(failure).__name__, failure.message(language()))
    tqdm.write(f"bubai: {name}: {failure.message(language())}", file=sys.stderr)
    return failure


def _files(folder: Path, shard: tuple[int, int]) -> dict[str, Path]:
    """Return the files of the shard by their names below ``folder``.

    Which shard a file is in depends on its name alone, so every process of a group, on whatever
    machine, agrees. Raises NoDocumentError or FileMissingError.
    """
    if not folder.exists():
        raise FileMissingError(path=folder.name)
    base = folder if folder.is_dir() else folder.parent
    names = {path.relative_to(base).as_posix(): path for path in text_files(folder)}
    if not names:
        raise NoDocumentError
    index, count = shard
    return {name: path for name, path in names.items() if _hash(name) % count == index - 1}


def _hash(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()[:8])


def _digest(path: Path) -> str:
    """Return the file's sha256, or "" if it cannot be read (reading it will say why)."""
    try:
        return sha256_of(path)
    except OSError:
        return ""


def _job(arguments: argparse.Namespace, opened: Opened) -> str:
    """Return a short name of what is done: results of another job are done anew."""
    options = {key: value for key, value in vars(arguments).items() if key not in _NOT_OPTIONS}
    asked = json.dumps([arguments.batch_task.NAME, options, opened.model], sort_keys=True)
    return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _shard(text: str) -> tuple[int, int]:
    index, _, count = text.partition("/")
    if index.isdigit() and count.isdigit() and 1 <= int(index) <= int(count):
        return int(index), int(count)
    raise argparse.ArgumentTypeError("I/N with 1 ≤ I ≤ N, such as 2/8")
