"""The self-test of packages in a process of its own, and what a bad package does to it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper, load_model_from_string, numpy_helper

from assistant.engine import child, store_install
from assistant.engine.cancel import Cancel
from assistant.engine.compare import accuracy, run_package
from assistant.engine.package import load_package
from assistant.engine.store_errors import PackageRefusedError
from assistant.engine.store_install import try_in_child
from assistant.engine.trial import trial_of
from assistant.errors import Cancelled, ModelError
from assistant.records import Task
from tests.engine import evil
from tests.engine.toy_understand import write_understand


def refused(folder: Path) -> str:
    with pytest.raises(PackageRefusedError) as caught:
        try_in_child("toy", folder, Task.FILL, None)
    return caught.value.message("en")


def with_table(change) -> bytes:
    model = load_model_from_string(evil.GRAPH)
    table = numpy_helper.to_array(model.graph.initializer[2]).copy()
    model.graph.initializer[2].CopyFrom(numpy_helper.from_array(change(table), "table"))
    return model.SerializeToString()


def scaled(model_bytes: bytes) -> bytes:
    """Return a graph whose last node gives scores instead of log-probabilities."""
    model = load_model_from_string(model_bytes)
    model.graph.node[-1].CopyFrom(helper.make_node("Identity", ["scores"], ["log_probs"]))
    return model.SerializeToString()


def endless() -> bytes:
    """Return a graph that never comes back: a loop without an end."""
    model = load_model_from_string(evil.GRAPH)
    body = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["on"])],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
        ],
        [helper.make_tensor_value_info("on", TensorProto.BOOL, [])],
    )
    truth = numpy_helper.from_array(np.array(True), "truth")
    often = numpy_helper.from_array(np.array(1 << 62, dtype=np.int64), "often")
    model.graph.initializer.extend([truth, often])
    body.input.append(helper.make_tensor_value_info("x", TensorProto.FLOAT, None))
    body.node.append(helper.make_node("Neg", ["x"], ["y"]))
    body.output.append(helper.make_tensor_value_info("y", TensorProto.FLOAT, None))
    last = model.graph.node[-1]
    last.output[0] = "almost"
    loop = helper.make_node("Loop", ["often", "truth", "almost"], ["log_probs"], body=body)
    model.graph.node.append(loop)
    return model.SerializeToString()


def greedy() -> bytes:
    """Return a graph that asks for a terabyte as soon as it runs."""
    model = load_model_from_string(evil.GRAPH)
    shape = numpy_helper.from_array(np.array([1 << 38], dtype=np.int64), "far_too_much")
    model.graph.initializer.append(shape)
    last = model.graph.node[-1]
    last.output[0] = "almost"
    model.graph.node.extend(
        [
            helper.make_node("ConstantOfShape", ["far_too_much"], ["ocean"]),
            helper.make_node("ReduceSum", ["ocean"], ["sum"], keepdims=0),
            helper.make_node("Add", ["almost", "sum"], ["log_probs"]),
        ]
    )
    return model.SerializeToString()


def test_a_good_package_passes_in_a_process_of_its_own(tmp_path):
    try_in_child("toy", evil.package(tmp_path / "p"), Task.FILL, None)


def test_the_bundled_fill_model_passes():
    folder = Path(__file__).parents[2] / "resources" / "models" / "fill"
    trial_of(Task.FILL).self_test(load_package(folder, Task.FILL))


@pytest.mark.parametrize(
    ("graph", "reason"),
    [
        (with_table(lambda table: table * np.nan), "probabilities"),
        (scaled(evil.GRAPH), "probabilities"),
        (with_table(lambda table: table[:, :20]), "vocabulary"),
        (with_table(lambda table: table[:20]), "self-test"),
    ],
    ids=["not a number", "scores", "too few columns", "too few rows"],
)
def test_a_graph_that_answers_nonsense_fails(tmp_path, graph, reason):
    assert reason in refused(evil.package(tmp_path / "p", graph))


def test_a_graph_that_takes_a_terabyte_ends_only_the_child(tmp_path):
    assert "self-test" in refused(evil.package(tmp_path / "p", greedy()))


def test_a_graph_that_never_comes_back_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(store_install, "SELF_TEST_SECONDS", 6.0)
    assert "took too long" in refused(evil.package(tmp_path / "p", endless()))


def test_a_cancelled_trial_ends_the_child(tmp_path):
    cancel = Cancel()
    cancel.throw()
    with pytest.raises(Cancelled):
        try_in_child("toy", evil.package(tmp_path / "p", endless()), Task.FILL, cancel)


def test_a_child_that_crashes_is_only_a_refusal(tmp_path, monkeypatch):
    program = [sys.executable, "-c", "import os; os.abort()"]
    monkeypatch.setattr(child, "_program", lambda: program)
    assert "crashed" in refused(evil.package(tmp_path / "p"))


@pytest.mark.parametrize("said", ["", "[]", "hello", "{", '{"ok": 1}'])
def test_a_child_that_says_nothing_sensible_is_a_refusal(tmp_path, monkeypatch, said):
    program = [sys.executable, "-c", f"print({said!r})"]
    monkeypatch.setattr(child, "_program", lambda: program)
    assert "not installed" in refused(evil.package(tmp_path / "p"))


def test_two_packages_are_compared_on_the_same_texts(tmp_path):
    folders = [
        evil.package(tmp_path / "a", evil.bigram_graph({"甲": "乙"}), name="a"),
        evil.package(tmp_path / "b", evil.bigram_graph({"甲": "丁"}), name="b"),
    ]
    texts = ["庚甲[MASK]庚。", "没有空。", "甲[MASK]，甲[MASK]。"]
    expected = [[["乙"]], [], [["乙", "丁"], []]]
    runs = [run_package(folder, Task.FILL, texts) for folder in folders]
    assert [run.name for run in runs] == ["a-1", "b-1"]
    assert [[len(places) for places in run.answers] for run in runs] == [[1, 0, 2]] * 2
    best = [run.answers[0][0].options[0][0] for run in runs]
    assert best == ["乙", "丁"]
    hits = [accuracy(run, expected) for run in runs]
    assert [(hit.first, hit.places) for hit in hits] == [(2, 2), (1, 2)]
    assert all(run.memory_bytes > 10_000_000 and run.percentile(0.95) > 0 for run in runs)


def test_a_package_that_cannot_run_is_an_error_of_the_comparison(tmp_path):
    folder = evil.package(tmp_path / "bad", b"no graph")
    with pytest.raises(ModelError):
        run_package(folder, Task.FILL, ["[MASK]"])


def test_an_understand_package_is_tried_with_both_heads(tmp_path):
    try_in_child("toy", write_understand(tmp_path / "p"), Task.UNDERSTAND, None)


def test_an_understand_package_that_answers_nonsense_fails(tmp_path):
    folder = write_understand(tmp_path / "p", sentiment={"output": "shared", "labels": ["a", "b"]})
    with pytest.raises(PackageRefusedError):
        try_in_child("toy", folder, Task.UNDERSTAND, None)


@pytest.mark.parametrize(
    ("labels", "best"), [((), ["positive", "negative"]), (("好山", "坏水"), ["好山", "坏水"])]
)
def test_understand_packages_are_compared_by_mood_or_by_labels(tmp_path, labels, best):
    texts = ["好山好山。", "x7", "坏水坏水。"]
    run = run_package(write_understand(tmp_path / "p"), Task.UNDERSTAND, texts, labels)
    assert [answers[0].options[0][0] for answers in run.answers if answers] == best
    assert run.answers[1] == ()
