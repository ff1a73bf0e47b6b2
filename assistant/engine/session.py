"""Run ONNX graphs. The only module that imports onnxruntime."""

# onnxruntime comes without types: strict checking would only repeat that.
# pyright: standard

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

# Since 1.29 onnxruntime reports to its maker over the network. Set before it is loaded, this keeps
# it from making an uploader, an identifier or a cache: microsoft/onnxruntime#27379, #29843.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as ort

from assistant.engine.cancel import Cancel
from assistant.errors import ModelFormatError, OutOfMemoryError

_SHORTAGES = ("Failed to allocate memory", "bad_alloc", "bad allocation", "out of memory")

# On Windows the switch above is not known; there it writes events to the system's trace.
ort.disable_telemetry_events()
ort.set_default_logger_severity(4)


def default_threads() -> int:
    """Return the number of intra-op threads: half of the logical cores, at least 1, at most 4.

    That leaves as many to the window and to the other models.
    """
    return max(1, min(4, (os.cpu_count() or 2) // 2))


class OnnxSession:
    """One loaded graph. May be run from any thread, by one thread at a time."""

    def __init__(self, model: Path, *, threads: int | None = None) -> None:
        """Load ``model``; external data beside it is mapped, not copied.

        Raises ModelFormatError when onnxruntime cannot read the graph.
        """
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads or default_threads()
        options.inter_op_num_threads = 1
        # Rows differ in length from run to run: a plan for each shape is hardly used again, and
        # its one piece for everything makes the arena take twice as much as it needs.
        options.enable_mem_pattern = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = ort.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises pybind classes without a common base
            if _is_shortage(error):
                raise OutOfMemoryError(type(error).__name__) from error
            raise ModelFormatError(
                str(error), folder=model.parent.name, reason=model.name
            ) from error
        self.inputs: tuple[str, ...] = tuple(node.name for node in self._session.get_inputs())
        self.outputs: tuple[str, ...] = tuple(node.name for node in self._session.get_outputs())
        self._names = list(self.outputs)

    def run(
        self, feeds: Mapping[str, NDArray[np.generic]], cancel: Cancel | None = None
    ) -> list[NDArray[np.float32]]:
        """Run the graph on ``feeds`` and return its outputs in order.

        Raises Cancelled when ``cancel`` was thrown before or while it ran, and OutOfMemoryError.
        """
        options = ort.RunOptions()
        if cancel is not None:
            cancel.enter(options)
        try:
            outputs = self._session.run(self._names, dict(feeds), options)
            return cast("list[NDArray[np.float32]]", outputs)
        except Exception as error:
            if cancel is not None:
                cancel.check()
            if _is_shortage(error):
                raise OutOfMemoryError(type(error).__name__) from error
            raise
        finally:
            if cancel is not None:
                cancel.leave()


def _is_shortage(error: Exception) -> bool:
    """Return whether onnxruntime ran out of memory; it has no exception of its own for that."""
    return isinstance(error, MemoryError) or any(words in str(error) for words in _SHORTAGES)
