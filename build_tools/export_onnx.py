"""Export a checkpoint to a plain FP32 ONNX graph.

``python -m build_tools.export_onnx CHECKPOINT OUT.onnx``, CHECKPOINT being the directory or hub
name of a BertForMaskedLM or ModernBertForMaskedLM; with ``--task understand`` of a classifier
(``…ForSequenceClassification``) or the folder that ``build_tools.finetune`` wrote; with ``--task
translate`` of a MarianMTModel, OUT being a folder for its two graphs.
"""

from __future__ import annotations

import argparse
import time
import warnings
from pathlib import Path

import onnx
import torch
from transformers import BertForMaskedLM, ModernBertForMaskedLM

from assistant.engine.memory_feed import FED
from build_tools.checkpoint import load_model, mask_id
from build_tools.classifier_checkpoint import load_classifier
from build_tools.export_classifier import export_classifier
from build_tools.export_translation import DECODER, ENCODER, export_translation
from build_tools.fill_graph import (
    DYNAMIC_AXES,
    FED_AXES,
    FED_INPUTS,
    INPUTS,
    OUTPUTS,
    FedFillGraph,
    FillGraph,
)
from build_tools.marian_checkpoint import load_marian, never_written
from build_tools.memory_feed import NAME
from build_tools.onnx_files import bytes_of, save

OPSET = 17
"""The first with LayerNormalization as one operator; all that onnxruntime needs from later ones."""


def export(source: str, target: Path) -> None:
    """Write the fill graph of the checkpoint ``source`` to ``target``."""
    trace(fill_graph(load_model(source), source), target)


def fill_graph(model: BertForMaskedLM | ModernBertForMaskedLM, source: str) -> FillGraph:
    """Return the graph of ``model``, which was loaded from ``source``.

    An encoder that was trained on its phrase memory gets two inputs more: see ``FedFillGraph``.
    """
    is_fed = hasattr(model, NAME)
    return FedFillGraph(model, mask_id(source)) if is_fed else FillGraph(model)


def trace(graph: FillGraph, target: Path) -> None:
    """Trace ``graph`` with made-up inputs and write it to ``target``.

    The TorchScript exporter is used on purpose: after the dynamo exporter ``quantize_dynamic``
    silently leaves the tied MLM head in FP32.
    """
    graph.eval()
    fed = isinstance(graph, FedFillGraph)
    target.parent.mkdir(parents=True, exist_ok=True)
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own deprecation and tracer notes
        torch.onnx.export(
            graph,
            (*_example(), *_fed_example()) if fed else _example(),
            str(target),
            dynamo=False,
            opset_version=OPSET,
            do_constant_folding=True,
            input_names=[*INPUTS, *FED_INPUTS] if fed else list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=DYNAMIC_AXES | FED_AXES if fed else DYNAMIC_AXES,
        )
    save(onnx.load(str(target)), target)


def _example() -> tuple[torch.Tensor, ...]:
    """Return inputs of unlike sizes, so that no two axes are taken for one."""
    input_ids = torch.ones((2, 7), dtype=torch.int64)
    rows = torch.tensor([0, 1, 1], dtype=torch.int64)
    columns = torch.tensor([3, 1, 5], dtype=torch.int64)
    return input_ids, torch.ones_like(input_ids), rows, columns


def _fed_example() -> tuple[torch.Tensor, ...]:
    ids = torch.ones((2, 4, FED), dtype=torch.int64)
    return ids, torch.full(ids.shape, 0.1)


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", help="directory or hub name")
    parser.add_argument("out", type=Path)
    parser.add_argument("--task", choices=("fill", "understand", "translate"), default="fill")
    parser.add_argument("--labels", help="understand: what the columns mean, joined by commas")
    options = parser.parse_args()
    start = time.perf_counter()
    written = [options.out]
    if options.task == "translate":
        model = load_marian(options.checkpoint)
        export_translation(model, never_written(model), options.out)
        written = [options.out / name for name in (ENCODER, DECODER)]
    elif options.task == "understand":
        labels = options.labels.split(",") if options.labels else None
        export_classifier(load_classifier(options.checkpoint, labels), options.out)
    else:
        export(options.checkpoint, options.out)
    size = sum(map(bytes_of, written)) / 1e6
    print(f"{options.out}: {size:.1f} MB, {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
