"""Clean and quantise the two graphs of a translation model: ``quantise --task translate``.

As for the fill graph: MatMul weights signed, per column, seven bits. The decoder reads its words
from the INT8 weights of the output layer, to which they are tied; the encoder's table, which
nothing multiplies, becomes INT8 rows with a scale each. Norms, biases and positions stay FP32.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path

import onnx

from build_tools.export_translation import DECODER, ENCODER
from build_tools.onnx_files import save
from build_tools.optimise import optimise
from build_tools.quantise import (
    quantise_matmuls,
    read_table_from_decoder,
    replace_gemms,
    tied_gathers,
    weighted_matmuls,
)
from build_tools.quantise_classifier import quantise_tables

HEAD, TABLE = "head", "table"
PARTS = (HEAD, TABLE)
"""Parts that can be kept FP32: the output layer with its words, and the encoder's words."""


def quantise_translation(source: Path, target: Path, *, keep_fp32: Collection[str] = ()) -> None:
    """Write the INT8 forms of the plain graphs in the folder ``source`` to ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in (ENCODER, DECODER):
            clean = Path(folder) / name
            optimise(source / name, clean)
            model = onnx.load(str(clean))
            small = _encoder(model, keep_fp32) if name == ENCODER else _decoder(model, keep_fp32)
            onnx.checker.check_model(small)
            save(small, target / name)


def _encoder(model: onnx.ModelProto, keep_fp32: Collection[str]) -> onnx.ModelProto:
    replace_gemms(model)
    quantised = quantise_matmuls(model, [])
    if TABLE not in keep_fp32:
        quantise_tables(quantised)
    return quantised


def _decoder(model: onnx.ModelProto, keep_fp32: Collection[str]) -> onnx.ModelProto:
    replace_gemms(model)
    head = next(weighted_matmuls(model))
    gathers = tied_gathers(model, head)
    quantised = quantise_matmuls(model, [head.name] if HEAD in keep_fp32 else [])
    if HEAD in keep_fp32:
        return quantised
    if gathers:
        read_table_from_decoder(quantised, gathers, head.input[1])
    else:
        quantise_tables(quantised)
    return quantised
