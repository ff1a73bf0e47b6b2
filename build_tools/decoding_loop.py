"""Put a step graph into a loop, so that one call of onnxruntime writes a whole sentence.

A step is a few tens of small operators: a call from Python for each of them, with its caches in
and out, took a fifth of the time. Imports onnx only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import onnx
from onnx import TensorProto, helper

STEPS, ORDER = "steps", "order"
_TOKENS, _POSITION, _LOG_PROBS, _IDS = "token_ids", "position", "top_log_probs", "top_ids"
_INSIDE = "step/"
_BOOL, _INT = TensorProto.BOOL, TensorProto.INT64


def put_in_loop(step: onnx.ModelProto, eos: int) -> onnx.ModelProto:
    """Return a graph that writes up to ``steps`` tokens, each time the likeliest.

    ``step``: inputs ``token_ids`` [N, 1], ``position`` [1], ``past_*`` [N, H, T, D] and whatever
    stays the same; outputs ``top_log_probs``, ``top_ids`` [N, K] and the caches in the order of
    ``past_*``. The graph returned has two inputs more: ``steps`` int64 [1], the most steps, and
    ``order`` int64 [N], the rows of the past [M, H, T, D] that are continued. It ends early once
    every row has written ``eos``. Its outputs: ``top_log_probs`` and ``top_ids``
    [steps taken, N, K], and the caches [N, H, T + steps taken, D]. What does not change from step
    to step is computed once.
    """
    graph = step.graph
    past = [value for value in graph.input if value.name.startswith("past_")]
    kept = [value for value in graph.output if value.name not in (_LOG_PROBS, _IDS)]
    renamed = {value.name: _INSIDE + value.name for value in [*past, *graph.output]}
    renamed |= {name: _INSIDE + name for name in (_TOKENS, _POSITION)}
    nodes = [_renamed(node, renamed) for node in graph.node]
    before, nodes = _what_stays(nodes, set(renamed.values()))
    body = _body(nodes, past, kept, eos)
    carried = [f"{value.name}.ordered" for value in past]
    before += [
        helper.make_node("Gather", [value.name, ORDER], [name], name=name, axis=0)
        for value, name in zip(past, carried, strict=True)
    ]
    before.append(_constant("all_open", _BOOL, [], [1]))
    before.append(helper.make_node("Equal", [_TOKENS, _TOKENS], ["open"], name="open"))
    before.append(helper.make_node("Squeeze", [STEPS], ["most"], name="most"))
    loop = helper.make_node(
        "Loop",
        ["most", "all_open", _TOKENS, "open", *carried],
        ["last_tokens", "last_open", *(value.name for value in kept), _LOG_PROBS, _IDS],
        name="steps",
        body=body,
    )
    inputs = [*graph.input, _value(STEPS, _INT, [1]), _value(ORDER, _INT, ["rows"])]
    return helper.make_model(
        helper.make_graph(
            [*before, loop],
            "decoder",
            [_with_rows(value, "before") if value in past else value for value in inputs],
            [*_scanned(graph.output), *kept],
            graph.initializer,
        ),
        opset_imports=step.opset_import,
        ir_version=step.ir_version,
    )


def _body(
    nodes: list[onnx.NodeProto],
    past: list[onnx.ValueInfoProto],
    kept: list[onnx.ValueInfoProto],
    eos: int,
) -> onnx.GraphProto:
    """Return one round: a step, its best token, which rows are still open, and whether any is."""
    first, last = _INSIDE + "first", _INSIDE + "eos"
    tokens, is_open, any_open = (_INSIDE + name for name in ("next_ids", "next_open", "any_open"))
    steps = [
        helper.make_node("Add", [_POSITION, "round"], [_INSIDE + _POSITION]),
        *nodes,
        _constant(first, _INT, [1], [0]),
        _constant(last, _INT, [], [eos]),
        helper.make_node("Gather", [_INSIDE + _IDS, first], [tokens], axis=1),
        helper.make_node("Equal", [tokens, last], [_INSIDE + "ends"]),
        helper.make_node("Not", [_INSIDE + "ends"], [_INSIDE + "goes_on"]),
        helper.make_node("And", [_INSIDE + "open", _INSIDE + "goes_on"], [is_open]),
        helper.make_node("Cast", [is_open], [_INSIDE + "numbers"], to=_INT),
        helper.make_node("ReduceMax", [_INSIDE + "numbers"], [_INSIDE + "most_open"], keepdims=0),
        helper.make_node("Cast", [_INSIDE + "most_open"], [any_open], to=_BOOL),
    ]
    for number, node in enumerate(steps):
        node.name = node.name or f"{_INSIDE}{number}"
    inputs = [
        _value("round", _INT, []),
        _value("open_before", _BOOL, []),
        _value(_INSIDE + _TOKENS, _INT, ["rows", 1]),
        _value(_INSIDE + "open", _BOOL, ["rows", 1]),
        *(_named(value, _INSIDE + value.name) for value in past),
    ]
    outputs = [
        _value(any_open, _BOOL, []),
        _value(tokens, _INT, ["rows", 1]),
        _value(is_open, _BOOL, ["rows", 1]),
        *(_named(value, _INSIDE + value.name) for value in kept),
        _value(_INSIDE + _LOG_PROBS, TensorProto.FLOAT, ["rows", "best"]),
        _value(_INSIDE + _IDS, _INT, ["rows", "best"]),
    ]
    return helper.make_graph(steps, "step", inputs, outputs)


def _what_stays(
    nodes: Iterable[onnx.NodeProto], changing: Collection[str]
) -> tuple[list[onnx.NodeProto], list[onnx.NodeProto]]:
    """Split ``nodes`` into those that depend on nothing in ``changing``, and the others."""
    changed = set(changing)
    stay: list[onnx.NodeProto] = []
    change: list[onnx.NodeProto] = []
    for node in nodes:
        if changed.isdisjoint(node.input):
            stay.append(node)
        else:
            change.append(node)
            changed.update(node.output)
    return stay, change


def _renamed(node: onnx.NodeProto, names: dict[str, str]) -> onnx.NodeProto:
    node = onnx.NodeProto.FromString(node.SerializeToString())
    for field in (node.input, node.output):
        field[:] = [names.get(name, name) for name in field]
    return node


def _scanned(outputs: Iterable[onnx.ValueInfoProto]) -> list[onnx.ValueInfoProto]:
    kinds = {value.name: value.type.tensor_type.elem_type for value in outputs}
    return [_value(name, kinds[name], ["taken", "rows", "best"]) for name in (_LOG_PROBS, _IDS)]


def _value(name: str, kind: int, shape: list[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


def _named(value: onnx.ValueInfoProto, name: str) -> onnx.ValueInfoProto:
    copy = onnx.ValueInfoProto.FromString(value.SerializeToString())
    copy.name = name
    return copy


def _with_rows(value: onnx.ValueInfoProto, rows: str) -> onnx.ValueInfoProto:
    copy = _named(value, value.name)
    copy.type.tensor_type.shape.dim[0].dim_param = rows
    return copy


def _constant(name: str, kind: int, shape: list[int], values: list[int]) -> onnx.NodeProto:
    value = helper.make_tensor(name, kind, shape, values)
    return helper.make_node("Constant", [], [name], name=name, value=value)
