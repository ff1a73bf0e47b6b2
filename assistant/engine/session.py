"""Run ONNX graphs. The only module that imports onnxruntime."""

# onnxruntime comes without types: strict checking would only repeat that.
# pyright: standard

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from assistant.errors import Cancelled, ModelFormatError

ort.set_default_logger_severity(4)


class Cancel:
    """A switch that one thread holds and another throws: stops a running inference.

    Thread-safe. One fresh object per job; once thrown it stays thrown.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thrown = False
        self._running: ort.RunOptions | None = None

    def throw(self) -> None:
        """Cancel the job; a running inference returns within about 10 ms."""
        with self._lock:
            self._thrown = True
            if self._running is not None:
                self._running.terminate = True

    @property
    def thrown(self) -> bool:
        """Whether the job was cancelled."""
        return self._thrown

    def check(self) -> None:
        """Raise Cancelled if the job was cancelled."""
        if self._thrown:
            raise Cancelled

    def _enter(self) -> ort.RunOptions:
        options = ort.RunOptions()
        with self._lock:
            if self._thrown:
                raise Cancelled
            self._running = options
        return options

    def _leave(self) -> None:
        with self._lock:
            self._running = None


def default_threads() -> int:
    """Return the number of intra-op threads: physical cores − 1, at least 1, at most 4."""
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
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = ort.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises pybind classes without a common base
            raise ModelFormatError(
                str(error), folder=model.parent.name, reason=model.name
            ) from error
        self.inputs: tuple[str, ...] = tuple(node.name for node in self._session.get_inputs())
        self.outputs: tuple[str, ...] = tuple(node.name for node in self._session.get_outputs())

    def run(
        self, feeds: Mapping[str, NDArray[np.generic]], cancel: Cancel | None = None
    ) -> list[NDArray[np.float32]]:
        """Run the graph on ``feeds`` and return its outputs in order.

        Raises Cancelled when ``cancel`` was thrown before or while it ran.
        """
        if cancel is None:
            return cast(list[NDArray[np.float32]], self._session.run(None, dict(feeds)))
        options = cancel._enter()  # pyright: ignore[reportPrivateUsage]
        try:
            outputs = self._session.run(None, dict(feeds), options)
            return cast(list[NDArray[np.float32]], outputs)
        except Exception:
            cancel.check()
            raise
        finally:
            cancel._leave()  # pyright: ignore[reportPrivateUsage]
