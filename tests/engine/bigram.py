"""A tiny real ONNX graph: a bigram model that predicts a token from the one before it."""

from __future__ import annotations

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

from tests.engine.toy import LENGTHS, TOKENS

HAN = "甲乙丙丁戊己庚辛"


def bigram_graph(follows: dict[str, str], length: int = 1) -> bytes:
    """Return a graph in which each key's likeliest successor is its value.

    The predicted length of an unknown word is ``length``.
    """
    index = {token: i for i, token in enumerate(TOKENS)}
    table = np.full((len(TOKENS), len(TOKENS)), -12.0, dtype=np.float32)
    for place, character in enumerate(HAN):
        table[:, index[character]] = -2.0 - 0.1 * place
    for token in LENGTHS:
        table[:, index[token]] = -9.0
    table[:, index[f"[LEN{length}]"]] = 0.0
    for before, after in follows.items():
        table[index[before], index[after]] = 3.0
    nodes = [
        helper.make_node("Sub", ["columns", "one"], ["previous"]),
        helper.make_node("Unsqueeze", ["rows", "axis"], ["rows_2d"]),
        helper.make_node("Unsqueeze", ["previous", "axis"], ["previous_2d"]),
        helper.make_node("Concat", ["rows_2d", "previous_2d"], ["places"], axis=1),
        helper.make_node("GatherND", ["input_ids", "places"], ["tokens"]),
        helper.make_node("Gather", ["table", "tokens"], ["scores"], axis=0),
        helper.make_node("LogSoftmax", ["scores"], ["log_probs"], axis=-1),
    ]
    matrix = ["batch", "length"]
    graph = helper.make_graph(
        nodes,
        "bigram",
        [
            helper.make_tensor_value_info("input_ids", TensorProto.INT64, matrix),
            helper.make_tensor_value_info("attention_mask", TensorProto.INT64, matrix),
            helper.make_tensor_value_info("rows", TensorProto.INT64, ["places"]),
            helper.make_tensor_value_info("columns", TensorProto.INT64, ["places"]),
        ],
        [helper.make_tensor_value_info("log_probs", TensorProto.FLOAT, ["places", len(TOKENS)])],
        [
            numpy_helper.from_array(np.array(1, dtype=np.int64), "one"),
            numpy_helper.from_array(np.array([1], dtype=np.int64), "axis"),
            numpy_helper.from_array(table, "table"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    checker.check_model(model)
    return model.SerializeToString()
