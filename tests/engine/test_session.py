"""Running graphs: what onnxruntime says when it fails becomes an error that says what happened."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from assistant.engine.cancel import Cancel
from assistant.engine.session import OnnxSession
from assistant.errors import OutOfMemoryError

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def greedy(tmp_path: Path) -> OnnxSession:
    """A graph that makes a tensor of the shape it is given."""
    shape = helper.make_tensor_value_info("shape", TensorProto.INT64, [3])
    made = helper.make_tensor_value_info("made", TensorProto.FLOAT, None)
    node = helper.make_node("ConstantOfShape", ["shape"], ["made"])
    graph = helper.make_graph([node], "greedy", [shape], [made])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, tmp_path / "model.onnx")
    return OnnxSession(tmp_path / "model.onnx", threads=1)


def test_onnxruntime_keeps_no_identifier_and_reports_to_nobody(tmp_path):
    """It has a reporter of its own since 1.29, which begins with a device ID in the home folder."""
    code = "from assistant.engine.session import ort; print(ort.get_available_providers())"
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": "", "LOCALAPPDATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | home,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert "CPUExecutionProvider" in done.stdout, done.stderr
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("cancel", [None, Cancel()])
def test_more_memory_than_there_is_is_called_so_and_the_session_lives_on(greedy, cancel):
    with pytest.raises(OutOfMemoryError) as caught:
        greedy.run({"shape": np.array([1 << 20, 1 << 20, 1 << 8], np.int64)}, cancel)
    assert "内存不够" in caught.value.message("zh")
    (made,) = greedy.run({"shape": np.array([1, 2, 3], np.int64)}, cancel)
    assert made.shape == (1, 2, 3)


def test_no_plan_of_memory_is_made_for_each_shape(greedy):
    """It takes an arena twice as large, for rows whose lengths hardly ever come again."""
    assert greedy._session.get_session_options().enable_mem_pattern is False
