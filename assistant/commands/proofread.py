"""``proofread``: characters that are probably wrong. No Qt here."""

from __future__ import annotations

import argparse
from typing import Any

from assistant.cloze.lexicon import Lexicon
from assistant.cloze.sounds import Sounds
from assistant.commands.common import (
    InputLine,
    add_inputs,
    for_each,
    load_filler,
    percent,
    print_json,
    read_inputs,
)
from assistant.engine.fill import Filler
from assistant.engine.proofread import Proofreader, ProofSource
from assistant.paths import find_paths
from assistant.records import Proofreading


def add_parser(commands: Any) -> None:
    """Add the command and its options to the sub-parsers ``commands``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "proofread",
        help="find characters that are probably wrong (同音, 形近)",
        description="Print the characters that are probably wrong, with what was meant. "
        "Verse is passed over.",
    )
    add_inputs(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read every input; return the exit code of the last one that failed, else 0."""
    inputs = read_inputs(arguments)
    proofreader = make_proofreader(load_filler(arguments))

    def answer(line: InputLine) -> None:
        result = proofreader.check(line.text)
        if arguments.json:
            print_json(as_json(result))
        else:
            _print(result)

    return for_each(inputs, answer)


def make_proofreader(filler: Filler) -> Proofreader:
    """Return what proof-reads with ``filler``. Raises LexiconError."""
    lexicon = Lexicon(find_paths().resources / "lexicon")
    characters = lexicon.characters
    source = ProofSource(filler, characters, Sounds(characters), lexicon.look_alikes)
    return Proofreader(source, filler.settings)


def as_json(result: Proofreading) -> dict[str, object]:
    """Return the record that ``--json`` prints."""
    return {
        "text": result.text,
        "issues": [
            {
                "start_char": mistake.start_char,
                "end_char": mistake.end_char,
                "found": mistake.found,
                "suggestions": list(mistake.suggestions),
                "confidence": round(mistake.confidence, 6),
                "kind": mistake.kind.value,
            }
            for mistake in result.mistakes
        ],
    }


def _print(result: Proofreading) -> None:
    print(result.text)
    for mistake in result.mistakes:
        suggestions, sure = " ".join(mistake.suggestions), percent(mistake.confidence, 0)
        print(f"  {mistake.start_char}: {mistake.found} → {suggestions}  {sure}")
