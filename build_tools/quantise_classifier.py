"""Quantise a classifier's clean graph to INT8: ``quantise --task understand`` calls this.

As for the fill graph: MatMul weights signed, per column, seven bits. Tables that are gathered from
become INT8 rows with a scale each. FP32 stay the last layer of each head (a few hundred numbers on
which every confidence hangs), norms and biases.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from build_tools.onnx_files import save
from build_tools.quantise import FLOAT, quantise_matmuls, replace_gemms

_LEAST_ROWS = 1000
_LEAST_COLUMNS = 8
_MOST_LABELS = 8


def quantise_classifier(source: Path, target: Path) -> None:
    """Write the INT8 form of the clean graph ``source`` to ``target``."""
    model = onnx.load(str(source))
    replace_gemms(model)
    quantised = quantise_matmuls(model, _last_layers(model))
    quantise_tables(quantised)
    onnx.checker.check_model(quantised)
    target.parent.mkdir(parents=True, exist_ok=True)
    save(quantised, target)


def quantise_tables(model: onnx.ModelProto) -> list[str]:
    """Store large tables that are only gathered from as INT8 rows; return their names."""
    readers: dict[str, list[onnx.NodeProto]] = {}
    for node in model.graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    done: list[str] = []
    for tensor in list(model.graph.initializer):
        if not _is_table(tensor) or any(
            node.op_type != "Gather" or node.input[0] != tensor.name
            for node in readers.get(tensor.name, [])
        ):
            continue
        rows, scales = int8_rows(numpy_helper.to_array(tensor))
        model.graph.initializer.remove(tensor)
        model.graph.initializer.extend(
            [
                numpy_helper.from_array(rows, f"{tensor.name}.rows"),
                numpy_helper.from_array(scales, f"{tensor.name}.scales"),
            ]
        )
        for node in readers[tensor.name]:
            _read_rows(model, node, tensor.name)
        done.append(tensor.name)
    return done


def int8_rows(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return the rows of ``table`` as bytes and the scale of each row, shape [rows, 1]."""
    largest = np.abs(table).max(axis=1, keepdims=True)
    scales = np.where(largest > 0, largest / 127, 1.0).astype(np.float32)
    return np.clip(np.round(table / scales), -127, 127).astype(np.int8), scales


def _read_rows(model: onnx.ModelProto, gather: onnx.NodeProto, table: str) -> None:
    output, ids = gather.output[0], gather.input[1]
    place = list(model.graph.node).index(gather)
    model.graph.node.remove(gather)
    read = [
        helper.make_node("Gather", [f"{table}.rows", ids], [f"{output}.integers"], axis=0),
        helper.make_node("Cast", [f"{output}.integers"], [f"{output}.floats"], to=FLOAT),
        helper.make_node("Gather", [f"{table}.scales", ids], [f"{output}.scale"], axis=0),
        helper.make_node("Mul", [f"{output}.floats", f"{output}.scale"], [output]),
    ]
    for offset, node in enumerate(read):
        model.graph.node.insert(place + offset, node)


def _is_table(tensor: onnx.TensorProto) -> bool:
    shape = tuple(tensor.dims)
    is_matrix = tensor.data_type == FLOAT and len(shape) == 2
    return is_matrix and shape[0] >= _LEAST_ROWS and shape[1] >= _LEAST_COLUMNS


def _last_layers(model: onnx.ModelProto) -> list[str]:
    """Return the names of the MatMuls whose weights have as few columns as there are labels."""
    columns = {t.name: t.dims[1] for t in model.graph.initializer if len(t.dims) == 2}
    return [
        node.name
        for node in model.graph.node
        if node.op_type == "MatMul" and columns.get(node.input[1], 99) <= _MOST_LABELS
    ]
