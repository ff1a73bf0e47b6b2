"""What ``batch`` has done so far: its JSONL file is the journal. No Qt here.

One line a file, written at once. A run that begins again keeps the lines of files that are still
there, unchanged, and were worked on with the same task, options and model.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

from filelock import FileLock, Timeout

from assistant.commands.batch_tasks.task import BatchTask, Record
from assistant.disk import write_error
from assistant.errors import InputError
from assistant.text.cells import disarmed


class BatchBusyError(InputError):
    """Another run writes the same results. Facts: ``path``."""

    zh = "{path} 正由另一次运行写入：请等它结束，或换一个 --out。"
    en = "Another run is writing {path}: wait for it or choose another --out."


class Journal:
    """The results of one shard, and the files that failed. Use as a context."""

    def __init__(self, folder: Path, shard: tuple[int, int], job: str) -> None:
        """Write into ``folder``; ``job`` says what is done: task, options and model."""
        ending = "" if shard[1] == 1 else f"-{shard[0]:05}-of-{shard[1]:05}"
        self.results = folder / f"results{ending}.jsonl"
        self.failures = folder / f"failures{ending}.jsonl"
        self.table = folder / f"results{ending}.csv"
        self._job = job
        self._lock = FileLock(folder / f".results{ending}.lock", timeout=0)
        self._out: IO[str] | None = None
        self._failed: IO[str] | None = None

    def __enter__(self) -> Journal:
        """Begin. Raises BatchBusyError or FileWriteError."""
        try:
            self.results.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise BatchBusyError(path=self.results.name) from error
        except OSError as error:
            raise write_error(self.results, error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the files."""
        for stream in (self._out, self._failed):
            if stream is not None:
                stream.close()
        self._lock.release()

    def resume(self, digests: dict[str, str]) -> set[str]:
        """Keep what holds still and return the names of those files; then open for writing.

        ``digests`` are the sha256 of the files there are. A line torn by a crash is dropped.
        """
        kept = self.results.with_suffix(".tmp")
        done: set[str] = set()
        try:
            with kept.open("w", encoding="utf-8", newline="\n") as stream:
                for line, record in _lines(self.results):
                    name = record.get("file")
                    same = record.get("job") == self._job and name not in done
                    if same and name in digests and record.get("sha256") == digests[name]:
                        done.add(name)
                        stream.write(line)
            kept.replace(self.results)
            self._out = self.results.open("a", encoding="utf-8", newline="\n")
            self._failed = self.failures.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise write_error(self.results, error) from error
        return done

    def add(self, name: str, digest: str, record: Record) -> None:
        """Write the record of the file ``name``."""
        self._write(self._out, {"file": name, "sha256": digest, "job": self._job, **record})

    def fail(self, name: str, kind: str, message: str) -> None:
        """Note that the file ``name`` failed; the next run tries it again."""
        self._write(self._failed, {"file": name, "error": kind, "message": message})

    def write_table(self, task: BatchTask) -> None:
        """Write all results as CSV (UTF-8 with a byte order mark, without which Excel reads GBK).

        Cells that a spreadsheet would take for formulas get an apostrophe.
        """
        try:
            with self.table.open("w", encoding="utf-8-sig", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(("file", *task.COLUMNS))
                for _, record in _lines(self.results):
                    for row in task.rows(record):
                        writer.writerow(map(_cell, (record["file"], *row)))
        except OSError as error:
            raise write_error(self.table, error) from error

    def _write(self, stream: IO[str] | None, record: Record) -> None:
        assert stream is not None, "resume() comes first"
        try:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
            stream.flush()
        except OSError as error:
            raise write_error(self.results, error) from error


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every whole line of a JSONL file with its record."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace", newline="\n") as stream:
        yield from _records(stream)


def _records(lines: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in lines:
        try:
            record: object = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and line.endswith("\n"):
            yield line, cast(dict[str, Any], record)


def _cell(value: object) -> object:
    return disarmed(value) if isinstance(value, str) else value
