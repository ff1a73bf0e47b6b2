"""``fill``: candidates for the blanks of a text. No Qt here."""

from __future__ import annotations

import argparse
from typing import Any

from assistant.commands.common import (
    InputLine,
    add_inputs,
    for_each,
    load_filler,
    percent,
    print_json,
    read_inputs,
)
from assistant.records import FillRequest, FillResult, SpanFill
from assistant.text.listed import listed_words
from assistant.text.masks import find_spans, with_length

LENGTHS = ("auto", "1", "2", "3", "4")


def add_parser(commands: Any) -> None:
    """Add the command and its options to the sub-parsers ``commands``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "fill",
        help="fill the blanks of a text: [MASK], 【MASK】, ____, （　　）, □",
        description="Print the best fills of every blank, and of all blanks together. "
        "One [MASK] is a word of unknown length; [MASK][MASK] has exactly two characters.",
    )
    add_inputs(parser)
    parser.add_argument("--top", type=int, choices=range(1, 101), default=5, metavar="N")
    parser.add_argument("--length", choices=LENGTHS, default="auto", help="length of a single mark")
    parser.add_argument("--score", action="append", default=[], metavar="WORD", help="score a word")
    parser.add_argument(
        "--choices",
        type=_words,
        default=(),
        metavar="A,B,C",
        help="how likely each word is of these",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Fill every input; return the exit code of the last one that failed, else 0."""
    inputs = read_inputs(arguments)
    filler = load_filler(arguments)

    def answer(line: InputLine) -> None:
        result = filler.fill(_request(line, arguments))
        if arguments.json:
            print_json(as_json(result))
        else:
            _print(result)

    return for_each(inputs, answer)


def _request(line: InputLine, arguments: argparse.Namespace) -> FillRequest:
    length = None if arguments.length == "auto" else int(arguments.length)
    spans = with_length(find_spans(line.text), length)
    return FillRequest(
        line.text, spans, arguments.top, tuple(arguments.score), choices=arguments.choices
    )


def _words(listed: str) -> tuple[str, ...]:
    """Read words between commas, Chinese or not. Raises ArgumentTypeError for none."""
    words = listed_words(listed)
    if not words:
        raise argparse.ArgumentTypeError("no word between the commas")
    return words


def as_json(result: FillResult) -> dict[str, object]:
    """Return the record that ``--json`` prints."""
    return {
        "text": result.text,
        "spans": [_span_json(fill) for fill in result.spans],
        "joint": [
            {"fills": list(joint.fills), "confidence": round(joint.confidence, 6)}
            for joint in result.joint
        ],
        "elapsed_ms": round(result.elapsed_ms, 2),
    }


def _span_json(fill: SpanFill) -> dict[str, object]:
    record: dict[str, object] = {
        "start_char": fill.span.start_char,
        "end_char": fill.span.end_char,
        "candidates": [
            {"text": candidate.text, "confidence": round(candidate.confidence, 6)}
            for candidate in fill.candidates
        ],
    }
    if fill.scored:
        record["scored"] = [
            {
                "text": word.text,
                "confidence": round(word.confidence, 9),
                "rank": word.rank,
            }
            for word in fill.scored
        ]
    if fill.choices:
        record["choices"] = [
            {"text": choice.text, "confidence": round(choice.confidence, 6)}
            for choice in fill.choices
        ]
    return record


def _print(result: FillResult) -> None:
    print(result.text)
    for number, fill in enumerate(result.spans, start=1):
        listed = [f"{c.text} {percent(c.confidence)}" for c in fill.candidates]
        listed += [
            f"({_rank(word.rank)}) {word.text} {percent(word.confidence, 2)}"
            for word in fill.scored
        ]
        print(f"  {number}. " + "  ".join(listed))
        if fill.choices:
            print("  ? " + "  ".join(f"{c.text} {percent(c.confidence)}" for c in fill.choices))
    if len(result.spans) > 1:
        for joint in result.joint:
            print(f"  = {' / '.join(joint.fills)}  {percent(joint.confidence)}")


def _rank(rank: int | None) -> str:
    return f"#{rank}" if rank is not None else "#>100"
