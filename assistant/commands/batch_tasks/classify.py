"""``batch classify``: one's own labels for many files. No Qt here."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from assistant.commands.batch_tasks.task import Cell, Opened, Record, model_name
from assistant.commands.classify import add_label_options, as_json, chosen_labels
from assistant.commands.common import load_engine
from assistant.engine.understand import Understander
from assistant.records import Task

NAME = "classify"
HELP = "sort files by labels of your own"
COLUMNS = ("rank", "label", "confidence")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``classify``."""
    add_label_options(parser)


def open_task(arguments: argparse.Namespace) -> Opened:
    """Load the package for labels."""
    asked = chosen_labels(arguments)
    understander = load_engine(arguments.model, Task.UNDERSTAND, Understander)
    labeller = understander.labels

    def run(text: str) -> Record:
        return as_json(labeller.classify(text, asked.labels, asked.template, asked.multi))

    # What a set's name means may change: the labels themselves say what was asked.
    question = "|".join((*asked.labels, asked.template, str(asked.multi)))
    return Opened(run, f"{model_name(understander.info)} {question}")


def rows(record: Record) -> Iterator[tuple[Cell, ...]]:
    """Return one row for every label, best first."""
    for rank, score in enumerate(record["labels"], start=1):
        yield rank, score["label"], score["confidence"]
