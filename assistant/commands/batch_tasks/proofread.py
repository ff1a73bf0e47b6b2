"""``batch proofread``: probably wrong characters in many files. No Qt here."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from assistant.commands.batch_tasks.task import Cell, Opened, Record, model_name
from assistant.commands.common import load_filler
from assistant.commands.proofread import as_json, make_proofreader
from assistant.commands.used_memories import contents_name

NAME = "proofread"
HELP = "find characters that are probably wrong"
COLUMNS = ("start_char", "end_char", "found", "suggestions", "confidence", "kind")


def add_options(_parser: argparse.ArgumentParser) -> None:
    """Add nothing: there is nothing to choose."""


def open_task(arguments: argparse.Namespace) -> Opened:
    """Load the fill package, which proof-reads too."""
    filler = load_filler(arguments)
    proofreader = make_proofreader(filler)
    return Opened(
        lambda text: as_json(proofreader.check(text)),
        f"{model_name(filler.info)} {contents_name(filler)}",
    )


def rows(record: Record) -> Iterator[tuple[Cell, ...]]:
    """Return one row for every finding."""
    for issue in record["issues"]:
        suggestions = " ".join(issue["suggestions"])
        place = issue["start_char"], issue["end_char"]
        yield (*place, issue["found"], suggestions, issue["confidence"], issue["kind"])
