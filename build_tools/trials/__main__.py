"""Hard trials of the real app: kill it, wear it out, cut its network, shrink its screen.

Usage: ``python -m build_tools.trials faults|soak|network|scaling|frozen|shots [--help]``
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from build_tools.trials.faults import run_faults
from build_tools.trials.frozen import run_frozen
from build_tools.trials.network import run_network
from build_tools.trials.scalings import SCREENS, run_scaling
from build_tools.trials.shots import take_shots
from build_tools.trials.soak import run_soak


def main() -> int:
    """Run one trial; return 0 when it was passed."""
    parser = argparse.ArgumentParser(prog="build_tools.trials", description=__doc__)
    trials = parser.add_subparsers(title="trials", metavar="TRIAL", required=True)
    faults = trials.add_parser("faults", help="kill the app while it writes; count what is lost")
    faults.add_argument("--kills", type=int, default=200)
    faults.add_argument("--seed", type=int, default=1)
    faults.set_defaults(run=_faults)
    soak = trials.add_parser("soak", help="thousands of random actions in the window")
    soak.add_argument("--actions", type=int, default=10_000)
    soak.add_argument("--seed", type=int, default=1)
    soak.set_defaults(run=_soak)
    network = trials.add_parser("network", help="use everything with the network cut")
    network.set_defaults(run=_network)
    scaling = trials.add_parser("scaling", help="small and scaled screens: what is cut off")
    scaling.add_argument("--out", type=Path, help="folder for pictures of everything")
    scaling.set_defaults(run=_scaling)
    frozen = trials.add_parser("frozen", help="start dist/Bubai from 中文 路径, network cut")
    frozen.add_argument("--app", type=Path, default=Path("dist/Bubai"))
    frozen.add_argument("--starts", type=int, default=4)
    frozen.add_argument("--picture", type=Path, help="where to put a picture of the screen")
    frozen.set_defaults(run=_frozen)
    shots = trials.add_parser("shots", help="photograph the window for the guide")
    shots.add_argument("--out", type=Path, default=Path("resources/guide"))
    shots.set_defaults(run=_shots)
    arguments = parser.parse_args()
    return arguments.run(arguments)


def _faults(arguments: argparse.Namespace) -> int:
    report = run_faults(arguments.kills, arguments.seed)
    print(report)
    return 1 if report.losses else 0


def _soak(arguments: argparse.Namespace) -> int:
    report = run_soak(arguments.actions, arguments.seed)
    print(report)
    return 0 if report.passed else 1


def _network(_arguments: argparse.Namespace) -> int:
    report = run_network()
    print(report)
    return 0 if report.passed else 1


def _scaling(arguments: argparse.Namespace) -> int:
    found: list[str] = []
    for screen in SCREENS:
        wrong = run_scaling(screen, arguments.out)
        print(f"{screen}: {len(wrong)} wrong", *wrong, sep="\n  ", flush=True)
        found += wrong
    return 1 if found else 0


def _frozen(arguments: argparse.Namespace) -> int:
    passed = True
    for start in run_frozen(arguments.app, arguments.starts, arguments.picture):
        print(start, flush=True)
        passed = passed and start.passed
    return 0 if passed else 1


def _shots(arguments: argparse.Namespace) -> int:
    for path in take_shots(arguments.out):
        print(path, path.stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
