"""Measure the engine beside what people would use instead, and write BENCHMARKS.md.

``python -m build_tools.bench`` runs all parts (about half an hour on a quiet machine); a run that
was stopped goes on where it was. ``part NAME …`` runs some, ``report`` writes the report again,
``check RUN.json`` compares the ratios of a run with those in docs/benchmarks.json that a processor
with the same instructions reached.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import fields, replace
from pathlib import Path

from build_tools.bench.machine import was_quiet
from build_tools.bench.parts import PARTS
from build_tools.bench.plot import plot
from build_tools.bench.report import PLOT, noise, report
from build_tools.bench.runner import RUN_NAME, Run, run_parts
from build_tools.bench.settings import Settings
from build_tools.bench.stored import kind_of, read_stored, regressions, write_stored

_REPORT, _STORED = Path("BENCHMARKS.md"), Path("docs/benchmarks.json")
_PATHS = ("folder", "models")
_NOTHING_TO_COMPARE = 2


def main() -> int:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command")
    everything = commands.add_parser("all", help="run all parts and write the report (default)")
    some = commands.add_parser("part", help="run some parts")
    some.add_argument("names", nargs="+", choices=PARTS, metavar="NAME", help=", ".join(PARTS))
    again = commands.add_parser("report", help="write the report of what was measured")
    for command in (everything, some, again):
        _add_settings(command)
    check = commands.add_parser(
        "check", help="exit with 1 when a ratio is worse than the stored, 2 when none is"
    )
    check.add_argument("run", type=Path, help=f"a {RUN_NAME}")
    check.add_argument("--stored", type=Path, default=_STORED)
    arguments = parser.parse_args(sys.argv[1:] or ["all"])
    if arguments.command == "check":
        return _check(arguments.run, arguments.stored)
    settings = _settings(arguments)
    names = {"all": list(PARTS), "part": getattr(arguments, "names", []), "report": []}
    run = run_parts(settings, names[arguments.command], fresh=arguments.fresh)
    if arguments.command != "part":
        write(run, settings, publish=arguments.publish)
    return int(any("error" in part for part in run["parts"].values()))


def write(run: Run, settings: Settings, *, publish: bool) -> None:
    """Write report, ratios and picture beside the run; to their places in the source if quiet.

    ``publish`` writes them there whatever else the machine did.
    """
    is_quiet = all(was_quiet(part) for part in run["parts"].values())
    others = read_stored(_STORED)
    is_whole = set(run["parts"]) == set(PARTS) and not settings.quick
    places = [settings.folder / "report"]
    if publish or (is_quiet and is_whole):
        places.append(Path())
    for place in places:
        (place / _STORED).parent.mkdir(parents=True, exist_ok=True)
        (place / _REPORT).write_text(report(run, others), encoding="utf-8")
        write_stored(run, place / _STORED)
        plot(run, place / PLOT)
        print(f"written: {(place / _REPORT).resolve()}")
    if len(places) == 1:
        print("Not published to the source: the run is a part or quick, or the machine was busy.")
        print(noise(run))
        print("`report --publish` publishes it all the same.")


def _check(path: Path, stored: Path) -> int:
    run = json.loads(path.read_text("utf-8"))
    kind = kind_of(run["machine"])
    before = read_stored(stored).get(kind)
    if before is None:
        print(f"{stored} has no run on a processor with {kind or 'unknown instructions'}")
        return _NOTHING_TO_COMPARE
    found = regressions(run, before)
    for line in found:
        print(line)
    print(f"{len(found)} ratios are worse than in {stored}" if found else "no ratio is worse")
    return int(bool(found))


def _add_settings(parser: argparse.ArgumentParser) -> None:
    default = Settings()
    parser.add_argument("--repeats", type=int, default=default.repeats)
    parser.add_argument("--rounds", type=int, default=default.rounds)
    parser.add_argument("--quick", action="store_true", help="show that all runs: no figures")
    parser.add_argument("--fresh", action="store_true", help="measure anew what is done already")
    parser.add_argument("--publish", action="store_true", help="even if the machine was busy")
    for name in _PATHS:
        parser.add_argument(f"--{name}", type=Path, default=getattr(default, name))


def _settings(arguments: argparse.Namespace) -> Settings:
    given = {field.name: getattr(arguments, field.name) for field in fields(Settings)}
    settings = Settings(**given)
    return replace(settings, repeats=1, rounds=1) if settings.quick else settings


if __name__ == "__main__":
    sys.exit(main())
