"""Quantise a clean graph to INT8: ``python -m build_tools.quantise IN.onnx OUT.onnx``.

Weights of every MatMul become signed 8-bit integers with a scale per column, in 7 bits of range
(``reduce_range``: processors without VNNI would overflow); activations are quantised while the
model runs. The embedding table is read from the INT8 weights of the MLM head, to which it is
tied, so it is stored once. Layer norms, biases, softmaxes, rotary tables and BERT's position
table stay FP32: together they are under 3 % of the file.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from build_tools.onnx_files import bytes_of, save

EMBEDDINGS = ("int8", "fp32")
HEADS = ("int8", "fp32")


def quantise(source: Path, target: Path, *, embedding: str = "int8", head: str = "int8") -> None:
    """Write the INT8 form of ``source`` to ``target``.

    ``embedding`` and ``head`` say in what precision the two uses of the tied table are kept;
    other choices than the default are for measuring. An INT8 embedding needs an INT8 head.
    """
    model = onnx.load(str(source))
    table = split_tied_table(model)
    excluded = [] if head == "int8" or table is None else [table.head_node]
    quantised = _quantise_matmuls(model, excluded)
    if table is not None and embedding == "int8" and head == "int8":
        _read_table_from_head(quantised, table)
    onnx.checker.check_model(quantised)
    target.parent.mkdir(parents=True, exist_ok=True)
    save(quantised, target)


class TiedTable:
    """The names of a tied table after it was split for quantisation."""

    def __init__(self, embedding: str, gather_node: str, head: str, head_node: str) -> None:
        self.embedding = embedding
        self.gather_node = gather_node
        self.head = head
        self.head_node = head_node


def split_tied_table(model: onnx.ModelProto) -> TiedTable | None:
    """Give the MLM head a transposed weight of its own; return None when nothing is tied.

    ``quantize_dynamic`` would transpose the weight of the head's Gemm in place, under the feet of
    the embedding's Gather.
    """
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    gathers = {
        node.input[0]: node
        for node in model.graph.node
        if node.op_type == "Gather" and node.input[0] in tensors
    }
    for place, node in enumerate(model.graph.node):
        if node.op_type == "Gemm" and node.input[1] in gathers:
            return _split(model, place, gathers[node.input[1]], tensors[node.input[1]])
    return None


def _split(
    model: onnx.ModelProto, place: int, gather: onnx.NodeProto, tensor: onnx.TensorProto
) -> TiedTable:
    """Replace the Gemm at ``place`` by MatMul and Add with a transposed copy of ``tensor``."""
    gemm = model.graph.node[place]
    weight = numpy_helper.to_array(tensor).T.copy()
    head = f"{tensor.name}.head"
    model.graph.initializer.append(numpy_helper.from_array(weight, head))
    product = f"{gemm.output[0]}.product"
    node = f"{gemm.name}.matmul"
    matmul = helper.make_node("MatMul", [gemm.input[0], head], [product], name=node)
    add = helper.make_node(
        "Add", [product, gemm.input[2]], list(gemm.output), name=f"{gemm.name}.bias"
    )
    model.graph.node.remove(gemm)
    model.graph.node.insert(place, add)
    model.graph.node.insert(place, matmul)
    return TiedTable(tensor.name, gather.name, head, node)


def _quantise_matmuls(model: onnx.ModelProto, excluded: Iterable[str]) -> onnx.ModelProto:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.onnx", Path(folder) / "out.onnx"
        save(model, source)
        logger = logging.getLogger()  # onnxruntime advises a pre-processing that would fuse
        logger.disabled = True
        try:
            quantize_dynamic(
                source,
                target,
                op_types_to_quantize=["MatMul"],
                per_channel=True,
                reduce_range=True,
                weight_type=QuantType.QInt8,
                nodes_to_exclude=list(excluded),
            )
        finally:
            logger.disabled = False
        return onnx.load(str(target))


def _read_table_from_head(model: onnx.ModelProto, table: TiedTable) -> None:
    """Let the embedding gather rows of the head's INT8 weight and scale them.

    The weight is kept as the table [V, H]; the head gets it through a Transpose, which
    onnxruntime folds while loading.
    """
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    quantised = tensors[f"{table.head}_quantized"]
    scale = f"{table.head}_scale"
    rows = numpy_helper.to_array(quantised).T.copy()
    name = quantised.name
    _drop_initializers(model, {name, table.embedding})
    model.graph.initializer.append(numpy_helper.from_array(rows, f"{name}.rows"))
    nodes = model.graph.node
    nodes.insert(0, helper.make_node("Transpose", [f"{name}.rows"], [name], perm=[1, 0]))
    place = next(i for i, node in enumerate(nodes) if node.name == table.gather_node)
    gather = nodes[place]
    ids, output = gather.input[1], gather.output[0]
    nodes.remove(gather)
    # A scale per row is more than Gather and DequantizeLinear of opset 17 can express.
    for offset, node in enumerate(
        (
            helper.make_node("Gather", [f"{name}.rows", ids], [f"{output}.integers"], axis=0),
            helper.make_node("Cast", [f"{output}.integers"], [f"{output}.floats"], to=1),
            helper.make_node("Gather", [scale, ids], [f"{output}.scales"], axis=0),
            helper.make_node("Unsqueeze", [f"{output}.scales", f"{output}.last"], [f"{output}.s"]),
            helper.make_node("Mul", [f"{output}.floats", f"{output}.s"], [output]),
        )
    ):
        nodes.insert(place + offset, node)
    last = numpy_helper.from_array(np.array([-1], dtype=np.int64), f"{output}.last")
    model.graph.initializer.append(last)


def _drop_initializers(model: onnx.ModelProto, names: set[str]) -> None:
    kept = [tensor for tensor in model.graph.initializer if tensor.name not in names]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)


def main() -> None:
    """Parse the command line and quantise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--embedding", choices=EMBEDDINGS, default="int8")
    parser.add_argument("--head", choices=HEADS, default="int8")
    options = parser.parse_args()
    quantise(options.source, options.out, embedding=options.embedding, head=options.head)
    print(f"{options.out}: {bytes_of(options.out) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
