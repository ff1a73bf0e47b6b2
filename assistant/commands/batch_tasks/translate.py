"""``batch translate``: many files into English. No Qt here."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from assistant.commands.batch_tasks.task import Cell, Opened, Record, model_name
from assistant.commands.common import load_engine
from assistant.commands.translate import add_beam, as_json
from assistant.engine.translate import Translator
from assistant.records import Task

NAME = "translate"
HELP = "translate files from Chinese into English"
COLUMNS = ("sentence", "source", "target", "score")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``translate``."""
    add_beam(parser)


def open_task(arguments: argparse.Namespace) -> Opened:
    """Load the translation package."""
    translator = load_engine(arguments.model, Task.TRANSLATE, Translator)

    def run(text: str) -> Record:
        return as_json(translator.translate(text, arguments.beam))

    return Opened(run, model_name(translator.info))


def rows(record: Record) -> Iterator[tuple[Cell, ...]]:
    """Return one row for every sentence."""
    for number, pair in enumerate(record["sentences"], start=1):
        yield number, pair["source"], pair["target"], pair["score"]
