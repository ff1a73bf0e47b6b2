"""Classifiers of transformers as packages: the same logits, whatever the padding."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from transformers import (
    AutoModelForSequenceClassification,
    BertForSequenceClassification,
    ModernBertForSequenceClassification,
)

from assistant.engine.package import load_package
from assistant.engine.session import OnnxSession
from assistant.records import Task
from build_tools.card import About
from build_tools.classifier_checkpoint import load_classifier
from build_tools.export_classifier import export_classifier
from build_tools.optimise import optimise
from build_tools.pack_classifier import pack_classifier
from build_tools.quantise_classifier import quantise_classifier
from tests.build_tools.checkpoints import write_bert, write_modernbert

INFERENCE = {"contradiction": 0, "entailment": 1, "neutral": 2}
SENTIMENT = {"positive": 0, "negative": 1}


def write_classifier(folder, kind, label2id, **settings):
    """Write a tiny classifier over the tiny masked language model."""
    writer, family = {
        "bert": (write_bert, BertForSequenceClassification),
        "modernbert": (write_modernbert, ModernBertForSequenceClassification),
    }[kind]
    writer(folder)
    torch.manual_seed(3)
    names = {column: name for name, column in label2id.items()}
    model = family.from_pretrained(folder, label2id=label2id, id2label=names, **settings)
    model.save_pretrained(folder)
    return folder


@pytest.fixture(
    scope="module",
    params=[
        ("bert", INFERENCE, {}),
        ("modernbert", SENTIMENT, {"classifier_pooling": "mean"}),
        ("modernbert", INFERENCE, {"classifier_pooling": "cls"}),
    ],
    ids=["bert", "modernbert-mean", "modernbert-cls"],
)
def checkpoint(request, tmp_path_factory):
    kind, label2id, settings = request.param
    folder = tmp_path_factory.mktemp("classifier") / "model"
    return write_classifier(folder, kind, label2id, **settings)


def rows(classifier):
    random = np.random.default_rng(0)
    ids = random.integers(5, 25, (3, 11))
    mask = (np.arange(11) < np.array([[11], [7], [4]])).astype(np.int64)
    feeds = {"input_ids": np.where(mask, ids, 0), "attention_mask": mask}
    if "token_type_ids" in classifier.inputs:
        feeds["token_type_ids"] = mask * (np.arange(11) >= 3)
    return feeds


def test_graph_agrees_with_transformers(checkpoint, tmp_path):
    classifier = load_classifier(str(checkpoint))
    export_classifier(classifier, tmp_path / "plain.onnx")
    feeds = rows(classifier)
    found = OnnxSession(tmp_path / "plain.onnx", threads=1).run(feeds)[0]

    model = AutoModelForSequenceClassification.from_pretrained(checkpoint).eval()
    with torch.no_grad():
        expected = model(**{name: torch.from_numpy(array) for name, array in feeds.items()})
    np.testing.assert_allclose(found, expected.logits.numpy(), atol=1e-4)


def test_package_keeps_the_order_of_the_labels_and_int8_stays_close(checkpoint, tmp_path):
    classifier = load_classifier(str(checkpoint))
    export_classifier(classifier, tmp_path / "plain.onnx")
    optimise(tmp_path / "plain.onnx", tmp_path / "clean.onnx")
    quantise_classifier(tmp_path / "clean.onnx", tmp_path / "model.onnx")
    about = About("tiny", "1", "none", "s", "t", "l", 100, ())
    pack_classifier(classifier, tmp_path / "model.onnx", about, tmp_path / "package")

    manifest = load_package(tmp_path / "package", Task.UNDERSTAND).manifest
    head = manifest.sentiment or manifest.entailment
    assert head is not None
    known = SENTIMENT if manifest.sentiment else INFERENCE
    assert head.labels == tuple(sorted(known, key=known.__getitem__))
    feeds = rows(classifier)
    exact, rough = (
        OnnxSession(path, threads=1).run(feeds)[0]
        for path in (tmp_path / "clean.onnx", tmp_path / "package" / "model.onnx")
    )
    np.testing.assert_allclose(rough, exact, atol=0.1 * max(1.0, np.abs(exact).max()))


def test_labels_without_meaning_are_refused_until_they_are_named(tmp_path):
    folder = write_classifier(tmp_path / "model", "bert", {"LABEL_0": 0, "LABEL_1": 1})

    with pytest.raises(ValueError, match="--labels"):
        load_classifier(str(folder))
    named = load_classifier(str(folder), ["negative", "positive"])
    assert named.heads["sentiment"].labels == ("negative", "positive")
