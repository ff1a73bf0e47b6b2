"""Our labels against transformers' zero-shot pipeline on the same tiny, random weights."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    BertConfig,
    BertForSequenceClassification,
    pipeline,
)

from assistant.engine.labels import Labeller
from assistant.engine.package import load_package
from assistant.engine.understand import Understander
from assistant.records import Task
from build_tools.card import About
from build_tools.classifier_checkpoint import load_classifier
from build_tools.export_classifier import export_classifier
from build_tools.pack_classifier import pack_classifier
from tests.build_tools.checkpoints import CHARACTERS, SPECIALS

ABOUT = About("tiny", "1", "MIT", "", "", "", 30, ())
TEMPLATE = "天地是{}。"
TEXTS = ("春风秋月", "天地人，山水花鸟。云雨日夜", "大1小a")
LABELS = ["山水", "花", "云雨日夜", "人a1"]
NAMES = {
    3: ("contradiction", "neutral", "entailment"),
    2: ("not_entailment", "entailment"),
}


def checkpoint(folder: Path, names: tuple[str, ...]) -> Path:
    words = (*SPECIALS, *CHARACTERS)
    config = BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=40, initializer_range=0.5,
        id2label=dict(enumerate(names)), label2id={name: i for i, name in enumerate(names)},
    )  # fmt: skip
    torch.manual_seed(3)
    BertForSequenceClassification(config).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(
        '{"tokenizer_class": "BertTokenizer", "do_lower_case": true, "model_max_length": 40}'
    )
    return folder


@pytest.fixture(scope="module", params=sorted(NAMES))
def source(request, tmp_path_factory) -> Path:
    return checkpoint(tmp_path_factory.mktemp("hf"), NAMES[request.param])


@pytest.fixture(scope="module")
def oracle(source: Path):
    model = AutoModelForSequenceClassification.from_pretrained(source)
    tokenizer = AutoTokenizer.from_pretrained(source)
    return pipeline("zero-shot-classification", model=model, tokenizer=tokenizer)


@pytest.fixture(scope="module")
def labeller(source: Path, tmp_path_factory) -> Labeller:
    classifier = load_classifier(str(source))
    graph = tmp_path_factory.mktemp("graph") / "plain.onnx"
    export_classifier(classifier, graph)
    folder = tmp_path_factory.mktemp("package") / "tiny"
    pack_classifier(classifier, graph, ABOUT, folder)
    return Understander(load_package(folder, Task.UNDERSTAND), threads=1).labels


@pytest.mark.parametrize("multi", [False, True])
@pytest.mark.parametrize("text", TEXTS)
def test_the_confidences_are_those_of_the_pipeline(oracle, labeller, text: str, multi: bool):
    expected = oracle(text, LABELS, hypothesis_template=TEMPLATE, multi_label=multi)
    found = labeller.classify(text, LABELS, TEMPLATE, multi)
    assert [score.label for score in found.labels] == expected["labels"]
    assert [score.confidence for score in found.labels] == pytest.approx(
        expected["scores"], abs=1e-5
    )
    assert found.labels[0].confidence - found.labels[-1].confidence > 0.01


def test_a_single_label_is_judged_for_itself_as_in_the_pipeline(oracle, labeller):
    expected = oracle(TEXTS[0], LABELS[:1], hypothesis_template=TEMPLATE)
    found = labeller.classify(TEXTS[0], LABELS[:1], TEMPLATE)
    assert found.labels[0].confidence == pytest.approx(expected["scores"][0], abs=1e-5)
