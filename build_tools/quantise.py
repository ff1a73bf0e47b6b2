"""Quantise a clean graph to INT8: ``python -m build_tools.quantise IN.onnx OUT.onnx``.

Weights of the MatMuls become signed 8-bit integers with a scale per column, in 7 bits of range
(``reduce_range``: processors without VNNI would overflow); activations are quantised while the
model runs. The embedding table is read from the INT8 weights of the MLM head's decoder, to which
it is tied, so it is stored once.

FP32 stay: the head's small dense layer (``transform``: 0.4 MB in the lab model, and the best token
is FP32's at 95.5 instead of 93.7 of 100 blanks), and what no MatMul holds: norms, biases, BERT's
position table. ``build_tools.compare_variants`` measures the choice again for another model.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from build_tools.onnx_files import bytes_of, save

TRANSFORM, EMBEDDING, DECODER = "transform", "embedding", "decoder"
PARTS = (TRANSFORM, EMBEDDING, DECODER)
KEPT_FP32 = (TRANSFORM,)
FLOAT = onnx.TensorProto.FLOAT
_TRANSPOSED = ".transposed"


def quantise(source: Path, target: Path, *, keep_fp32: Collection[str] = KEPT_FP32) -> None:
    """Write the INT8 form of ``source`` to ``target``.

    ``keep_fp32`` names parts of ``PARTS`` that are not quantised. The embedding stays FP32 too
    where the decoder does, or where the two are not tied.
    """
    model = onnx.load(str(source))
    replace_gemms(model)
    backwards = weighted_matmuls(model)
    decoder, transform = next(backwards), next(backwards)
    gathers = tied_gathers(model, decoder)
    excluded = {TRANSFORM: transform.name, DECODER: decoder.name}
    quantised = quantise_matmuls(
        model, [name for part, name in excluded.items() if part in keep_fp32]
    )
    if gathers and not {EMBEDDING, DECODER} & set(keep_fp32):
        read_table_from_decoder(quantised, gathers, decoder.input[1])
    onnx.checker.check_model(quantised)
    target.parent.mkdir(parents=True, exist_ok=True)
    save(quantised, target)


def replace_gemms(model: onnx.ModelProto) -> None:
    """Replace each Gemm (x · Wᵀ + b) by MatMul and Add with a transposed copy of W.

    ``quantize_dynamic`` would do so under another name, so that it could not be excluded, and
    would transpose W in place even where the embedding's Gather reads it too.
    """
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    nodes: list[onnx.NodeProto] = []
    for node in model.graph.node:
        if node.op_type != "Gemm" or node.input[1] not in tensors:
            nodes.append(node)
            continue
        weight = numpy_helper.to_array(tensors[node.input[1]])
        if helper.get_node_attr_value(node, "transB"):
            weight = weight.T.copy()
        name = node.input[1] + _TRANSPOSED
        model.graph.initializer.append(numpy_helper.from_array(weight, name))
        product = f"{node.output[0]}.product"
        matmul = helper.make_node("MatMul", [node.input[0], name], [product], name=node.name)
        bias = [product, node.input[2]]
        nodes += [matmul, helper.make_node("Add", bias, node.output, name=f"{node.name}.bias")]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    _drop_initializers(model, set(tensors) - used)


def weighted_matmuls(model: onnx.ModelProto) -> Iterator[onnx.NodeProto]:
    """Yield the MatMuls with constant weights on the way back from the output: decoder first."""
    makers = {output: node for node in model.graph.node for output in node.output}
    constants = {tensor.name for tensor in model.graph.initializer}
    name = model.graph.output[0].name
    while name in makers:
        node = makers[name]
        if node.op_type == "MatMul" and node.input[1] in constants:
            yield node
        name = next(name for name in node.input if name not in constants)


def tied_gathers(model: onnx.ModelProto, decoder: onnx.NodeProto) -> list[onnx.NodeProto]:
    """Return the Gathers that read the table of which the decoder has a transposed copy.

    A memory-fed encoder has two: its own tokens, and those the memory names.
    """
    table = decoder.input[1].removesuffix(_TRANSPOSED)
    return [
        node for node in model.graph.node if node.op_type == "Gather" and node.input[0] == table
    ]


def quantise_matmuls(model: onnx.ModelProto, excluded: Iterable[str]) -> onnx.ModelProto:
    """Return ``model`` with INT8 weights in all MatMuls but those named ``excluded``."""
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


def read_table_from_decoder(
    model: onnx.ModelProto, gathers: Sequence[onnx.NodeProto], weight: str
) -> None:
    """Let the embedding gather rows of the decoder's INT8 weight and scale them.

    The weight is kept as the table [V, H]; the decoder gets it through a Transpose, which
    onnxruntime folds while loading. A scale per row is more than DequantizeLinear of opset 17 can
    express after a Gather, so the scales are gathered too.
    """
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    quantised, scale = f"{weight}_quantized", f"{weight}_scale"
    rows, last = f"{quantised}.rows", f"{quantised}.last_axis"
    table = numpy_helper.to_array(tensors[quantised]).T.copy()
    _drop_initializers(model, {quantised, gathers[0].input[0]})
    model.graph.initializer.append(numpy_helper.from_array(table, rows))
    model.graph.initializer.append(numpy_helper.from_array(np.array([-1], np.int64), last))
    outputs = {gather.output[0] for gather in gathers}
    kept = [node for node in model.graph.node if not outputs & set(node.output)]
    read = [helper.make_node("Transpose", [rows], [quantised], perm=[1, 0])]
    for gather in gathers:
        ids, output = gather.input[1], gather.output[0]
        read += [
            helper.make_node("Gather", [rows, ids], [f"{output}.integers"], axis=0),
            helper.make_node("Cast", [f"{output}.integers"], [f"{output}.floats"], to=FLOAT),
            helper.make_node("Gather", [scale, ids], [f"{output}.scales"], axis=0),
            helper.make_node("Unsqueeze", [f"{output}.scales", last], [f"{output}.scale_column"]),
            helper.make_node("Mul", [f"{output}.floats", f"{output}.scale_column"], [output]),
        ]
    del model.graph.node[:]
    model.graph.node.extend([*read, *kept])


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
    parser.add_argument("--task", choices=("fill", "understand", "translate"), default="fill")
    options = parser.parse_args()
    if options.task == "translate":
        from build_tools.quantise_translation import quantise_translation  # imports this module

        quantise_translation(options.source, options.out)
        print(f"{options.out}: {sum(p.stat().st_size for p in options.out.iterdir()) / 1e6:.1f} MB")
        return
    if options.task == "understand":
        from build_tools.quantise_classifier import quantise_classifier  # imports this module

        quantise_classifier(options.source, options.out)
    else:
        quantise(options.source, options.out, keep_fp32=options.keep_fp32)
    print(f"{options.out}: {bytes_of(options.out) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
