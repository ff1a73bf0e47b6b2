"""One run of a fill graph as it stands, with the session options of a trial.

Payloads: ``{"row": ids, "column": n}`` for one timed run; ``{"rows": […], "columns": […]}`` asks
for the best token of each (not timed with the others).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Run = Callable[[Any], object]
Feeds = dict[str, NDArray[np.int64]]
_LEVELS = {"none": 0, "basic": 1, "extended": 2, "all": 99}


def session(
    model: str,
    threads: int = 1,
    fusion: str = "all",
    spinning: bool = False,
    entries: dict[str, str] | None = None,
    arena: bool = True,
    pattern: bool = True,
    binding: bool = False,
) -> Run:
    """Run ``model`` with these options of onnxruntime; the first ones are the app's."""
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

    def run(payload: dict[str, Any]) -> object:
        if "rows" not in payload:
            return once(feeds(payload["row"], payload["column"]))
        places = zip(payload["rows"], payload["columns"], strict=True)
        best = [int(once(feeds(row, column))[0].argmax()) for row, column in places]
        return {"best": best}

    return run


def feeds(row: list[int], column: int) -> Feeds:
    """Return the inputs of a fill graph for one blank."""
    ids = np.array([row], dtype=np.int64)
    return {
        "input_ids": ids,
        "attention_mask": np.ones_like(ids),
        "rows": np.zeros(1, dtype=np.int64),
        "columns": np.array([column], dtype=np.int64),
    }


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
