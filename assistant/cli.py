"""The command line: the same engine without a window. No Qt here.

Exit codes: 0 done; 2 bad usage or input; 3 a problem with a model.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence

from assistant import __version__
from assistant.commands import (
    batch,
    classify,
    cloze,
    explain,
    fill,
    memory,
    models,
    proofread,
    self_test,
    sentiment,
    translate,
)
from assistant.commands.common import language, report
from assistant.errors import BubaiError, NoDisplayError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _write_utf8()
    parsed = _parser().parse_args(arguments)
    try:
        return parsed.run(parsed)
    except BubaiError as error:
        return report(error)
    except BrokenPipeError:
        # The reader (head, less) has seen enough: not an error, and nothing more can be printed.
        sys.stdout = None
        return 0
    except KeyboardInterrupt:
        return 130


def fail_without_display() -> int:
    """Say that there is no display and where to go instead; return the exit code."""
    print(f"bubai: {NoDisplayError().message(language())}", file=sys.stderr)
    return NoDisplayError.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bubai",
        description="补白 Bubai: an offline writing assistant for Chinese. "
        "Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"bubai {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in (
        fill, explain, sentiment, translate, classify, proofread, cloze, memory, models, batch,
        self_test,
    ):  # fmt: skip
        command.add_parser(commands)
    return parser


def _write_utf8() -> None:
    """Print UTF-8 whatever the console's code page: pipes and files must hold what JSON says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
