"""Time every variant on the same texts, in turn, in one run; write a Markdown table.

Ratios within one run can be compared across machines; milliseconds cannot.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from build_tools.bench.texts import LENGTHS, texts
from build_tools.bench.translation_variants import (
    TRANSLATION_LENGTHS,
    TRANSLATION_VARIANTS,
    sentences,
)
from build_tools.bench.variants import VARIANTS, Variant

_WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Contest:
    """What is compared: variants, and texts of some lengths in characters."""

    variants: dict[str, Variant]
    lengths: tuple[int, ...]
    texts: Callable[[int], list[str]]
    package: Path
    checkpoint: Path


CONTESTS = {
    "fill": Contest(
        VARIANTS, LENGTHS, texts, Path("resources/models/fill"), Path("../shared/models/fill-lab")
    ),
    "translate": Contest(
        TRANSLATION_VARIANTS, TRANSLATION_LENGTHS, sentences,
        Path("resources/models/translate"), Path("work/translate/run/model"),
    ),
}  # fmt: skip


class Peer:
    """A variant running in a process of its own."""

    def __init__(self, name: str, contest: Contest, arguments: argparse.Namespace) -> None:
        command = [sys.executable, "-m", "build_tools.bench.worker", name]
        command += ["--package", str(arguments.package or contest.package)]
        command += ["--checkpoint", str(arguments.checkpoint or contest.checkpoint)]
        command += ["--threads", str(arguments.threads)]
        self.name = name
        self.times: dict[int, list[float]] = {length: [] for length in contest.lengths}
        self.cpu: dict[int, list[float]] = {length: [] for length in contest.lengths}
        self.resident_mb = 0.0
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.load_ms = self._answer()["load_ms"]

    def time(self, length: int, text: str, *, keep: bool) -> None:
        """Time one text; ``keep=False`` warms up."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        answer = self._answer()
        self.resident_mb = max(self.resident_mb, answer["resident_mb"])
        if keep:
            self.times[length].append(answer["ms"])
            self.cpu[length].append(answer["cpu_ms"])

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _answer(self) -> dict[str, float]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"the variant {self.name} failed; run its worker by hand to see why")
        return json.loads(line)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--task", choices=CONTESTS, default="fill")
    parser.add_argument("--package", type=Path)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--variants", help="names, with commas between (default: all)")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--warm-up", type=int, default=_WARM_UP, help="rounds not counted")
    arguments = parser.parse_args()
    contest = CONTESTS[arguments.task]
    names = arguments.variants.split(",") if arguments.variants else list(contest.variants)
    peers = [Peer(name, contest, arguments) for name in names]
    for length in contest.lengths:
        for turn in range(-arguments.warm_up, arguments.rounds):
            for text in contest.texts(length):
                for peer in peers:
                    peer.time(length, text, keep=turn >= 0)
    for peer in peers:
        peer.close()
    print(table(peers, contest))


def table(peers: list[Peer], contest: Contest) -> str:
    """Return the Markdown table: wall and CPU milliseconds, memory."""
    head = ["variant", *(f"{length} chars, ms (p95)" for length in contest.lengths)]
    head += [*(f"CPU @{length}" for length in contest.lengths), "memory MB", "load ms"]
    rows = [head, ["---"] * len(head)]
    base = peers[0]
    for peer in peers:
        row = [contest.variants[peer.name].description]
        for length in contest.lengths:
            median, p95 = np.percentile(peer.times[length], [50, 95])
            row.append(f"{median:.1f} ({p95:.1f})")
        for length in contest.lengths:
            cpu, first = np.median(peer.cpu[length]), np.median(base.cpu[length])
            row.append(f"{cpu:.1f} ms, {cpu / first:.2f}×")
        rows.append([*row, f"{peer.resident_mb:.0f}", f"{peer.load_ms:.0f}"])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


if __name__ == "__main__":
    main()
