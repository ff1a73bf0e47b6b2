"""``batch sentiment``: the mood of many files and of each of their sentences. No Qt here."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from assistant.commands.batch_tasks.task import Cell, Opened, Record, model_name
from assistant.commands.common import load_engine
from assistant.commands.sentiment import as_json
from assistant.engine.understand import Understander
from assistant.records import Task

NAME = "sentiment"
HELP = "say what each file, and each of its sentences, feels"
COLUMNS = ("part", "start_char", "end_char", "label", "confidence", "text")


def add_options(_parser: argparse.ArgumentParser) -> None:
    """Add nothing: there is nothing to choose."""


def open_task(arguments: argparse.Namespace) -> Opened:
    """Load the package for sentiment."""
    understander = load_engine(arguments.model, Task.UNDERSTAND, Understander)
    analyser = understander.sentiment
    return Opened(lambda text: as_json(analyser.analyse(text)), model_name(understander.info))


def rows(record: Record) -> Iterator[tuple[Cell, ...]]:
    """Return one row for the file, then one for every sentence."""
    text = record["text"]
    yield "file", 0, len(text), record["label"], record["confidence"], ""
    for sentence in record["sentences"]:
        start, end = sentence["start_char"], sentence["end_char"]
        yield "sentence", start, end, sentence["label"], sentence["confidence"], text[start:end]
