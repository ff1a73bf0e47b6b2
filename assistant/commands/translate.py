"""``translate``: Chinese into English, sentence by sentence. No Qt here."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from assistant.commands.common import (
    add_inputs,
    language,
    load_engine,
    print_json,
    read_text,
)
from assistant.engine.translate import BETTER, GREEDY, Translator
from assistant.errors import EmptyTextError
from assistant.export.translations import FORMATS, export, format_of
from assistant.records import Task, Translation


def add_parser(commands: Any) -> None:
    """Add the command and its options to the sub-parsers ``commands``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "translate",
        help="translate a Chinese text into English",
        description="Print the translation; lines, lists, addresses and whatever is not Chinese "
        "stay as they are. Sentences that the model doubts are named on standard error. "
        "A file is one text, not one text a line.",
    )
    add_inputs(parser, file_help="a file with the text")
    add_beam(parser)
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="write FILE instead: " + ", ".join(one.suffix for one in FORMATS.values()),
    )
    parser.set_defaults(run=run)


def add_beam(parser: argparse.ArgumentParser) -> None:
    """Add the choice between fast and better."""
    parser.add_argument(
        "--beam",
        type=int,
        choices=range(GREEDY, BETTER + 1),
        default=GREEDY,
        metavar="N",
        help=f"hypotheses kept: {GREEDY} is fast (default), {BETTER} is better and slower",
    )


def run(arguments: argparse.Namespace) -> int:
    """Translate the text; return the exit code."""
    if arguments.out is not None:
        format_of(arguments.out)  # a wrong suffix must not cost the work
    text = _read(arguments)
    translator = load_engine(arguments.model, Task.TRANSLATE, Translator)
    result = translator.translate(text, arguments.beam)
    if arguments.out is not None:
        for note in export(result, arguments.out):
            print(f"bubai: {note.message(language())}", file=sys.stderr)
    if arguments.json:
        print_json(as_json(result))
    elif arguments.out is None:
        _print(result)
    return 0


def as_json(result: Translation) -> dict[str, Any]:
    """Return the record that ``--json`` prints."""
    return {
        "text": result.text,
        "translation": result.translation,
        "sentences": [
            {"source": pair.source, "target": pair.target, "score": round(pair.score, 6)}
            for pair in result.sentences
        ],
    }


def _read(arguments: argparse.Namespace) -> str:
    """Return the text, with its lines. Raises FileReadError, EmptyTextError or one of encodings."""
    text: str | None = arguments.text
    if arguments.file is not None or text == "-":
        text = read_text(arguments.file or Path("-"))
    if not text or not text.strip():
        raise EmptyTextError
    return text


def _print(result: Translation) -> None:
    print(result.translation.removesuffix("\n"))
    for pair in result.sentences:
        if pair.is_doubtful:
            # Not in between: what is printed may go into a file.
            print(f"bubai: ? {pair.source} → {pair.target}", file=sys.stderr)
