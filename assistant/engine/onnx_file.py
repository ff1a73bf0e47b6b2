"""Read what an ONNX file is made of, without running or trusting it.

Field numbers are those of onnx.proto3. Subgraphs are read too. Imports neither Qt nor
onnxruntime.
"""

from __future__ import annotations

import itertools
import mmap
from dataclasses import dataclass, field
from pathlib import Path

from assistant.engine.protobuf import (
    BYTES,
    Budget,
    MessageError,
    Value,
    fields,
    integer,
    integers,
    submessage,
    text,
)

MAX_DEPTH = 8
MAX_NODES = 200_000
MAX_TENSORS = 200_000
MAX_FIELDS = 3_000_000
_MAX_RANK = 16
_EXTERNAL = 1
_DATA_FIELDS = (4, 5, 6, 7, 10, 11)
_RAW = 9

Shape = tuple[int | None, ...]
"""Sizes of the dimensions; None where the file leaves one open."""


@dataclass(frozen=True, slots=True)
class ExternalData:
    """Where a tensor's bytes lie outside the file; ``length`` None means up to the end."""

    location: str
    offset: int = 0
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Tensor:
    """A constant: its name, ONNX data type, shape and how many bytes of data the file holds.

    ``raw_bytes`` is None when the data are in a typed list of ``listed_bytes`` bytes.
    """

    name: str
    data_type: int
    dims: tuple[int, ...]
    raw_bytes: int | None
    listed_bytes: int
    external: ExternalData | None


@dataclass(slots=True)
class OnnxFile:
    """What was found. ``inputs`` are those that a run must give; shapes have None where open."""

    opsets: dict[str, int] = field(default_factory=dict[str, int])
    operators: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    functions: int = 0
    tensors: list[Tensor] = field(default_factory=list[Tensor])
    inputs: dict[str, Shape] = field(default_factory=dict[str, Shape])
    outputs: dict[str, Shape] = field(default_factory=dict[str, Shape])
    nodes: int = 0
    budget: Budget = field(default_factory=lambda: Budget(MAX_FIELDS))


def read_onnx(path: Path) -> OnnxFile:
    """Read the graph at ``path``. Raises MessageError when it is no ONNX file, or OSError."""
    if path.stat().st_size == 0:
        raise MessageError("empty")
    with (
        path.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
    ):
        view = memoryview(mapped)
        try:
            return _model(view)
        except MessageError as error:
            # Its frames hold slices of the file, which must be let go before it is unmapped.
            problem = str(error)
        finally:
            view.release()
    raise MessageError(problem)


def _model(message: memoryview) -> OnnxFile:
    found = OnnxFile()
    has_graph = False
    for number, kind, value in fields(message, found.budget):
        if number == 7:
            has_graph = True
            _graph(submessage(kind, value), found, 0)
        elif number == 8:
            domain, version = _opset(submessage(kind, value), found)
            found.opsets[domain] = max(version, found.opsets.get(domain, 0))
        elif number in (20, 25):  # training_info, functions
            found.functions += 1
    if not has_graph or not found.nodes:
        raise MessageError("no graph")
    return found


def _opset(message: memoryview, found: OnnxFile) -> tuple[str, int]:
    domain, version = "", 0
    for number, kind, value in fields(message, found.budget):
        if number == 1:
            domain = text(kind, value)
        elif number == 2:
            version = integer(kind, value)
    return domain, version


def _graph(message: memoryview, found: OnnxFile, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise MessageError("graphs nested too deeply")
    inputs: dict[str, Shape] = {}
    outputs: dict[str, Shape] = {}
    names: set[str] = set()
    for number, kind, value in fields(message, found.budget):
        if number == 1:
            _node(submessage(kind, value), found, depth)
        elif number == 5:
            names.add(_add_tensor(submessage(kind, value), found))
        elif number in (11, 12):
            name, shape = _value_info(submessage(kind, value), found)
            (inputs if number == 11 else outputs)[name] = shape
        elif number == 15:
            _sparse(submessage(kind, value), found)
    if depth == 0:
        found.inputs.update({name: shape for name, shape in inputs.items() if name not in names})
        found.outputs.update(outputs)


def _node(message: memoryview, found: OnnxFile, depth: int) -> None:
    found.nodes += 1
    if found.nodes > MAX_NODES:
        raise MessageError("too many nodes")
    domain = operator = ""
    for number, kind, value in fields(message, found.budget):
        if number == 4:
            operator = text(kind, value)
        elif number == 7:
            domain = text(kind, value)
        elif number == 5:
            _attribute(submessage(kind, value), found, depth)
    found.operators.add((domain, operator))


def _attribute(message: memoryview, found: OnnxFile, depth: int) -> None:
    for number, kind, value in fields(message, found.budget):
        if number in (5, 10):
            _add_tensor(submessage(kind, value), found)
        elif number in (6, 11):
            _graph(submessage(kind, value), found, depth + 1)
        elif number in (22, 23):
            _sparse(submessage(kind, value), found)


def _sparse(message: memoryview, found: OnnxFile) -> None:
    for number, kind, value in fields(message, found.budget):
        if number in (1, 2):
            _add_tensor(submessage(kind, value), found)


def _add_tensor(message: memoryview, found: OnnxFile) -> str:
    if len(found.tensors) >= MAX_TENSORS:
        raise MessageError("too many tensors")
    tensor = _tensor(message, found)
    found.tensors.append(tensor)
    return tensor.name


def _tensor(message: memoryview, found: OnnxFile) -> Tensor:
    dims: list[int] = []
    name, data_type, listed, location = "", 0, 0, 0
    raw: int | None = None
    entries: dict[str, str] = {}
    for number, kind, value in fields(message, found.budget):
        if number == 1:
            dims.extend(itertools.islice(integers(kind, value), _MAX_RANK + 1))
        elif number == 2:
            data_type = integer(kind, value)
        elif number == 8:
            name = text(kind, value)
        elif number == _RAW:
            raw = len(submessage(kind, value))
        elif number in _DATA_FIELDS:
            listed += _listed(kind, value)
        elif number == 13:
            key, entry = _entry(submessage(kind, value), found)
            entries[key] = entry
        elif number == 14:
            location = integer(kind, value)
        if len(dims) > _MAX_RANK:
            raise MessageError("too many dimensions")
    is_external = location == _EXTERNAL or bool(entries)
    external = _external(entries) if is_external else None
    return Tensor(name, data_type, tuple(dims), raw, listed, external)


def _listed(kind: int, value: Value) -> int:
    """Return the bytes of a list, packed or not; an empty string still counts as an element."""
    return max(1, len(submessage(kind, value))) if kind == BYTES else 1


def _entry(message: memoryview, found: OnnxFile) -> tuple[str, str]:
    pair = {1: "", 2: ""}
    for number, kind, value in fields(message, found.budget):
        if number in pair:
            pair[number] = text(kind, value)
    return pair[1], pair[2]


def _external(entries: dict[str, str]) -> ExternalData:
    numbers: dict[str, int] = {}
    for key in ("offset", "length"):
        if key in entries:
            if not entries[key].isascii() or not entries[key].isdigit() or len(entries[key]) > 18:
                raise MessageError(f"{key} of external data")
            numbers[key] = int(entries[key])
    return ExternalData(
        entries.get("location", ""), numbers.get("offset", 0), numbers.get("length")
    )


def _value_info(message: memoryview, found: OnnxFile) -> tuple[str, Shape]:
    name = ""
    shape: Shape = ()
    for number, kind, value in fields(message, found.budget):
        if number == 1:
            name = text(kind, value)
        elif number == 2:
            for inner, inner_kind, tensor in fields(submessage(kind, value), found.budget):
                if inner == 1:
                    shape = _tensor_shape(submessage(inner_kind, tensor), found)
    return name, shape


def _tensor_shape(message: memoryview, found: OnnxFile) -> Shape:
    dims: list[int | None] = []
    for number, kind, value in fields(message, found.budget):
        if number != 2:
            continue
        for inner, inner_kind, dimension in fields(submessage(kind, value), found.budget):
            if inner == 1:
                dims.append(_dimension(submessage(inner_kind, dimension), found))
    return tuple(dims)


def _dimension(message: memoryview, found: OnnxFile) -> int | None:
    for number, kind, value in fields(message, found.budget):
        if number == 1:
            return integer(kind, value)
    return None
