"""Quantise a classifier's clean graph to INT8: ``quantise --task understand`` calls this.

As for the fill graph: MatMul weights signed, per column, seven bits. Tables that are gathered from
become rows of integers with a scale each: eight bits, or four in our own model, which is known by
its two heads (measured: no accuracy lost; tables of other models have not been measured). FP32 stay
the last layer of each head (a few hundred numbers on which every confidence hangs), norms, biases.
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
_CLIPPINGS = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Shares of a row's largest number that four bits may reach to: the best is taken."""
_MOST_LABELS = 8
_SIXTEEN, _EIGHT = "sixteen", "eight"


def quantise_classifier(source: Path, target: Path) -> None:
    """Write the INT8 form of the clean graph ``source`` to ``target``."""
    model = onnx.load(str(source))
    replace_gemms(model)
    quantised = quantise_matmuls(model, _last_layers(model))
    quantise_tables(quantised, bits=4 if len(quantised.graph.output) > 1 else 8)
    onnx.checker.check_model(quantised)
    target.parent.mkdir(parents=True, exist_ok=True)
    save(quantised, target)


def quantise_tables(model: onnx.ModelProto, bits: int = 8) -> list[str]:
    """Store large tables that are only gathered from as rows of integers; return their names.

    ``bits`` is 8 or 4; a table with an odd number of columns always has 8.
    """
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
        is_narrow = bits == 4 and tensor.dims[1] % 2 == 0
        table = numpy_helper.to_array(tensor)
        rows, scales = int4_rows(table) if is_narrow else int8_rows(table)
        model.graph.initializer.remove(tensor)
        model.graph.initializer.extend(
            [
                numpy_helper.from_array(rows, f"{tensor.name}.rows"),
                numpy_helper.from_array(scales, f"{tensor.name}.scales"),
            ]
        )
        for node in readers[tensor.name]:
            _read_rows(model, node, tensor.name, is_narrow=is_narrow)
        if is_narrow and not _has_initializer(model, _SIXTEEN):
            constants = ((_SIXTEEN, 16.0), (_EIGHT, 8.0))
            model.graph.initializer.extend(
                numpy_helper.from_array(np.array(value, np.float32), name)
                for name, value in constants
            )
        done.append(tensor.name)
    return done


def int4_rows(table: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Return ``table`` [rows, columns] as bytes [rows, columns / 2] and scales [rows, 1].

    Numbers −7 to 7, 8 added; column i is the lower half of a byte, column i + columns / 2 the
    upper one.
    """
    largest = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-4)
    tried = [(largest * share / 7).astype(np.float16) for share in _CLIPPINGS]
    numbers = [_rounded(table, scales) for scales in tried]
    errors = np.stack(
        [
            np.square(table - one * scales.astype(np.float32)).sum(axis=1)
            for one, scales in zip(numbers, tried, strict=True)
        ]
    )
    best = errors.argmin(axis=0)
    rows = np.arange(len(table))
    chosen = np.stack(numbers)[best, rows] + 8
    scales = np.stack(tried)[best, rows]
    lower, upper = np.split(chosen.astype(np.uint8), 2, axis=1)
    return lower + 16 * upper, scales


def _rounded(table: NDArray[np.float32], scales: NDArray[np.float16]) -> NDArray[np.float32]:
    return np.clip(np.round(table / scales.astype(np.float32)), -7, 7)


def int8_rows(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return the rows of ``table`` as bytes and the scale of each row, shape [rows, 1]."""
    largest = np.abs(table).max(axis=1, keepdims=True)
    scales = np.where(largest > 0, largest / 127, 1.0).astype(np.float32)
    return np.clip(np.round(table / scales), -127, 127).astype(np.int8), scales


def _read_rows(
    model: onnx.ModelProto, gather: onnx.NodeProto, table: str, *, is_narrow: bool
) -> None:
    output, ids = gather.output[0], gather.input[1]
    place = list(model.graph.node).index(gather)
    model.graph.node.remove(gather)
    # fmt: off
    read = [
        helper.make_node("Gather", [f"{table}.rows", ids], [f"{output}.integers"], axis=0),
        helper.make_node("Cast", [f"{output}.integers"], [f"{output}.floats"], to=FLOAT),
        helper.make_node("Gather", [f"{table}.scales", ids], [f"{output}.scale"], axis=0),
    ]
    if not is_narrow:
        read.append(helper.make_node("Mul", [f"{output}.floats", f"{output}.scale"], [output]))
    else:
        read += [
            helper.make_node("Div", [f"{output}.floats", _SIXTEEN], [f"{output}.sixteenths"]),
            helper.make_node("Floor", [f"{output}.sixteenths"], [f"{output}.upper"]),
            helper.make_node("Mul", [f"{output}.upper", _SIXTEEN], [f"{output}.raised"]),
            helper.make_node("Sub", [f"{output}.floats", f"{output}.raised"], [f"{output}.lower"]),
            helper.make_node(
                "Concat", [f"{output}.lower", f"{output}.upper"], [f"{output}.both"], axis=-1
            ),
            helper.make_node("Sub", [f"{output}.both", _EIGHT], [f"{output}.numbers"]),
            helper.make_node("Cast", [f"{output}.scale"], [f"{output}.wide"], to=FLOAT),
            helper.make_node("Mul", [f"{output}.numbers", f"{output}.wide"], [output]),
        ]
    # fmt: on
    for offset, node in enumerate(read):
        model.graph.node.insert(place + offset, node)


def _has_initializer(model: onnx.ModelProto, name: str) -> bool:
    return any(tensor.name == name for tensor in model.graph.initializer)


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
