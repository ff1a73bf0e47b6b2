"""``sentiment``: what a text and each of its sentences feel. No Qt here."""

from __future__ import annotations

import argparse
from typing import Any

from assistant.commands.common import (
    InputLine,
    add_inputs,
    for_each,
    in_words,
    load_engine,
    percent,
    print_json,
    read_inputs,
)
from assistant.engine.sentiment import SentimentAnalyser
from assistant.engine.understand import Understander
from assistant.records import Polarity, Task, TextSentiment

_WORDS = {
    Polarity.NEGATIVE: ("负面", "negative"),
    Polarity.NEUTRAL: ("中性", "neutral"),
    Polarity.POSITIVE: ("正面", "positive"),
}
_SIGNS = {Polarity.NEGATIVE: "-", Polarity.NEUTRAL: "=", Polarity.POSITIVE: "+"}


def add_parser(commands: Any) -> None:
    """Add the command and its options to the sub-parsers ``commands``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "sentiment",
        help="say what a text feels: negative, neutral or positive",
        description="Print the sentiment of the text and of each of its sentences. "
        "Sentences without Chinese are left out.",
    )
    add_inputs(parser)
    parser.add_argument(
        "--why", action="store_true", help="show which words moved each sentence's verdict"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Judge every input; return the exit code of the last one that failed, else 0."""
    inputs = read_inputs(arguments)
    analyser = load_analyser(arguments)

    def answer(line: InputLine) -> None:
        result = analyser.analyse(line.text)
        if arguments.json:
            record = as_json(result)
            if arguments.why:
                _add_words(record, result, analyser)
            print_json(record)
        else:
            _print(result, analyser if arguments.why else None)

    return for_each(inputs, answer)


def load_analyser(arguments: argparse.Namespace) -> SentimentAnalyser:
    """Load the package that the arguments name, or the one in use. Raises ModelError."""
    return load_engine(arguments.model, Task.UNDERSTAND, Understander).sentiment


def as_json(result: TextSentiment) -> dict[str, Any]:
    """Return the record that ``--json`` prints."""
    return {
        "text": result.text,
        "label": result.polarity.value,
        "confidence": round(result.confidence, 6),
        "sentences": [
            {
                "start_char": sentence.start_char,
                "end_char": sentence.end_char,
                "label": sentence.polarity.value,
                "confidence": round(sentence.confidence, 6),
            }
            for sentence in result.sentences
        ],
    }


def _add_words(record: dict[str, Any], result: TextSentiment, analyser: SentimentAnalyser) -> None:
    """Add to each sentence its words with their effects in nats, above 0 for positive."""
    for sentence, entry in zip(result.sentences, record["sentences"], strict=True):
        text = result.text[sentence.start_char : sentence.end_char]
        entry["words"] = [
            {
                "start_char": sentence.start_char + word.start_char,
                "end_char": sentence.start_char + word.end_char,
                "effect": round(word.effect, 4),
            }
            for word in analyser.explain(text)
        ]


def _print(result: TextSentiment, analyser: SentimentAnalyser | None) -> None:
    print(f"{in_words(*_WORDS[result.polarity])} {percent(result.confidence)}")
    for sentence in result.sentences:
        text = result.text[sentence.start_char : sentence.end_char]
        print(f"  {_SIGNS[sentence.polarity]} {percent(sentence.confidence)}  {text}")
        if analyser is not None:
            words = [
                f"{text[word.start_char : word.end_char]} {word.effect:+.2f}"
                for word in analyser.explain(text)
            ]
            print("      " + "  ".join(words))
