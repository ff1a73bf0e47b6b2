"""One run of a fill graph as it stands, with the session options of a trial.

Payloads: ``{"row": ids, "column": n}`` for one timed run; ``{"rows": […], "columns": […]}`` asks
for the best token of each (not timed with the others).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from assistant.engine.memory_feed import Feeder

Run = Callable[[Any], object]
Feeds = dict[str, NDArray[Any]]
_PLAIN_INPUTS = 4
_LEVELS = {"none": 0, "basic": 1, "extended": 2, "all": 99}


def session(
    model: str,
    package: str,
    threads: int = 1,
    fusion: str = "all",
    spinning: bool = False,
    entries: dict[str, str] | None = None,
    arena: bool = True,
    pattern: bool = True,
    binding: bool = False,
) -> Run:
    """Run ``model``, a graph for ``package``, with these options of onnxruntime.

    The first ones are the app's.
    """
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.graph_optimization_level = ort.GraphOptimizationLevel(_LEVELS[fusion])
    options.enable_cpu_mem_arena, options.enable_mem_pattern = arena, pattern
    options.add_session_config_entry("session.intra_op.allow_spinning", str(int(spinning)))
    for name, value in (entries or {}).items():
        options.add_session_config_entry(name, value)
    loaded = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    once = _bound(loaded) if binding else _plain(loaded)
    feeder = _feeder(Path(package)) if len(loaded.get_inputs()) > _PLAIN_INPUTS else None

    def run(payload: dict[str, Any]) -> object:
        if "rows" not in payload:
            return once(feeds(payload["row"], payload["column"], feeder))
        places = zip(payload["rows"], payload["columns"], strict=True)
        best = [int(once(feeds(row, column, feeder))[0].argmax()) for row, column in places]
        return {"best": best}

    return run


def feeds(row: list[int], column: int, feeder: Feeder | None) -> Feeds:
    """Return the inputs of a fill graph for one blank; a memory-fed one has a ``feeder``."""
    ids = np.array([row], dtype=np.int64)
    plain: Feeds = {
        "input_ids": ids,
        "attention_mask": np.ones_like(ids),
        "rows": np.zeros(1, dtype=np.int64),
        "columns": np.array([column], dtype=np.int64),
    }
    if feeder is None:
        return plain
    feed = feeder.feed(ids)
    return plain | {"memory_ids": feed.ids, "memory_probs": feed.probabilities}


def _feeder(package: Path) -> Feeder:
    from assistant.engine.memory import PhraseMemory
    from assistant.engine.memory_feed import Feeder
    from assistant.engine.package import load_package
    from assistant.engine.tokenizer import Vocabulary
    from assistant.records import Task

    found = load_package(package, Task.FILL, verify=False)
    vocabulary = Vocabulary(found)
    memory = PhraseMemory.open(found.path(str(found.manifest.memory)))
    return Feeder(memory, vocabulary.tokens, vocabulary.mask)


def _plain(loaded: Any) -> Callable[[Feeds], NDArray[np.float32]]:
    return lambda given: loaded.run(None, given)[0]


def _bound(loaded: Any) -> Callable[[Feeds], NDArray[np.float32]]:
    name = loaded.get_outputs()[0].name

    def once(given: Feeds) -> NDArray[np.float32]:
        binding = loaded.io_binding()
        for key, values in given.items():
            binding.bind_cpu_input(key, values)
        binding.bind_output(name)
        loaded.run_with_iobinding(binding)
        return binding.copy_outputs_to_cpu()[0]

    return once


MAKERS: dict[str, Callable[..., Run]] = {"graph.session": session}
