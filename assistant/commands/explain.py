"""``explain``: which characters speak for a word in a blank. No Qt here."""

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
from assistant.commands.fill import LENGTHS
from assistant.engine.explain import explain
from assistant.errors import NoBlankError
from assistant.records import Explanation, FillRequest
from assistant.text.masks import find_spans, with_length


def add_parser(commands: Any) -> None:
    """Add the command and its options to the sub-parsers ``commands``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "explain",
        help="show which characters of the context speak for a word in a blank",
        description="Each character near the blank is hidden once; the change of ln P(word) is "
        "its vote: positive speaks for the word, negative against it.",
    )
    add_inputs(parser)
    parser.add_argument("--blank", type=int, default=1, metavar="N", help="which blank, from 1")
    parser.add_argument("--words", default="", metavar="A,B", help="explain these instead")
    parser.add_argument("--top", type=int, choices=range(1, 21), default=3, metavar="N")
    parser.add_argument("--length", choices=LENGTHS, default="auto", help="length of a single mark")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Explain one blank of every input; return the exit code."""
    inputs = read_inputs(arguments)
    filler = load_filler(arguments)
    length = None if arguments.length == "auto" else int(arguments.length)
    words = tuple(word for word in arguments.words.replace("，", ",").split(",") if word)

    def answer(line: InputLine) -> None:
        spans = with_length(find_spans(line.text), length)
        if spans and not 1 <= arguments.blank <= len(spans):
            raise NoBlankError
        request = FillRequest(line.text, spans, arguments.top)
        explanation = explain(filler, request, arguments.blank - 1, words)
        if arguments.json:
            print_json(as_json(line.text, explanation))
        else:
            _print(line.text, explanation)

    return for_each(inputs, answer)


def as_json(text: str, explanation: Explanation) -> dict[str, object]:
    """Return the record that ``--json`` prints; effects in nats."""
    return {
        "text": text,
        "start_char": explanation.span.start_char,
        "end_char": explanation.span.end_char,
        "words": [
            {
                "text": word.text,
                "confidence": round(word.confidence, 6),
                "votes": [
                    {
                        "start_char": vote.start_char,
                        "character": vote.character,
                        "effect": round(vote.effects[i], 4),
                    }
                    for vote in explanation.votes
                ],
                "evidence": [
                    {
                        "left": e.left,
                        "right": e.right,
                        "count": e.count,
                        "personal": e.personal,
                        "in_text": e.in_text,
                    }
                    for e in word.evidence
                ],
            }
            for i, word in enumerate(explanation.words)
        ],
        "elapsed_ms": round(explanation.elapsed_ms, 2),
    }


def _print(text: str, explanation: Explanation) -> None:
    print(text)
    for i, word in enumerate(explanation.words):
        votes = sorted(explanation.votes, key=lambda vote: -abs(vote.effects[i]))[:8]
        listed = "  ".join(f"{vote.character} {vote.effects[i]:+.2f}" for vote in votes)
        print(f"  {word.text} {percent(word.confidence)}  ←  {listed}")
        for seen in word.evidence:
            about = "" if seen.personal or seen.in_text else "≈"
            place = "in the text" if seen.in_text else seen.personal
            where = f"  [{place}]" if place else ""
            print(f"      {seen.left}□{seen.right} ← {word.text}: {about}{seen.count}{where}")
