"""Clean a plain graph before it is quantised: ``python -m build_tools.optimise IN.onnx OUT.onnx``.

Only what keeps the operators plain: constants folded, equal weights stored once, unused nodes
dropped. Attention is not fused: onnxruntime fuses while loading, and dynamic quantisation of a
graph that was fused before ran 10 % slower.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

import onnx
import onnxruntime as ort

from build_tools.onnx_files import bytes_of, save


def optimise(source: Path, target: Path) -> None:
    """Write the cleaned graph of ``source`` to ``target``."""
    model = _fold_constants(source)
    share_equal_initializers(model)
    _drop_unused_domains(model)
    onnx.checker.check_model(model, full_check=False)
    target.parent.mkdir(parents=True, exist_ok=True)
    save(model, target)


def share_equal_initializers(model: onnx.ModelProto) -> int:
    """Keep one of each group of equal initializers; return how many were dropped."""
    first: dict[tuple[object, ...], str] = {}
    renamed: dict[str, str] = {}
    for tensor in model.graph.initializer:
        key = (tensor.data_type, tuple(tensor.dims), _digest(tensor))
        if (kept := first.setdefault(key, tensor.name)) != tensor.name:
            renamed[tensor.name] = kept
    for node in model.graph.node:
        for place, name in enumerate(node.input):
            node.input[place] = renamed.get(name, name)
    kept_tensors = [t for t in model.graph.initializer if t.name not in renamed]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept_tensors)
    return len(renamed)


def _drop_unused_domains(model: onnx.ModelProto) -> None:
    """Name only the operator sets that are used; onnxruntime writes all it knows."""
    used = {node.domain or "" for node in model.graph.node}
    kept = [entry for entry in model.opset_import if (entry.domain or "") in used]
    del model.opset_import[:]
    model.opset_import.extend(kept)


def _digest(tensor: onnx.TensorProto) -> str:
    return hashlib.sha256(onnx.numpy_helper.to_array(tensor).tobytes()).hexdigest()


def _fold_constants(source: Path) -> onnx.ModelProto:
    """Let onnxruntime apply its basic rewrites, which use standard operators only."""
    with tempfile.TemporaryDirectory() as folder:
        folded = Path(folder) / "folded.onnx"
        options = ort.SessionOptions()
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(folded)
        options.add_session_config_entry(
            "session.optimized_model_external_initializers_file_name", "folded.onnx.data"
        )
        ort.InferenceSession(str(source), options, providers=["CPUExecutionProvider"])
        return onnx.load(str(folded))


def main() -> None:
    """Parse the command line and clean the graph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    optimise(options.source, options.out)
    print(f"{options.out}: {bytes_of(options.out) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
