"""The engine alone in a process: how long each model loads, its first answer, and the memory.

Prints one JSON object; argument: the folder of the packages.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.diagnostics import resident_bytes
from build_tools.bench.child import born
from build_tools.bench.texts import LABELS, REVIEW, texts

Found = dict[str, float]


def main() -> None:
    """Load the three packages one after another, use each, and print what was measured."""
    models = Path(sys.argv[1])
    found: Found = {"started_ms": (time.monotonic() - born()) * 1000}
    found["empty_mb"] = resident_bytes() / 1e6
    for name, load in (("fill", _fill), ("understand", _understand), ("translate", _translate)):
        before = time.perf_counter()
        use = load(models / name)
        loaded = time.perf_counter()
        use()
        first = time.perf_counter()
        found |= {
            f"{name}_load_ms": (loaded - before) * 1000,
            f"{name}_first_ms": (first - loaded) * 1000,
        }
        for _ in range(20):
            use()
        found[f"{name}_mb"] = resident_bytes() / 1e6
        found |= {f"{name}_{kind}_mb": size for kind, size in _memory().items()}
    print(json.dumps(found))


def _fill(folder: Path) -> Callable[[], object]:
    from assistant.engine.fill import Filler
    from assistant.engine.package import load_package
    from assistant.records import FillRequest, Task
    from assistant.text.masks import find_spans

    filler = Filler(load_package(folder, Task.FILL), threads=1)
    requests = [FillRequest(text, find_spans(text)) for text in texts(60)]

    def use() -> object:
        filler.predictor.forget()
        return [filler.fill(request) for request in requests[:1]]

    return use


def _understand(folder: Path) -> Callable[[], object]:
    from assistant.engine.package import load_package
    from assistant.engine.understand import Understander
    from assistant.records import Task

    understander = Understander(load_package(folder, Task.UNDERSTAND), threads=1)

    def use() -> object:
        understander.sentiment.forget()
        understander.labels.forget()
        mood = understander.sentiment.analyse(REVIEW)
        return mood, understander.labels.classify(REVIEW, LABELS[:5])

    return use


def _translate(folder: Path) -> Callable[[], object]:
    from assistant.engine.package import load_package
    from assistant.engine.translate import Translator
    from assistant.records import Task

    translator = Translator(load_package(folder, Task.TRANSLATE), threads=1)

    def use() -> object:
        translator.forget()
        return translator.translate(REVIEW)

    return use


def _memory() -> dict[str, Any]:
    """Return the memory of this process alone, and that of files it has mapped, in MB."""
    path = Path("/proc/self/status")
    if not path.is_file():
        return {}
    fields = dict(
        line.split(":", 1) for line in path.read_text("ascii").splitlines() if ":" in line
    )
    names = {"own": "RssAnon", "mapped": "RssFile"}
    return {kind: int(fields[name].split()[0]) * 1024 / 1e6 for kind, name in names.items()}


if __name__ == "__main__":
    main()
