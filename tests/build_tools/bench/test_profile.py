"""onnxruntime's profile: time by operator and products of matrices, on a real run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest

from build_tools.bench.matmul_graph import write_matmul
from build_tools.bench.profile import products, read_profile, summarise


def test_the_products_of_a_real_run_are_counted(tmp_path: Path):
    model = tmp_path / "product.onnx"
    write_matmul(model, inner=64, columns=96)
    options = ort.SessionOptions()
    options.enable_profiling = True
    options.profile_file_prefix = str(tmp_path / "profile")
    session = ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    results = [session.run(None, {"x": np.ones((8, 64), np.float32)})[0] for _ in range(3)]
    assert np.shape(results) == (3, 8, 96)
    profile = read_profile(Path(session.end_profiling()))
    assert profile.integer == 3 * 8 * 64 * 96
    assert profile.floating == 0
    assert 0 < profile.integer_ms <= profile.total_ms


def test_events_that_are_no_operators_are_left_out():
    event = {"cat": "Session", "name": "model_run", "dur": 5000, "args": {}}
    assert summarise([event]).total_ms == 0


def test_the_time_of_a_loop_is_that_of_what_it_holds():
    def node(name: str, ms: int) -> dict[str, object]:
        given = {"op_name": name}
        return {"cat": "Node", "name": f"{name}_kernel_time", "dur": 1000 * ms, "args": given}

    found = summarise([node("Add", 2), node("Loop", 5), node("Add", 1), node("Mul", 1)])
    assert found.milliseconds == {"Add": 3, "Mul": 1}


def test_products_are_elements_times_depth():
    given = {
        "input_type_shape": [{"float": [2, 5, 7]}, {"int8": [7, 3]}],
        "output_type_shape": [{"float": [2, 5, 3]}],
    }
    assert products(given) == 2 * 5 * 3 * 7
    assert products({}) == 0


def test_the_graph_multiplies(tmp_path: Path):
    model = tmp_path / "product.onnx"
    write_matmul(model, inner=4, columns=2)
    session = ort.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    (one,) = session.run(None, {"x": np.ones((1, 4), np.float32)})
    (two,) = session.run(None, {"x": np.full((1, 4), 2.0, np.float32)})
    assert np.asarray(two) == pytest.approx(2 * np.asarray(one), rel=1e-4)
