"""Export a classifier to a plain FP32 graph: ``export_onnx --task understand`` calls this.

Imports torch and onnx; of ``assistant`` only records of a package.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import onnx
import torch

from build_tools.classifier_checkpoint import Classifier
from build_tools.onnx_files import save

_OPSET = 17


def export_classifier(classifier: Classifier, target: Path) -> None:
    """Trace the graph of ``classifier`` with made-up rows and write it to ``target``."""
    outputs = classifier.outputs
    axes = {name: {0: "batch", 1: "length"} for name in classifier.inputs}
    axes |= {name: {0: "batch"} for name in outputs}
    axes |= {classifier.each: {0: "batch", 1: "length"}} if classifier.each else {}
    target.parent.mkdir(parents=True, exist_ok=True)
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own deprecation and tracer notes
        torch.onnx.export(
            classifier.graph,
            _example(len(classifier.inputs)),
            str(target),
            dynamo=False,
            opset_version=_OPSET,
            do_constant_folding=True,
            input_names=list(classifier.inputs),
            output_names=outputs,
            dynamic_axes=axes,
        )
    save(onnx.load(str(target)), target)


def _example(count: int) -> tuple[torch.Tensor, ...]:
    """Return rows of unlike sizes, so that no two axes are taken for one."""
    ids = torch.randint(5, 20, (2, 9), generator=torch.Generator().manual_seed(0))
    rest = (torch.ones_like(ids), torch.zeros_like(ids))
    return (ids, *rest)[:count]
