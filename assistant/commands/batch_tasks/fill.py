"""``batch fill``: candidates for every blank of many files. No Qt here."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from assistant.commands.batch_tasks.task import Cell, Opened, Record, model_name
from assistant.commands.common import load_filler
from assistant.commands.fill import LENGTHS, as_json
from assistant.commands.used_memories import contents_name
from assistant.records import MAX_SPANS, FillRequest
from assistant.text.masks import find_spans, with_length

NAME = "fill"
HELP = "fill the blanks; files with more than eight get no joint fillings"
COLUMNS = ("blank", "start_char", "end_char", "rank", "fill", "confidence")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``fill``."""
    parser.add_argument("--top", type=int, choices=range(1, 101), default=5, metavar="N")
    parser.add_argument("--length", choices=LENGTHS, default="auto", help="length of a single mark")


def open_task(arguments: argparse.Namespace) -> Opened:
    """Load the fill package."""
    filler = load_filler(arguments)
    length = None if arguments.length == "auto" else int(arguments.length)

    def run(text: str) -> Record:
        spans = with_length(find_spans(text), length)
        joint = len(spans) <= MAX_SPANS
        record = as_json(filler.fill(FillRequest(text, spans, arguments.top, joint=joint)))
        del record["elapsed_ms"]  # the same text gives the same record
        return record

    return Opened(run, f"{model_name(filler.info)} {contents_name(filler)}")


def rows(record: Record) -> Iterator[tuple[Cell, ...]]:
    """Return one row for every candidate of every blank."""
    for number, span in enumerate(record["spans"], start=1):
        place = number, span["start_char"], span["end_char"]
        for rank, candidate in enumerate(span["candidates"], start=1):
            yield (*place, rank, candidate["text"], candidate["confidence"])
