"""Export a Marian model to two plain FP32 graphs: ``export_onnx --task translate`` calls this.

Imports torch and onnx; nothing of ``assistant``.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import Tensor, nn

from build_tools.fused_attention import DOMAIN, DOMAIN_VERSION
from build_tools.onnx_files import save
from build_tools.translation_graph import EncoderGraph, StepGraph

ENCODER, DECODER = "encoder.onnx", "decoder.onnx"
_OPSET = 17
_Axes = dict[str, dict[int, str]]


def export_translation(model: Any, never: list[int], folder: Path) -> None:
    """Write ``encoder.onnx`` and ``decoder.onnx`` of the Marian ``model`` to ``folder``.

    ``never`` are the ids that are never written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kinds = [f"{k}_{i}" for i in range(model.config.decoder_layers) for k in ("key", "value")]
    cross, past = [f"cross_{kind}" for kind in kinds], [f"past_{kind}" for kind in kinds]
    sentences = {0: "sentences", 1: "source"}
    ids = torch.ones((2, 7), dtype=torch.int64)
    _trace(
        EncoderGraph(model),
        {"input_ids": ids, "attention_mask": torch.ones_like(ids)},
        cross,
        dict.fromkeys(("input_ids", "attention_mask"), sentences)
        | {name: {0: "sentences", 2: "source"} for name in cross},
        folder / ENCODER,
    )
    # No two sizes are alike, so that no two axes are taken for one.
    heads = model.config.decoder_attention_heads
    width = model.config.d_model // heads
    inputs = {
        "token_ids": torch.ones((3, 1), dtype=torch.int64),
        "position": torch.tensor([4]),
        "attention_mask": torch.ones((3, 7), dtype=torch.int64),
        **{name: torch.zeros(3, heads, 7, width) for name in cross},
        **{name: torch.zeros(3, heads, 4, width) for name in past},
    }
    rows: _Axes = {name: {0: "rows"} for name in ("token_ids", "top_log_probs", "top_ids")}
    rows["attention_mask"] = {0: "rows", 1: "source"}
    rows |= {name: {0: "rows", 2: "source"} for name in cross}
    rows |= {name: {0: "rows", 2: "written"} for name in past}
    rows |= {name: {0: "rows", 2: "written_then"} for name in kinds}
    outputs = ["top_log_probs", "top_ids", *kinds]
    _trace(StepGraph(model, never), inputs, outputs, rows, folder / DECODER)


def _trace(
    graph: nn.Module, inputs: dict[str, Tensor], outputs: Sequence[str], axes: _Axes, target: Path
) -> None:
    """Write ``graph``; the TorchScript exporter for the reason given in ``export_onnx``."""
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own deprecation and tracer notes
        torch.onnx.export(
            graph.eval(),
            tuple(inputs.values()),
            str(target),
            dynamo=False,
            opset_version=_OPSET,
            do_constant_folding=True,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=axes,
            custom_opsets={DOMAIN: DOMAIN_VERSION},
        )
    save(onnx.load(str(target)), target)
