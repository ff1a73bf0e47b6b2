"""A fill package becomes a checkpoint again that makes the same graph."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from assistant.engine.memory_feed import FED
from assistant.engine.session import OnnxSession
from build_tools.card import About
from build_tools.checkpoint import load_model
from build_tools.export_onnx import export
from build_tools.memory_feed import attach
from build_tools.optimise import optimise
from build_tools.pack import pack
from build_tools.quantise import quantise
from build_tools.thaw import thaw
from tests.build_tools.checkpoints import write_bert, write_modernbert

ABOUT = About("tiny", "1", "CC0-1.0", "Random.", "None.", "All.", 126, ())
IDS = np.array([[2, 11, 12, 4, 14, 20, 3]])
"""A row with the mask at its fourth place."""


@pytest.fixture(params=[False, True], ids=["plain", "memory-fed"])
def checkpoint(request, tmp_path):
    folder = write_modernbert(tmp_path / "checkpoint")
    if request.param:
        model = load_model(str(folder))
        torch.nn.init.normal_(attach(model).outer.weight)
        torch.nn.init.normal_(attach(model).outer.bias)
        model.save_pretrained(folder)
    return folder


def packed(checkpoint, out, *, small):
    out.mkdir()
    export(str(checkpoint), out / "plain.onnx")
    optimise(out / "plain.onnx", out / "clean.onnx")
    quantise(out / "clean.onnx", out / "int8.onnx")
    graph = out / ("int8.onnx" if small else "clean.onnx")
    pack(str(checkpoint), graph, ABOUT, out / "fill")
    return out / "fill"


def predicted(package):
    session = OnnxSession(package / "model.onnx", threads=1)
    feeds = {
        "input_ids": IDS,
        "attention_mask": np.ones_like(IDS),
        "rows": np.zeros(1, np.int64),
        "columns": np.array([3]),
    }
    if "memory_ids" in session.inputs:
        feeds["memory_ids"] = np.arange(12, 12 + FED)[None, None]
        feeds["memory_probs"] = np.linspace(0.3, 0.02, FED, dtype=np.float32)[None, None]
    return session.run(feeds)[0]


def test_a_plain_package_gives_its_weights_back(checkpoint, tmp_path):
    thaw(packed(checkpoint, tmp_path / "made", small=False), tmp_path / "thawed")

    before, after = (load_file(f / "model.safetensors") for f in (checkpoint, tmp_path / "thawed"))
    assert after.keys() == before.keys()
    for name, value in before.items():
        torch.testing.assert_close(after[name], value, rtol=0, atol=1e-6, msg=name)


def test_a_small_package_is_made_again_to_the_number(checkpoint, tmp_path):
    package = packed(checkpoint, tmp_path / "made", small=True)
    thaw(package, tmp_path / "thawed")
    again = packed(tmp_path / "thawed", tmp_path / "again", small=True)

    np.testing.assert_allclose(predicted(again), predicted(package), atol=1e-5)
    assert (again / "tokenizer.json").read_bytes() == (package / "tokenizer.json").read_bytes()


def test_a_graph_of_another_family_is_refused(tmp_path):
    package = packed(write_bert(tmp_path / "bert"), tmp_path / "made", small=True)

    with pytest.raises(ValueError, match="the graph has no"):
        thaw(package, tmp_path / "thawed")
    assert not (tmp_path / "thawed").exists()
