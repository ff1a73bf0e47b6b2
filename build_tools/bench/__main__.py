"""Time every variant on the same texts, in turn, in one run; write a Markdown table.

Ratios within one run can be compared across machines; milliseconds cannot.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from build_tools.bench.texts import LENGTHS, texts
from build_tools.bench.variants import VARIANTS

_WARM_UP = 3


class Peer:
    """A variant running in a process of its own."""

    def __init__(self, name: str, arguments: argparse.Namespace) -> None:
        command = [sys.executable, "-m", "build_tools.bench.worker", name]
        command += ["--package", str(arguments.package)]
        command += ["--checkpoint", str(arguments.checkpoint)]
        command += ["--threads", str(arguments.threads)]
        self.name = name
        self.times: dict[int, list[float]] = {length: [] for length in LENGTHS}
        self.cpu: dict[int, list[float]] = {length: [] for length in LENGTHS}
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
    parser.add_argument("--package", type=Path, default=Path("resources/models/fill"))
    parser.add_argument("--checkpoint", type=Path, default=Path("../shared/models/fill-lab"))
    parser.add_argument("--variants", default=",".join(VARIANTS))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=10)
    arguments = parser.parse_args()
    peers = [Peer(name, arguments) for name in arguments.variants.split(",")]
    for length in LENGTHS:
        for turn in range(-_WARM_UP, arguments.rounds):
            for text in texts(length):
                for peer in peers:
                    peer.time(length, text, keep=turn >= 0)
    for peer in peers:
        peer.close()
    print(table(peers))


def table(peers: list[Peer]) -> str:
    """Return the Markdown table: wall milliseconds, CPU time over the first peer's, memory."""
    head = ["variant", *(f"{length} chars, ms (p95)" for length in LENGTHS)]
    head += [*(f"CPU ratio @{length}" for length in LENGTHS), "memory MB", "load ms"]
    rows = [head, ["---"] * len(head)]
    base = peers[0]
    for peer in peers:
        row = [VARIANTS[peer.name].description]
        for length in LENGTHS:
            median, p95 = np.percentile(peer.times[length], [50, 95])
            row.append(f"{median:.1f} ({p95:.1f})")
        for length in LENGTHS:
            row.append(f"{np.median(peer.cpu[length]) / np.median(base.cpu[length]):.2f}×")
        rows.append([*row, f"{peer.resident_mb:.0f}", f"{peer.load_ms:.0f}"])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


if __name__ == "__main__":
    main()
