"""What a graph must be before it is loaded: plain operators, sane shapes, data in its folder.

Looks only, runs nothing. Imports neither Qt nor onnxruntime.
"""

from __future__ import annotations

import math
from pathlib import Path

from assistant.engine.onnx_file import OnnxFile, Tensor, read_onnx
from assistant.engine.package import Manifest
from assistant.engine.protobuf import MessageError
from assistant.engine.store_errors import PackageRefusedError
from assistant.engine.store_names import shown

MIN_OPSET = 11
MAX_ELEMENTS = 1 << 31
MAX_DIMENSION = 10_000_000
_STANDARD = ("", "ai.onnx")
_MICROSOFT = "com.microsoft"
# Those of onnxruntime's own operators that compute and nothing else: others of that domain read
# files or call back into a host program.
_KNOWN = frozenset((
    "Attention", "BiasAdd", "BiasDropout", "BiasGelu", "BiasSoftmax", "BiasSplitGelu",
    "ConvTransposeWithDynamicPads", "DecoderMaskedMultiHeadAttention",
    "DecoderMaskedSelfAttention", "DequantizeLinear", "DynamicQuantizeLSTM",
    "DynamicQuantizeMatMul", "EmbedLayerNormalization", "ExpandDims", "FastGelu", "FusedConv",
    "FusedGemm", "FusedMatMul", "GatherBlockQuantized", "GatherND", "Gelu", "GemmFastGelu",
    "GroupNorm", "GroupQueryAttention", "Inverse", "Irfft", "LayerNormalization",
    "LongformerAttention", "MatMulBnb4", "MatMulFpQ4", "MatMulInteger16",
    "MatMulIntegerToFloat", "MatMulNBits", "MoE", "MultiHeadAttention", "MurmurHash3",
    "NGramRepeatBlock", "NhwcConv", "NhwcMaxPool", "PackedAttention",
    "PackedMultiHeadAttention", "Pad", "QAttention", "QEmbedLayerNormalization", "QGemm",
    "QLinearAdd", "QLinearAveragePool", "QLinearConcat", "QLinearConv",
    "QLinearGlobalAveragePool", "QLinearLeakyRelu", "QLinearMul", "QLinearReduceMean",
    "QLinearSigmoid", "QLinearSoftmax", "QLinearWhere", "QMoE", "QOrderedAttention",
    "QOrderedGelu", "QOrderedLayerNormalization", "QOrderedMatMul", "QuantizeLinear",
    "QuickGelu", "Range", "ReduceSumInteger", "RelativePositionBias", "RemovePadding",
    "RestorePadding", "RotaryEmbedding", "SimplifiedLayerNormalization", "SkipGroupNorm",
    "SkipLayerNormalization", "SkipSimplifiedLayerNormalization", "SparseToDenseMatMul",
    "TransposeMatMul", "Trilu", "Unique", "WordConvEmbedding",
))  # fmt: skip
_BITS = {
    1: 32, 2: 8, 3: 8, 4: 16, 5: 16, 6: 32, 7: 64, 9: 8, 10: 16, 11: 64, 12: 32, 13: 64, 14: 64,
    15: 128, 16: 16, 17: 8, 18: 8, 19: 8, 20: 8, 21: 4, 22: 4, 23: 4, 24: 8, 25: 2, 26: 2,
}  # fmt: skip
"""Bits of an element by ONNX data type; strings (8) have no fixed size."""


def check_graph(package: str, folder: Path, name: str, manifest: Manifest) -> OnnxFile:
    """Check the graph ``name`` in ``folder``; return what it is made of.

    Raises PackageRefusedError naming ``package``.
    """
    try:
        graph = read_onnx(folder / name)
    except (MessageError, OSError, ValueError) as error:
        raise PackageRefusedError.because(
            package, f"“{name}”不是 ONNX 图", f"“{name}” is no ONNX graph", str(error)
        ) from error
    _check_operators(package, graph)
    files = {file.name: file.bytes for file in manifest.files}
    graphs = {manifest.model, manifest.decoder}
    data = {file: size for file, size in files.items() if file not in graphs}
    for tensor in graph.tensors:
        _check_tensor(package, tensor, data)
    for shape in (*graph.inputs.values(), *graph.outputs.values()):
        if any(size is not None and not 0 <= size <= MAX_DIMENSION for size in shape):
            raise _absurd(package, str(shape))
    return graph


def check_contract(package: str, graph: OnnxFile, manifest: Manifest) -> None:
    """Compare the main graph with what the manifest says of it. Raises PackageRefusedError."""
    if set(graph.inputs) != set(manifest.inputs):
        raise PackageRefusedError.because(
            package,
            "图的输入和清单不符",
            "the inputs of the graph are not those of the manifest",
            f"{sorted(graph.inputs)} {sorted(manifest.inputs)}",
        )
    if set(graph.outputs) != set(manifest.outputs):
        raise PackageRefusedError.because(
            package,
            "图的输出和清单不符",
            "the outputs of the graph are not those of the manifest",
            f"{sorted(graph.outputs)} {sorted(manifest.outputs)}",
        )
    size = manifest.vocab_size
    if size < 1 or not any(max(tensor.dims, default=0) >= size for tensor in graph.tensors):
        raise PackageRefusedError.because(
            package,
            f"词表有 {size} 项，图里没有这么大的词嵌入",
            f"the vocabulary has {size} entries, no embedding of the graph is so large",
        )


def _check_operators(package: str, graph: OnnxFile) -> None:
    versions = [graph.opsets.get(domain, 0) for domain in _STANDARD]
    if max(versions) < MIN_OPSET:
        raise PackageRefusedError.because(
            package,
            f"ONNX 算子集太旧（{max(versions)}）",
            f"its ONNX operator set {max(versions)} is too old",
        )
    if graph.functions:
        raise PackageRefusedError.because(
            package, "图里有自定义函数", "the graph defines functions of its own"
        )
    for domain, operator in sorted(graph.operators):
        is_known = domain in _STANDARD or (domain == _MICROSOFT and operator in _KNOWN)
        if not is_known:
            name = shown(f"{domain}.{operator}")
            raise PackageRefusedError.because(
                package, f"图里有自定义算子 {name}", f"the graph uses the custom operator {name}"
            )


def _check_tensor(package: str, tensor: Tensor, files: dict[str, int]) -> None:
    if any(size < 0 for size in tensor.dims):
        raise _absurd(package, str(tensor.dims))
    elements = math.prod(tensor.dims)
    bits = _BITS.get(tensor.data_type, 8)
    if elements > MAX_ELEMENTS:
        raise _absurd(package, str(tensor.dims))
    needed = (elements * bits + 7) // 8
    if tensor.external is not None:
        place = tensor.external
        if place.location not in files:
            raise PackageRefusedError.because(
                package,
                f"图的数据指向文件夹之外（{shown(place.location)}）",
                f"the graph's data are outside the folder ({shown(place.location)})",
            )
        length = needed if place.length is None else place.length
        if length != needed or place.offset + length > files[place.location]:
            raise _absurd(package, f"{tensor.dims} {place.offset}+{length}")
    elif tensor.raw_bytes is not None:
        if tensor.raw_bytes != needed:
            raise _absurd(package, f"{tensor.dims} {tensor.raw_bytes}")
    elif elements > tensor.listed_bytes * 8:
        raise _absurd(package, f"{tensor.dims} {tensor.listed_bytes}")


def _absurd(package: str, details: str) -> PackageRefusedError:
    return PackageRefusedError.because(
        package, "图里有不合理的形状", "the graph has an absurd shape", details
    )
