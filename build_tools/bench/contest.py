"""Variants side by side: each in a process of its own, asked in turn, in one run.

Ratios within one run can be compared across machines; milliseconds cannot.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from build_tools.bench.samples import Samples
from build_tools.bench.settings import Settings

_WARM_UP = 2


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to do the work: ``maker`` is a name in ``peers.MAKERS``, ``options`` its arguments."""

    name: str
    description: str
    maker: str
    options: dict[str, Any]
    cases: tuple[str, ...] | None = None
    """The cases it takes part in; None: all."""

    def takes(self, case: str) -> bool:
        """Return whether it takes part in ``case``."""
        return self.cases is None or case in self.cases


@dataclass(frozen=True, slots=True)
class Case:
    """Payloads of one size; ``rounds`` overrides how often they are asked.

    One that is not timed is asked for its answers' sake.
    """

    name: str
    payloads: tuple[Any, ...]
    rounds: int | None = None
    warm_up: int = _WARM_UP
    is_timed: bool = True


@dataclass(frozen=True, slots=True)
class Contest:
    """What is compared: the first variant is what the others are measured against."""

    name: str
    variants: tuple[Variant, ...]
    cases: tuple[Case, ...]


@dataclass(slots=True)
class Entry:
    """What one variant did in one repeat. Memory in MB, load in ms."""

    load_ms: float = 0.0
    resident_mb: float = 0.0
    peak_mb: float = 0.0
    cases: dict[str, Samples] = field(default_factory=dict)


Repeat = dict[str, Entry]
"""Variant name → what it did."""


class Process:
    """A worker in a process of its own."""

    def __init__(self, variant: Variant, log: Path) -> None:
        threads = str(variant.options.get("threads", 1))
        self._log = log.open("w", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "build_tools.bench.worker", variant.maker],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": threads, "HF_HUB_OFFLINE": "1"},
        )
        self._name = variant.name

    def close(self) -> None:
        """End the process."""
        self._process.communicate()
        self._log.close()

    def ask(self, payload: object) -> dict[str, Any]:
        """Return the worker's answer. Raises RuntimeError with what it said when it died."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(payload) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # what it printed before it died says why
        line = self._process.stdout.readline()
        if not line:
            said = Path(self._log.name).read_text("utf-8").strip().splitlines()
            raise RuntimeError(f"{self._name} failed: {said[-1] if said else 'no word'}")
        return json.loads(line)


class Here:
    """A worker in this process: what it says of memory and load means nothing."""

    def __init__(self, variant: Variant) -> None:
        from build_tools.bench.worker import Worker

        self._worker = Worker(variant.maker)

    def ask(self, payload: object) -> dict[str, Any]:
        """Return the worker's answer."""
        return self._worker.answer(payload)

    def close(self) -> None:
        """Nothing is to be ended."""


class Peer:
    """A variant that is asked and keeps what it took."""

    def __init__(self, variant: Variant, worker: Process | Here) -> None:
        self.variant, self._worker = variant, worker
        self.entry = Entry(load_ms=worker.ask(variant.options)["ms"])

    def time(self, case: str, payload: object, *, keep: bool) -> None:
        """Time one payload; ``keep=False`` warms up."""
        answer = self._worker.ask(payload)
        self.entry.resident_mb = max(self.entry.resident_mb, answer["resident_mb"])
        self.entry.peak_mb = max(self.entry.peak_mb, answer["peak_mb"])
        if keep:
            self.entry.cases.setdefault(case, Samples()).add(answer)


def hold(contest: Contest, settings: Settings, *, rounds: int | None = None) -> list[Repeat]:
    """Run ``contest`` as often as ``settings`` says, with fresh processes each time.

    Within a round (``rounds`` wins over the settings) the variants take turns at every payload,
    and another one begins each time. A quick run asks one payload a case, without warming
    up and without processes.
    """
    logs = settings.folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    most = 1 if settings.quick else rounds or settings.rounds
    if settings.quick:
        cases = (replace(case, payloads=case.payloads[:1], warm_up=0) for case in contest.cases)
        contest = replace(contest, cases=tuple(cases))
        return [_once(contest, most, None)]
    return [_once(contest, most, logs) for _ in range(settings.repeats)]


def _once(contest: Contest, rounds: int, logs: Path | None) -> Repeat:
    with ExitStack() as stack:
        peers: list[Peer] = []
        for variant in contest.variants:
            log = logs / f"{contest.name}-{variant.name}.log" if logs else None
            worker = Process(variant, log) if log else Here(variant)
            stack.callback(worker.close)
            peers.append(Peer(variant, worker))
        for case in contest.cases:
            taking = [peer for peer in peers if peer.variant.takes(case.name)]
            most = min(rounds, case.rounds or rounds)
            for turn in range(-case.warm_up, most):
                for payload in case.payloads:
                    taking = taking[1:] + taking[:1]
                    for peer in taking:
                        peer.time(case.name, payload, keep=turn >= 0)
        return {peer.variant.name: peer.entry for peer in peers}


def pooled(repeats: Sequence[Repeat], variant: str, case: str, what: str) -> list[float]:
    """Return the samples ``what`` ("wall", "cpu", "inside") of all repeats together."""
    found: list[float] = []
    for repeat in repeats:
        if case in repeat[variant].cases:
            found += getattr(repeat[variant].cases[case], what)
    return found
