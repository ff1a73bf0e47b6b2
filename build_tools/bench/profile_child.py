"""Profile what one package does with texts; prints the paths of onnxruntime's profiles as JSON.

Arguments: task, package, folder for the profiles, rounds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnxruntime as ort

from assistant.engine import session
from build_tools.bench.peers import fill, translation, understand
from build_tools.bench.sentences import sentences
from build_tools.bench.texts import REVIEW, texts

_MAKERS: dict[str, tuple[Callable[..., Any], dict[str, Any], list[Any]]] = {
    "fill": (fill.engine, {"length": 1}, texts(128)),
    "understand": (understand.engine, {}, [{"text": REVIEW}]),
    "translate": (translation.engine, {"beams": 1}, sentences(20)),
}


def main() -> None:
    """Run the package with profiling on."""
    task, package, folder, rounds = sys.argv[1:]
    opened: list[Any] = []

    def profiled(model: str, options: Any, **named: Any) -> Any:
        options.enable_profiling = True
        options.profile_file_prefix = str(Path(folder) / f"{task}-{Path(model).stem}")
        opened.append(plain(model, options, **named))
        return opened[-1]

    plain = ort.InferenceSession
    session.ort.InferenceSession = profiled
    maker, options, payloads = _MAKERS[task]
    run = maker(package=package, **options)
    before = time.process_time()
    for _ in range(int(rounds)):
        for payload in payloads:
            run(payload)
    seconds = time.process_time() - before
    files = [one.end_profiling() for one in opened]
    count = int(rounds) * len(payloads)
    print(json.dumps({"files": files, "ms": seconds * 1000 / count, "runs": count}))


if __name__ == "__main__":
    main()
