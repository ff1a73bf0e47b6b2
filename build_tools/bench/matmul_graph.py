"""Graphs of one product of integers, as dynamic quantisation writes it.

x (float) → DynamicQuantizeLinear → MatMulInteger with signed weights → scaled: onnxruntime makes
one operator of it while loading, the one that does most of the work in our models.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_OPSET = 17


def write_matmul(target: Path, inner: int, columns: int) -> None:
    """Write the graph of x [rows, ``inner``] · weights [``inner``, ``columns``]."""
    random = np.random.default_rng(1)
    weights = random.integers(-64, 64, (inner, columns), dtype=np.int8)
    tensors = [
        numpy_helper.from_array(weights, "w"),
        numpy_helper.from_array(np.full(columns, 0.01, np.float32), "w_scale"),
        numpy_helper.from_array(np.zeros(columns, np.int8), "w_zero"),
    ]
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["x"], ["q", "scale", "zero"]),
        helper.make_node("MatMulInteger", ["q", "w", "zero", "w_zero"], ["sums"]),
        helper.make_node("Cast", ["sums"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["scale", "w_scale"], ["scales"]),
        helper.make_node("Mul", ["floats", "scales"], ["y"]),
    ]
    graph = helper.make_graph(
        nodes,
        "product",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", inner])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["rows", columns])],
        tensors,
    )
    opsets = [helper.make_opsetid("", _OPSET)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=9), str(target))
