"""A step graph in a loop does what the steps would do one by one, and can be stopped."""

from __future__ import annotations

import threading

import numpy as np
import onnx
import pytest

from assistant.engine.cancel import Cancel
from assistant.engine.package import load_package
from assistant.engine.translation_model import TranslationModel
from assistant.errors import Cancelled
from assistant.records import Task
from tests.build_tools.marian import EOS, tiny_marian, write_package

SENTENCES = ("我看山。", "天地大，人小。", "云")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_package(tmp_path_factory.mktemp("tiny"), tiny_marian())


@pytest.fixture(scope="module")
def model(folder) -> TranslationModel:
    return TranslationModel(load_package(folder, Task.TRANSLATE), threads=1)


def begun(model: TranslationModel, sentences=SENTENCES):
    sources = [model.encode_text(sentence) for sentence in sentences]
    return model.read(sources), [model.start] * len(sources), range(len(sources))


def test_many_steps_in_one_call_are_the_steps_one_by_one(model):
    reading, tokens, order = begun(model)
    scores, ids = reading.write(tokens, order, 6)
    again, tokens, order = begun(model)
    for step in range(len(ids)):
        one_score, one = again.write(tokens, order)
        np.testing.assert_array_equal(one[0], ids[step])
        np.testing.assert_allclose(one_score[0], scores[step], atol=1e-4)
        tokens = one[0, :, 0]


def test_it_goes_on_from_where_it_stopped_in_another_order(model):
    reading, tokens, order = begun(model)
    _, whole = reading.write(tokens, order, 5)
    again, tokens, order = begun(model)
    _, first = again.write(tokens, order, 2)
    _, rest = again.write(first[-1, ::-1, 0], [2, 1, 0], 3)
    np.testing.assert_array_equal(rest[:, ::-1, 0], whole[2 : 2 + len(rest), :, 0])


def test_it_ends_when_every_row_has_ended(model):
    def written(sentences):
        reading, tokens, order = begun(model, sentences)
        return reading.write(tokens, order, 90)[1][:, :, 0]

    alone = {
        sentence: len(written([sentence])) for sentence in (*SENTENCES, "你", "鸟。", "雨下了")
    }
    ending = [sentence for sentence, steps in alone.items() if steps < 90]
    assert len({alone[sentence] for sentence in ending}) >= 2
    together = written(ending)
    assert len(together) == max(alone[sentence] for sentence in ending)
    assert all(EOS in together[:, row] for row in range(len(ending)))


def test_what_does_not_change_is_outside_the_loop(folder):
    graph = onnx.load(str(folder / "decoder.onnx")).graph
    (loop,) = [node for node in graph.node if node.op_type == "Loop"]
    inside = {name for node in loop.attribute[0].g.node for name in node.input}
    assert "attention_mask" not in inside
    assert not loop.attribute[0].g.initializer


def test_a_sentence_being_written_can_be_stopped(model):
    cancel = Cancel()
    timer = threading.Timer(0.05, cancel.throw)
    timer.start()
    with pytest.raises(Cancelled):
        _write_on_and_on(model, cancel)
    timer.join()


def _write_on_and_on(model: TranslationModel, cancel: Cancel) -> None:
    while True:
        reading, tokens, order = begun(model, SENTENCES * 400)
        reading.write(tokens, order, 90, cancel)
