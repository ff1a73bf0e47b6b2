"""Answer the schedule with eight threads in one way; prints one JSON object.

Ways: ``one`` engine for all threads, a lock before each model; ``side`` by side, an engine a
thread over one session a model; ``batch``, the same through micro-batches.
"""

from __future__ import annotations

import argparse
import json
import threading
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import onnxruntime as ort

from assistant.diagnostics import resident_bytes
from assistant.engine.fill import Filler
from assistant.engine.package import load_package
from assistant.engine.translate import Translator
from assistant.engine.understand import Understander
from assistant.errors import BubaiError
from assistant.records import FillRequest, Task
from assistant.text.masks import find_spans, with_length
from build_tools.bench.load.microbatch import MicroBatch
from build_tools.bench.load.requests import Request, schedule
from build_tools.bench.samples import percentile
from build_tools.bench.texts import LABELS

THREADS = 8
WAYS = ("one", "side", "batch")


@dataclass(slots=True)
class Tally:
    """Milliseconds from when a request was due to its answer; who got none."""

    delays: dict[str, list[float]] = field(default_factory=dict)
    dropped: int = 0


class Engines:
    """What answers in one thread."""

    def __init__(self, models: Path, locks: dict[str, AbstractContextManager[Any]]) -> None:
        self.filler = Filler(load_package(models / "fill", Task.FILL), threads=1)
        understand = load_package(models / "understand", Task.UNDERSTAND)
        self.understander = Understander(understand, threads=1)
        self.translator = Translator(load_package(models / "translate", Task.TRANSLATE), threads=1)
        self.locks = locks

    def gather(self, fronts: dict[str, MicroBatch], wait_seconds: float) -> None:
        """Ask through the micro-batches of ``fronts``, made of our own sessions if there are none.

        A translation is many small steps that depend on each other: they are not gathered.
        """
        predictor, classifier = self.filler.predictor, self.understander._classifier
        if not fronts:
            pads = {"fill": self.filler.vocabulary.pad, "understand": classifier.tokenizer.pad}
            sessions = {"fill": predictor._session, "understand": classifier._session}
            for name, session in sessions.items():
                fronts[name] = MicroBatch(session, pad=pads[name], wait_seconds=wait_seconds)
        predictor._session, classifier._session = fronts["fill"], fronts["understand"]

    def answer(self, request: Request) -> object:
        """Answer ``request``. Raises BubaiError."""
        with self.locks[request.kind.split(",", 1)[0]]:
            if request.kind.startswith("fill"):
                length = 1 if request.kind == "fill" else None
                spans = with_length(find_spans(request.text), length)
                return self.filler.fill(FillRequest(request.text, spans))
            if request.kind == "sentiment":
                return self.understander.sentiment.analyse(request.text)
            if request.kind == "labels":
                return self.understander.labels.classify(request.text, LABELS[:5])
            return self.translator.translate(request.text)


def engines(way: str, models: Path, wait_seconds: float) -> list[Engines]:
    """Return what each thread asks."""
    kinds = ("fill", "sentiment", "labels", "translate")
    if way == "one":
        understanding = threading.Lock()
        locks: dict[str, Any] = {kind: threading.Lock() for kind in kinds}
        locks |= dict.fromkeys(("sentiment", "labels"), understanding)
        return [Engines(models, locks)] * THREADS
    load_once()
    free = dict.fromkeys(kinds, nullcontext())
    found = [Engines(models, free) for _ in range(THREADS)]
    fronts: dict[str, MicroBatch] = {}
    if way == "batch":
        for each in found:
            each.gather(fronts, wait_seconds)
    return found


def load_once() -> None:
    """Let all engines of this process share one onnxruntime session a graph."""
    plain, made = ort.InferenceSession, dict[str, Any]()

    def shared(model: str, *arguments: Any, **named: Any) -> Any:
        if model not in made:
            made[model] = plain(model, *arguments, **named)
        return made[model]

    ort.InferenceSession = shared


def work(mine: Engines, waiting: SimpleQueue[Request | None], begun: float, tally: Tally) -> None:
    """Answer what is due, until the end."""
    while (request := waiting.get()) is not None:
        early = begun + request.due - time.perf_counter()
        if early > 0:
            time.sleep(early)
        try:
            mine.answer(request)
        except BubaiError:
            tally.dropped += 1
            continue
        delay = (time.perf_counter() - begun - request.due) * 1000
        tally.delays.setdefault(request.kind, []).append(delay)


def main() -> None:
    """Run one way and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("models", type=Path)
    parser.add_argument("--rate", type=float, default=50.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--wait-ms", type=float, default=0.0, help="batch: wait for company")
    arguments = parser.parse_args()
    each = engines(arguments.way, arguments.models, arguments.wait_ms / 1000)
    for request in schedule(40, 1.0, seed=99):  # warm up
        each[0].answer(request)
    planned = schedule(arguments.rate, arguments.seconds)
    waiting: SimpleQueue[Request | None] = SimpleQueue()
    for request in (*planned, *[None] * THREADS):
        waiting.put(request)
    tallies = [Tally() for _ in range(THREADS)]
    begun, used = time.perf_counter(), time.process_time()
    threads = [
        threading.Thread(target=work, args=(mine, waiting, begun, tally))
        for mine, tally in zip(each, tallies, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cpu = time.process_time() - used
    print(json.dumps({"requests": len(planned), "cpu_seconds": cpu, **_figures(tallies)}))


def _figures(tallies: list[Tally]) -> dict[str, Any]:
    by_kind: dict[str, list[float]] = {}
    for tally in tallies:
        for kind, delays in tally.delays.items():
            by_kind.setdefault(kind, []).extend(delays)
    delays = [delay for found in by_kind.values() for delay in found]
    return {
        "p50_ms": percentile(delays, 50),
        "p99_ms": percentile(delays, 99),
        "kinds": {kind: [percentile(d, 50), percentile(d, 99)] for kind, d in by_kind.items()},
        "dropped": sum(tally.dropped for tally in tallies),
        "answered": len(delays),
        "resident_mb": resident_bytes() / 1e6,
    }


if __name__ == "__main__":
    main()
