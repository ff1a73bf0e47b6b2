"""Quantise a clean graph to INT8: ``python -m build_tools.quantise IN.onnx OUT.onnx``.

Weights of the MatMuls become signed 8-bit integers with a scale per column, in 7 bits of range
(``reduce_range``: processors without VNNI would overflow); activations are quantised while the
model runs. The embedding table is read from the INT8 weights of the MLM head's decoder, to which
it is tied, so it is stored once.

FP32 stay: the head's small dense layer (``transform``: 0.4 MB in the lab model, and the best token
is FP32's in 95.7 instead of 92.2 of 100 blanks), and what no MatMul holds: norms, biases, BERT's
position table. ``build_tools.compare_variants`` measures the choice again for another model.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from build_tools.onnx_files import bytes_of, save

TRANSFORM, EMBEDDING, DECODER = "transform", "embedding", "decoder"
PARTS = (TRANSFORM, EMBEDDING, DECODER)
KEPT_FP32 = (TRANSFORM,)
_WEIGHTED = ("MatMul", "Gemm")


@dataclass(frozen=True, slots=True)
class TiedTable:
    """The names of a tied table after it was split for quantisation."""

    embedding: str
    gather_node: str
    decoder: str
    decoder_node: str


def quantise(source: Path, target: Path, *, keep_fp32: Collection[str] = KEPT_FP32) -> None:
    """Write the INT8 form of ``source`` to ``target``.

    ``keep_fp32`` names parts of ``PARTS`` that are not quantised; a decoder in FP32 keeps the
    embedding in FP32 too. Raises ValueError when the decoder is not tied to the embedding.
    """
    model = onnx.load(str(source))
    table = split_tied_table(model)
    excluded = []
    if TRANSFORM in keep_fp32:
        excluded.append(_transform_node(model, table.decoder_node))
    if DECODER in keep_fp32:
        excluded.append(table.decoder_node)
    quantised = _quantise_matmuls(model, excluded)
    if not {EMBEDDING, DECODER} & set(keep_fp32):
        _read_table_from_decoder(quantised, table)
    onnx.checker.check_model(quantised)
    target.parent.mkdir(parents=True, exist_ok=True)
    save(quantised, target)


def split_tied_table(model: onnx.ModelProto) -> TiedTable:
    """Give the decoder a transposed weight of its own.

    ``quantize_dynamic`` would transpose the weight of the decoder's Gemm in place, under the feet
    of the embedding's Gather. Raises ValueError when no Gemm and Gather share a weight.
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
    raise ValueError("the decoder is not tied to the embedding")


def _split(
    model: onnx.ModelProto, place: int, gather: onnx.NodeProto, tensor: onnx.TensorProto
) -> TiedTable:
    """Replace the Gemm at ``place`` by MatMul and Add with a transposed copy of ``tensor``."""
    gemm = model.graph.node[place]
    weight = numpy_helper.to_array(tensor).T.copy()
    decoder = f"{tensor.name}.decoder"
    model.graph.initializer.append(numpy_helper.from_array(weight, decoder))
    product = f"{gemm.output[0]}.product"
    node = f"{gemm.name}.matmul"
    matmul = helper.make_node("MatMul", [gemm.input[0], decoder], [product], name=node)
    add = helper.make_node(
        "Add", [product, gemm.input[2]], list(gemm.output), name=f"{gemm.name}.bias"
    )
    model.graph.node.remove(gemm)
    model.graph.node.insert(place, add)
    model.graph.node.insert(place, matmul)
    return TiedTable(tensor.name, gather.name, decoder, node)


def _transform_node(model: onnx.ModelProto, decoder_node: str) -> str:
    """Return the name of the dense layer whose output, normed, the decoder reads."""
    makers = {output: node for node in model.graph.node for output in node.output}
    weights = {tensor.name for tensor in model.graph.initializer}
    node = next(node for node in model.graph.node if node.name == decoder_node)
    while True:
        node = makers[node.input[0]]
        if node.op_type in _WEIGHTED and node.input[1] in weights:
            return node.name


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


def _read_table_from_decoder(model: onnx.ModelProto, table: TiedTable) -> None:
    """Let the embedding gather rows of the decoder's INT8 weight and scale them.

    The weight is kept as the table [V, H]; the decoder gets it through a Transpose, which
    onnxruntime folds while loading.
    """
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    quantised = tensors[f"{table.decoder}_quantized"]
    scale = f"{table.decoder}_scale"
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
    parser.add_argument(
        "--keep-fp32", nargs="*", choices=PARTS, default=KEPT_FP32, help="default: transform"
    )
    options = parser.parse_args()
    quantise(options.source, options.out, keep_fp32=options.keep_fp32)
    print(f"{options.out}: {bytes_of(options.out) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
