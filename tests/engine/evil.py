"""Packages and archives that nobody should install, each with what the refusal must say."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, TensorProto, helper, load_model_from_string, numpy_helper

from tests.engine.bigram import bigram_graph
from tests.engine.toy import write_package

GRAPH = bigram_graph({"甲": "乙", "乙": "丙"})


def package(folder: Path, graph: bytes = GRAPH, **changes: Any) -> Path:
    """Write a package that works (unless ``graph`` or ``changes`` see to it)."""
    return write_package(folder, graph=graph, **changes)


def zip_of(folder: Path, target: Path, top: str = "toy/") -> Path:
    """Zip the files of ``folder`` below ``top``."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.writestr(top + path.name, path.read_bytes())
    return target


def add_entry(archive: Path, info: zipfile.ZipInfo | str, data: bytes = b"x") -> None:
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(info, data)


def link_entry() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("toy/notes.txt")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def bomb(target: Path) -> Path:
    """Write a zip of some kilobytes that inflates to 64 MB."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"toy/zeros{number}.bin", bytes(16 << 20))
    return target


def lying_size(source: Path, target: Path) -> Path:
    """Write a zip whose directory names other sizes than its entries have."""
    data = bytearray(source.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = (1 << 30).to_bytes(4, "little")
    target.write_bytes(data)
    return target


def huge_directory(target: Path) -> Path:
    """Write an archive whose directory is larger than a megabyte."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(12_000):
            archive.writestr(f"toy/{number:060}.txt", b"")
    target.write_bytes(buffer.getvalue())
    return target


BAD_ENTRIES = (
    "../out.txt", "/etc/out.txt", "toy/../../out.txt", "C:/out.txt", "toy\\out.txt",
    "toy/a/b.txt", "toy/CON.txt", "toy/notes.txt:stream", "toy/MODEL.ONNX", "toy/run.py",
    "toy/weights.pkl", "toy/notes.", "toy//notes.txt", "toy/no\u202etxt.md", "other/notes.txt",
    "toy/.hidden.txt", "toy/notes", "~/notes.txt",
)  # fmt: skip


def changed_graph(change: Callable[[ModelProto], None]) -> bytes:
    """Return the good graph after ``change``."""
    model = load_model_from_string(GRAPH)
    change(model)
    return model.SerializeToString()


def _custom_operator(model: ModelProto) -> None:
    model.graph.node[0].domain = "evil.corp"
    model.opset_import.append(helper.make_opsetid("evil.corp", 1))


def _file_reader(model: ModelProto) -> None:
    model.graph.node[0].domain = "com.microsoft"
    model.graph.node[0].op_type = "EPContext"


def _function(model: ModelProto) -> None:
    node = helper.make_node("Identity", ["a"], ["b"])
    opsets = [helper.make_opsetid("", 17)]
    model.functions.append(helper.make_function("own", "f", ["a"], ["b"], [node], opsets))


def _old(model: ModelProto) -> None:
    model.opset_import[0].version = 7


def _external(location: str, length: int | None = None, offset: int = 0) -> Callable:
    def change(model: ModelProto) -> None:
        tensor = model.graph.initializer[2]
        size = len(tensor.raw_data)
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        entries = {"location": location, "offset": str(offset), "length": str(length or size)}
        for key, value in entries.items():
            entry = tensor.external_data.add()
            entry.key, entry.value = key, value

    return change


def _shape(*dims: int) -> Callable:
    def change(model: ModelProto) -> None:
        del model.graph.initializer[2].dims[:]
        model.graph.initializer[2].dims.extend(dims)

    return change


def _hidden_in_subgraph(model: ModelProto) -> None:
    inner = helper.make_graph(
        [helper.make_node("Steal", ["one"], ["x"], domain="evil.corp")],
        "then",
        [],
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [])],
    )
    model.graph.node.append(
        helper.make_node("If", ["c"], ["y"], then_branch=inner, else_branch=inner)
    )


def _small_vocabulary(model: ModelProto) -> None:
    table = numpy_helper.from_array(np.zeros((3, 3), dtype=np.float32), "table")
    model.graph.initializer[2].CopyFrom(table)


BAD_GRAPHS: dict[str, tuple[bytes, str]] = {
    "not a graph": (b"no graph", "ONNX"),
    "empty": (b"", "ONNX"),
    "cut off": (GRAPH[: len(GRAPH) // 2], "ONNX"),
    "custom operator": (changed_graph(_custom_operator), "evil.corp"),
    "custom operator in a subgraph": (changed_graph(_hidden_in_subgraph), "evil.corp"),
    "operator that reads files": (changed_graph(_file_reader), "EPContext"),
    "functions": (changed_graph(_function), "functions"),
    "old operators": (changed_graph(_old), "operator set 7"),
    "data in another folder": (changed_graph(_external("../weights.data")), "outside"),
    "data anywhere": (changed_graph(_external("/etc/passwd")), "outside"),
    "data in no file": (changed_graph(_external("none.data")), "outside"),
    "data beyond the end": (
        changed_graph(_external("tokenizer.json", offset=1 << 40)),
        "shape",
    ),
    "data of another length": (changed_graph(_external("tokenizer.json", length=4)), "shape"),
    "absurd shape": (changed_graph(_shape(1 << 40, 1 << 40)), "shape"),
    "negative shape": (changed_graph(_shape(-4)), "shape"),
    "shape without data": (changed_graph(_shape(1 << 20)), "shape"),
    "other vocabulary": (changed_graph(_small_vocabulary), "vocabulary"),
}


BAD_MANIFESTS: dict[str, tuple[dict[str, Any], str]] = {
    "name with a path": ({"name": "../../evil"}, "cannot name a folder"),
    "name of a device": ({"name": "con"}, "cannot name a folder"),
    "empty version": ({"version": ""}, "cannot name a folder"),
    "version with a dot at the end": ({"version": "1."}, "cannot name a folder"),
    "other task": ({"task": "paint"}, "format"),
    "other format": ({"format": 99}, "format"),
    "infinite": ({"vocab_size": float("inf")}, "format"),
    "nested": ({"memory": [["x"]]}, "format"),
    "no length": ({"max_length": 0}, "lengths"),
    "absurd length": ({"max_length": 10**12}, "lengths"),
    "other inputs": ({"inputs": ["input_ids"]}, "inputs"),
    "other outputs": ({"outputs": ["logits"]}, "outputs"),
    "huge vocabulary": ({"vocab_size": 10**9}, "vocabulary"),
}


DAMAGED_MANIFESTS = (
    b"", b"[]", b"{", b"\x00", b"\xff\xfe{}", b"null", b'{"format": 1}', b"[" * 100_000,
    b'{"format": ' + b"1" * 10_000 + b"}",
)  # fmt: skip
"""Texts that are no manifest."""


def with_extra_file(folder: Path, name: str, data: bytes) -> Path:
    """Add a file that the manifest names too."""
    (folder / name).write_bytes(data)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    digest = hashlib.sha256(data).hexdigest()
    manifest["files"][name] = {"bytes": len(data), "sha256": digest}
    path.write_text(json.dumps(manifest), "utf-8")
    return folder
