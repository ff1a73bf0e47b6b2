"""``classify``: which of one's own labels fit a text. No Qt here."""

from __future__ import annotations

import argparse
from pathlib import Path
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
from assistant.engine.label_rules import DEFAULT_TEMPLATE, check_template, tidy_labels
from assistant.engine.labels import Labeller
from assistant.engine.understand import Understander
from assistant.paths import find_paths
from assistant.records import LabelResult, Task
from assistant.services.label_sets import LabelSet, LabelSets, read_label_set


def add_parser(commands: Any) -> None:
    """Add the command and its options to the sub-parsers ``commands``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "classify",
        help="sort a text by labels of your own",
        description="Print how well each label fits the text, best first. The labels share 100 %; "
        "with --multi each stands for itself.",
    )
    add_inputs(parser)
    add_label_options(parser)
    parser.set_defaults(run=run)


def add_label_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is asked."""
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--labels", metavar="A,B,C", help="the labels, separated by commas")
    group.add_argument("--set", metavar="NAME|FILE", help="a saved label set, or the file of one")
    parser.add_argument("--multi", action="store_true", help="several labels may fit")
    parser.add_argument(
        "--template", metavar="T", help=f"a sentence with {{}} for the label ({DEFAULT_TEMPLATE})"
    )


def run(arguments: argparse.Namespace) -> int:
    """Classify every input; return the exit code of the last one that failed, else 0."""
    inputs = read_inputs(arguments)
    labels = chosen_labels(arguments)
    labeller = load_labeller(arguments)

    def answer(line: InputLine) -> None:
        result = labeller.classify(line.text, labels.labels, labels.template, labels.multi)
        if arguments.json:
            print_json(as_json(result))
        else:
            _print(result)

    return for_each(inputs, answer)


def load_labeller(arguments: argparse.Namespace) -> Labeller:
    """Load the package that the arguments name, or the one in use. Raises ModelError."""
    return load_engine(arguments.model, Task.UNDERSTAND, Understander).labels


def chosen_labels(arguments: argparse.Namespace) -> LabelSet:
    """Return what the arguments ask for.

    Raises NoLabelError and the like, TemplateError, LabelSetMissingError or LabelSetError.
    """
    if arguments.set is None:
        asked = arguments.labels.replace("，", ",").split(",")
        found = LabelSet("", tidy_labels(asked))
    elif arguments.set.lower().endswith(".json"):
        found = read_label_set(Path(arguments.set))
    else:
        paths = find_paths()
        found = LabelSets(paths.resources / "label_sets", paths.label_sets).get(arguments.set)
    template = found.template if arguments.template is None else arguments.template
    check_template(template)
    return LabelSet(found.name, found.labels, template, found.multi or arguments.multi)


def as_json(result: LabelResult) -> dict[str, object]:
    """Return the record that ``--json`` prints."""
    return {
        "text": result.text,
        "labels": [
            {"label": score.label, "confidence": round(score.confidence, 6)}
            for score in result.labels
        ],
    }


def _print(result: LabelResult) -> None:
    print(result.text)
    for score in result.labels:
        print(f"  {percent(score.confidence):>6}  {score.label}")
    if result.was_cut:
        print(in_words("  （只读了文字的开头）", "  (the beginning of the text was read)"))
