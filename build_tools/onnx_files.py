"""Write ONNX graphs the way the app wants them: no traces of the build, weights beside the graph.

Imports onnx only.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import onnx

DATA_SUFFIX = ".data"
_SMALL_BYTES = 1024


def save(model: onnx.ModelProto, target: Path) -> None:
    """Write ``model`` to ``target`` and its weights to ``<target>.data``.

    Weights in a file of their own are mapped, not copied, when the app loads them. Descriptions,
    in which exporters leave paths of the build machine, are removed; the bytes depend on the
    graph only.
    """
    _strip(model)
    data = target.with_name(target.name + DATA_SUFFIX)
    for old in (target, data):
        old.unlink(missing_ok=True)
    onnx.save_model(
        model,
        str(target),
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=data.name,
        size_threshold=_SMALL_BYTES,
    )


def files_of(model: Path) -> list[Path]:
    """Return the graph file and, if there is one, its weight file."""
    data = model.with_name(model.name + DATA_SUFFIX)
    return [path for path in (model, data) if path.is_file()]


def bytes_of(model: Path) -> int:
    """Return the size of the graph with its weights, in bytes."""
    return sum(path.stat().st_size for path in files_of(model))


def copy_graph(model: Path, target: Path) -> None:
    """Copy the graph ``model`` to ``target``; its weights stay in a file of their own."""
    graph = onnx.load(str(model), load_external_data=False)
    data = target.with_name(target.name + DATA_SUFFIX)
    for tensor in graph.graph.initializer:
        for entry in tensor.external_data:
            if entry.key == "location":
                entry.value = data.name
    target.write_bytes(graph.SerializeToString(deterministic=True))
    shutil.copyfile(model.with_name(model.name + DATA_SUFFIX), data)


def _strip(model: onnx.ModelProto) -> None:
    model.doc_string = ""
    model.graph.doc_string = ""
    del model.metadata_props[:]
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
