"""Read the weights of a graph that our exporters wrote back out of it, INT8 or not.

Weights are found by the operators that use them: the exporter names these by their module, while
names of weights change on the way (equal ones are stored once, transposed ones are renamed).
Imports onnx, numpy and torch; nothing of ``assistant``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

_PRODUCTS = ("MatMul_quant", "MatMul", "Gemm_quant", "Gemm")
_READ = "Gather_output_0"


class FrozenGraph:
    """The weights of one graph, FP32. A module is named as in ``layers.0.fc1``, "" is the top.

    Raises ValueError for a module that the graph does not have.
    """

    def __init__(self, path: Path) -> None:
        """Load the graph at ``path`` with its weights; of a loop, the body too."""
        self.model = onnx.load(str(path))
        self._tensors: dict[str, onnx.TensorProto] = {}
        self._nodes: dict[str, onnx.NodeProto] = {}
        self._makers: dict[str, onnx.NodeProto] = {}
        for graph in _with_bodies(self.model.graph):
            self._tensors |= {tensor.name: tensor for tensor in graph.initializer}
            self._nodes |= {node.name: node for node in graph.node if node.name}
            self._makers |= {name: node for node in graph.node for name in node.output}

    def has(self, module: str) -> bool:
        """Tell whether an operator of the graph belongs to ``module``."""
        return any(name.startswith(_scope(module)) for name in self._nodes)

    def count(self, list_of_modules: str) -> int:
        """Return how many modules a list has, such as ``layers``: ``layers.0``, ``layers.1``."""
        number = 0
        while self.has(f"{list_of_modules}.{number}"):
            number += 1
        return number

    def operators(self, module: str) -> set[str]:
        """Return the kinds of operators in ``module``."""
        scope = _scope(module)
        return {node.op_type for name, node in self._nodes.items() if name.startswith(scope)}

    def linear(self, module: str) -> tuple[Tensor, Tensor | None]:
        """Return weight [out, in] and bias [out], or None, of a linear layer."""
        product = self._one_of(module, _PRODUCTS)
        if product.op_type == "Gemm":
            stored = self.constant(product.input[1])
            is_turned = any(a.name == "transB" and a.i for a in product.attribute)
            weight = stored if is_turned else stored.T
            return _tensor(weight), _tensor(self.constant(product.input[2]))
        weight = _tensor(self._matrix(product).T)
        is_gemm = product.name.removesuffix("_quant").endswith("/Gemm")
        added = self._nodes.get(_scope(module) + ("Gemm.bias" if is_gemm else "Add"))
        return weight, None if added is None else _tensor(self._given(added))

    def norm(self, module: str) -> tuple[Tensor, Tensor | None]:
        """Return weight and bias of a layer norm, the bias None where it is all zeros."""
        node = self._one_of(module, ("LayerNormalization",))
        weight, bias = (self.constant(name) for name in node.input[1:3])
        return _tensor(weight), _tensor(bias) if bias.any() else None

    def table(self, module: str) -> tuple[Tensor, Tensor]:
        """Return the rows [rows, width] that ``module`` gathers from, and their steps [rows, 1].

        A number lies within half a step of what it was; the steps of FP32 rows are 0.
        """
        output = _scope(module) + _READ
        reader = self._makers.get(f"{output}.integers") or self._makers.get(output)
        if reader is None:
            raise ValueError(f"the graph has no table {module}")
        rows = self.constant(reader.input[0])
        if rows.dtype == np.float32:
            return _tensor(rows), torch.zeros(len(rows), 1)
        scaler = self._makers.get(f"{output}.scale") or self._makers[f"{output}.scales"]
        return _scaled(rows, self.constant(scaler.input[0]))

    def stored_table(self, name: str) -> Tensor:
        """Return the table [rows, width] that the checkpoint had under ``name``."""
        if name in self._tensors:
            return _tensor(self.constant(name))
        return _scaled(self.constant(f"{name}.rows"), self.constant(f"{name}.scales"))[0]

    def frequencies(self) -> NDArray[np.float32]:
        """Return the rotary frequencies of an encoder, half as many as a head is wide."""
        for name, tensor in self._tensors.items():
            if name.endswith(".cos"):
                return np.arccos(numpy_helper.to_array(tensor)[1])
        raise ValueError("the graph has no rotary positions")

    def given(self, operator: str) -> NDArray[Any]:
        """Return the constant input of the operator named ``operator``, as in ``layers.0/Mul``."""
        module, _, name = operator.rpartition("/")
        return self._given(self._one_of(module, (name,)))

    def constant(self, name: str) -> NDArray[Any]:
        """Return what the graph holds under ``name``. Raises ValueError when it is computed."""
        if name in self._tensors:
            return numpy_helper.to_array(self._tensors[name])
        maker = self._makers.get(name)
        if maker is not None and maker.op_type == "Identity":
            return self.constant(maker.input[0])
        if maker is not None and maker.op_type == "Transpose":
            return self.constant(maker.input[0]).T
        if maker is not None and maker.op_type == "Constant":
            return numpy_helper.to_array(maker.attribute[0].t)
        raise ValueError(f"{name} is no constant of the graph")

    def _given(self, node: onnx.NodeProto) -> NDArray[Any]:
        constants = [name for name in node.input if name in self._tensors or self._is_made(name)]
        if len(constants) != 1:
            raise ValueError(f"{node.name} has {len(constants)} constant inputs, not 1")
        return self.constant(constants[0])

    def _is_made(self, constant: str) -> bool:
        maker = self._makers.get(constant)
        return maker is not None and maker.op_type in ("Constant", "Identity")

    def _matrix(self, product: onnx.NodeProto) -> NDArray[np.float32]:
        name = product.input[1]
        stored = self.constant(name)
        if product.op_type != "MatMulInteger":
            return stored
        stem = name.removesuffix("_quantized")
        numbers = stored.astype(np.float32) - self.constant(f"{stem}_zero_point")
        return numbers * self.constant(f"{stem}_scale")

    def _one_of(self, module: str, names: tuple[str, ...]) -> onnx.NodeProto:
        for name in names:
            if _scope(module) + name in self._nodes:
                return self._nodes[_scope(module) + name]
        raise ValueError(f"the graph has no {' or '.join(names)} of {module or 'the top'}")


def _scope(module: str) -> str:
    """Return what the exporter's names of operators in ``module`` begin with."""
    parts = module.split(".") if module else []
    joined: list[str] = []
    for part in parts:
        # A number belongs to the list before it, as in /layers.0/fc1.
        if part.isdigit() and joined:
            joined[-1] += f".{part}"
        else:
            joined.append(part)
    return "/" + "".join(f"{part}/" for part in joined)


def _with_bodies(graph: onnx.GraphProto) -> Iterator[onnx.GraphProto]:
    yield graph
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.GRAPH:
                yield from _with_bodies(attribute.g)


def _scaled(rows: NDArray[Any], scales: NDArray[Any]) -> tuple[Tensor, Tensor]:
    """Return the numbers of integer rows, and their steps [rows, 1]."""
    steps = scales.astype(np.float32).reshape(-1, 1)
    if rows.dtype == np.uint8:
        rows = np.concatenate([rows % 16, rows // 16], axis=1).astype(np.float32) - 8
    return _tensor(rows.astype(np.float32) * steps), _tensor(steps)


def _tensor(values: NDArray[Any]) -> Tensor:
    return torch.from_numpy(np.array(values, dtype=np.float32, order="C"))
