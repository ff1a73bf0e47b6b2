"""INT8 graphs: close to FP32, the tied table stored once, the chosen parts left in FP32."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import TensorProto, numpy_helper

from assistant.engine.session import OnnxSession
from build_tools.export_onnx import export
from build_tools.optimise import optimise
from build_tools.quantise import DECODER, EMBEDDING, TRANSFORM, quantise
from tests.build_tools.checkpoints import write_bert, write_modernbert

ALIKE = 0.99
"""Correlation of all log-probabilities; a table read wrongly leaves about 0."""


@pytest.fixture(scope="module", params=[write_bert, write_modernbert])
def clean(request, tmp_path_factory):
    """Return the plain and the cleaned graph of a tiny checkpoint."""
    folder = tmp_path_factory.mktemp("graphs")
    export(str(request.param(folder / "model")), folder / "plain.onnx")
    optimise(folder / "plain.onnx", folder / "clean.onnx")
    return folder / "plain.onnx", folder / "clean.onnx"


def predict(model):
    random = np.random.default_rng(0)
    ids = random.integers(5, 25, (6, 12))
    feeds = {
        "input_ids": ids,
        "attention_mask": np.ones_like(ids),
        "rows": np.arange(6),
        "columns": np.array([1, 3, 5, 7, 9, 10]),
    }
    return OnnxSession(model, threads=1).run(feeds)[0]


def correlation(one, other):
    return np.corrcoef(one.ravel(), other.ravel())[0, 1]


def weights(model, data_type):
    """Return the matrices of the graph of one type, by name."""
    graph = onnx.load(str(model)).graph
    arrays = ((t.name, numpy_helper.to_array(t)) for t in graph.initializer)
    return {
        name: array
        for name, array in arrays
        if array.ndim == 2 and array.dtype == onnx.helper.tensor_dtype_to_np_dtype(data_type)
    }


def test_optimised_graph_predicts_the_same_without_constant_operators(clean):
    plain, optimised = clean

    np.testing.assert_allclose(predict(optimised), predict(plain), atol=1e-5)
    kinds = {node.op_type for node in onnx.load(str(optimised)).graph.node}
    assert not kinds & {"Constant", "Identity"}


def test_optimised_graph_holds_no_equal_weights_and_only_known_operators(clean):
    model = onnx.load(str(clean[1]))

    contents = [
        (t.data_type, tuple(t.dims), numpy_helper.to_array(t).tobytes())
        for t in model.graph.initializer
    ]
    assert len(set(contents)) == len(contents)
    foreign = {node.op_type for node in model.graph.node if node.domain}
    is_fused = any(name.endswith(".cos") for name in weights(clean[1], TensorProto.FLOAT))
    assert foreign == ({"RotaryEmbedding", "MultiHeadAttention"} if is_fused else set())
    domains = {entry.domain for entry in model.opset_import}
    assert domains == ({"", "com.microsoft"} if is_fused else {""})


def test_int8_predictions_stay_close_to_fp32(clean, tmp_path):
    quantise(clean[1], tmp_path / "int8.onnx")

    assert correlation(predict(tmp_path / "int8.onnx"), predict(clean[1])) > ALIKE


def test_weights_are_signed_and_keep_to_seven_bits(clean, tmp_path):
    quantise(clean[1], tmp_path / "int8.onnx")

    integers = weights(tmp_path / "int8.onnx", TensorProto.INT8)
    assert len(integers) >= 8
    assert max(int(np.abs(array.astype(int)).max()) for array in integers.values()) == 64
    assert not weights(tmp_path / "int8.onnx", TensorProto.UINT8)


def test_tied_table_is_stored_once_and_as_integers(clean, tmp_path):
    quantise(clean[1], tmp_path / "int8.onnx")

    tables = [
        name
        for data_type in (TensorProto.INT8, TensorProto.FLOAT)
        for name, array in weights(tmp_path / "int8.onnx", data_type).items()
        if ("embeddings.weight" in name and "word" in name) or "tok_embeddings" in name
    ]
    assert len(tables) == 1
    assert tables[0] in weights(tmp_path / "int8.onnx", TensorProto.INT8)


@pytest.mark.parametrize(
    ("parts", "dense_layers"), [((), 0), ((TRANSFORM,), 1), ((TRANSFORM, DECODER), 2)]
)
def test_parts_that_are_kept_stay_in_fp32(clean, tmp_path, parts, dense_layers):
    quantise(clean[1], tmp_path / "int8.onnx", keep_fp32=parts)

    floats = weights(tmp_path / "int8.onnx", TensorProto.FLOAT)
    graph = onnx.load(str(tmp_path / "int8.onnx")).graph
    kept = [n for n in graph.node if n.op_type == "MatMul" and n.input[1] in floats]
    assert len(kept) == dense_layers


def test_embedding_can_be_kept_apart_in_fp32(clean, tmp_path):
    quantise(clean[1], tmp_path / "int8.onnx", keep_fp32=(EMBEDDING,))

    floats = weights(tmp_path / "int8.onnx", TensorProto.FLOAT)
    assert any("word_embeddings" in name or "tok_embeddings" in name for name in floats)
    assert correlation(predict(tmp_path / "int8.onnx"), predict(clean[1])) > ALIKE


def test_weights_lie_beside_the_graph_and_no_description_is_left(clean, tmp_path):
    quantise(clean[1], tmp_path / "int8.onnx")

    model = onnx.load(str(tmp_path / "int8.onnx"), load_external_data=False)
    assert (tmp_path / "int8.onnx.data").stat().st_size > 0
    assert not model.doc_string
    assert not any(node.doc_string or node.metadata_props for node in model.graph.node)
