"""The app's graph says of a pair what training says of packed rows, in FP32 and in INT8."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from assistant.engine.package import load_package
from assistant.engine.session import OnnxSession
from assistant.records import Task
from build_tools.card import About
from build_tools.classifier_checkpoint import load_classifier
from build_tools.export_classifier import export_classifier
from build_tools.finetune.batches import Packer
from build_tools.finetune.checkpoint import new_model, save_model
from build_tools.finetune.encode import pair_row, text_rows
from build_tools.finetune.judge import Judge, Weights, save_judge, scores
from build_tools.finetune.model import PackedHidden, outputs
from build_tools.finetune.turn import Question
from build_tools.finetune.vectors import BUCKETS, WIDTH
from build_tools.optimise import optimise
from build_tools.pack_classifier import pack_classifier
from build_tools.quantise_classifier import quantise_classifier
from tests.build_tools.checkpoints import write_modernbert

TEXTS = ("天地人", "春风秋月山水花鸟云雨", "日夜大小，多少。")
HYPOTHESES = ("山水花", "鸟")
ABOUT = About("tiny", "1", "none", "s", "t", "l", 100, ())


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return a folder with a model folder, plain, clean and INT8 graphs, and a package."""
    folder = tmp_path_factory.mktemp("understand")
    init = write_modernbert(folder / "init")
    vectors = torch.randn(BUCKETS, WIDTH, generator=torch.Generator().manual_seed(0))
    model = new_model(init, vectors, seed=0)
    torch.nn.init.normal_(model.part.weight)
    save_model(folder / "model", model, init, {})
    runs = np.random.default_rng(1).normal(size=8192 + 2 * 131_071).astype(np.float32)
    save_judge(folder / "model" / "judge.npz", Weights(runs, 0.3), share=0.5)
    classifier = load_classifier(str(folder / "model"))
    export_classifier(classifier, folder / "plain.onnx")
    optimise(folder / "plain.onnx", folder / "clean.onnx")
    quantise_classifier(folder / "clean.onnx", folder / "model.onnx")
    pack_classifier(classifier, folder / "model.onnx", ABOUT, folder / "package")
    return folder


def padded(rows):
    """Return the feeds of ``rows``, padded at the end."""
    ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
    mask = np.zeros_like(ids)
    for place, row in enumerate(rows):
        ids[place, : len(row)], mask[place, : len(row)] = row, 1
    return {"input_ids": ids, "attention_mask": mask}


def pair_rows(folder):
    tokenizer = Tokenizer.from_file(str(folder / "model" / "tokenizer.json"))
    others = [tokenizer.encode(one, add_special_tokens=False).ids for one in HYPOTHESES]
    return [pair_row(row, other, 3) for row in text_rows(tokenizer, TEXTS) for other in others]


def test_padding_changes_nothing(built):
    rows = pair_rows(built)
    session = OnnxSession(built / "plain.onnx", threads=1)
    together = session.run(padded(rows))
    alone = [session.run(padded([row])) for row in rows]

    for head in range(2):
        found = np.concatenate([one[head] for one in alone])
        np.testing.assert_allclose(found, together[head], atol=1e-4)


def test_graph_agrees_with_packed_training_rows(built):
    classifier = load_classifier(str(built / "model"))
    tokenizer = Tokenizer.from_file(str(built / "model" / "tokenizer.json"))
    packer = Packer(tokenizer, 2, 40)
    for text in TEXTS:
        assert packer.add(Question("x", text, None, HYPOTHESES, (0, 0), ranked=False))
    batch = packer.batch()
    model = classifier.graph.model
    with torch.no_grad():
        arrays = (batch.ids, batch.positions, batch.owners, batch.parts)
        hidden, near = PackedHidden(model)(*map(torch.from_numpy, arrays))
        rest = map(torch.from_numpy, (batch.spans, batch.texts, batch.pairs))
        found = outputs(model, hidden, near, *rest)
    placed = [text for row in packer.held() for text in row]
    session = OnnxSession(built / "clean.onnx", threads=1)
    sentiment, inference = session.run(padded(pair_rows(built)))
    by_text = inference.reshape(len(TEXTS), len(HYPOTHESES), 3)

    np.testing.assert_allclose(
        found.inference.numpy().reshape(by_text.shape), by_text[placed], atol=1e-4
    )
    tokens = text_rows(tokenizer, TEXTS)
    ids = torch.from_numpy(padded(tokens)["input_ids"])
    mask = torch.from_numpy(padded(tokens)["attention_mask"]) > 0
    judged = Judge(built / "model" / "judge.npz")(ids, mask).numpy()
    expected = found.sentiment.numpy() + judged[placed]
    np.testing.assert_allclose(expected, sentiment[:: len(HYPOTHESES)][placed], atol=1e-4)


def test_text_alone_is_judged_as_in_a_pair(built):
    tokenizer = Tokenizer.from_file(str(built / "model" / "tokenizer.json"))
    session = OnnxSession(built / "clean.onnx", threads=1)
    alone = session.run(padded(text_rows(tokenizer, TEXTS)))[0]

    in_pair = session.run(padded(pair_rows(built)))[0][:: len(HYPOTHESES)]
    np.testing.assert_allclose(alone, in_pair, atol=1e-4)


def test_linear_judgement_in_the_graph_is_the_one_that_was_fitted(built):
    tokenizer = Tokenizer.from_file(str(built / "model" / "tokenizer.json"))
    rows = text_rows(tokenizer, TEXTS)
    runs = np.random.default_rng(1).normal(size=8192 + 2 * 131_071).astype(np.float32)
    feeds = {name: torch.from_numpy(array) for name, array in padded(rows).items()}

    logits = Judge(built / "model" / "judge.npz")(feeds["input_ids"], feeds["attention_mask"] > 0)
    odds = (logits[:, 1] - logits[:, 0]).numpy()
    np.testing.assert_allclose(odds, 0.5 * scores(Weights(runs, 0.3), rows), atol=0.05)


def test_int8_stays_close_and_stores_tables_as_bytes(built):
    feeds = padded(pair_rows(built))
    exact, rough = (
        OnnxSession(built / name, threads=1).run(feeds) for name in ("clean.onnx", "model.onnx")
    )

    for one, other in zip(exact, rough, strict=True):
        assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.98
    data = (built / "model.onnx.data").stat().st_size
    assert data < (built / "clean.onnx.data").stat().st_size / 3


def test_package_names_both_heads(built):
    manifest = load_package(built / "package", Task.UNDERSTAND).manifest

    assert manifest.sentiment is not None
    assert manifest.entailment is not None
    assert manifest.sentiment.labels == ("negative", "positive")
    assert manifest.entailment.labels == ("entailment", "neutral", "contradiction")
    assert {manifest.sentiment.output, manifest.entailment.output} == set(manifest.outputs)
