"""The app's graph says of a pair what training says of packed rows, in FP32 and in INT8."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from assistant.engine.classifier import Classifier
from assistant.engine.labels import Labeller
from assistant.engine.package import load_package
from assistant.engine.session import OnnxSession
from assistant.records import Task
from build_tools.card import About
from build_tools.classifier_checkpoint import load_classifier
from build_tools.export_classifier import export_classifier
from build_tools.finetune.batches import Packer
from build_tools.finetune.build_likeness import NAME as LIKENESS_NAME
from build_tools.finetune.checkpoint import load_model, new_model, save_model
from build_tools.finetune.encode import pair_row, text_rows
from build_tools.finetune.judge import Judge, Weights, save_judge
from build_tools.finetune.model import PackedHidden, outputs
from build_tools.finetune.turn import Question
from build_tools.finetune.vectors import BUCKETS, WIDTH
from build_tools.optimise import optimise
from build_tools.pack_classifier import pack_classifier
from build_tools.package_writer import with_graph
from build_tools.quantise_classifier import quantise_classifier
from build_tools.thaw import thaw
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
    runs = np.random.default_rng(1).normal(size=8192 + 262_139 + 524_287).astype(np.float32)
    weights = Weights(runs, 0.3, np.ones_like(runs))
    save_judge(folder / "model" / "judge.npz", weights, share=0.5, calm=0.2)
    write_likeness(folder / "model" / LIKENESS_NAME)
    classifier = load_classifier(str(folder / "model"))
    export_classifier(classifier, folder / "plain.onnx")
    optimise(folder / "plain.onnx", folder / "clean.onnx")
    quantise_classifier(folder / "clean.onnx", folder / "model.onnx")
    pack_classifier(classifier, folder / "model.onnx", ABOUT, folder / "package")
    return folder


def write_likeness(path):
    """Write made-up tables in the shape of those of ``build_likeness`` and ``fit``."""
    chance = np.random.default_rng(2)
    pairs = np.arange(20, 40) * 8193 + 1
    table, unit_vectors = chance.normal(size=(2, 8192 + len(pairs), 8)).astype(np.float32)
    table[0], unit_vectors[0] = 0, 0
    np.savez(
        path,
        pairs=pairs,
        table=table,
        centre=chance.normal(size=8).astype(np.float32),
        rarity=chance.uniform(1, 5, 8192).astype(np.float32),
        labels=np.array(["鸟"]),
        label_vectors=chance.normal(size=(1, 8)).astype(np.float32),
        unit_vectors=unit_vectors,
        factors=np.array([0.3, 2.0, 1.0, -0.2, 1.0]),
        offset=np.array(0.5),
        stranger_share=np.array(0.5),
    )


def padded(rows, labels=None):
    """Return the feeds of ``rows``, padded at the end; ``labels`` are tokens at their ends."""
    ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
    mask = np.zeros_like(ids)
    for place, row in enumerate(rows):
        ids[place, : len(row)], mask[place, : len(row)] = row, 1
    marked = np.zeros_like(ids)
    for place, (row, count) in enumerate(zip(rows, labels or [0] * len(rows), strict=True)):
        marked[place, len(row) - 1 - count : len(row) - 1] = 1
    return {"input_ids": ids, "attention_mask": mask, "label_mask": marked}


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
    tokenizer = Tokenizer.from_file(str(built / "model" / "tokenizer.json"))
    packer = Packer(tokenizer, 2, 40)
    for text in TEXTS:
        assert packer.add(Question("x", text, None, HYPOTHESES, (0, 0), ranked=False))
    batch = packer.batch()
    model = load_model(built / "model")
    with torch.no_grad():
        arrays = (batch.ids, batch.positions, batch.owners, batch.parts)
        hidden, near = PackedHidden(model)(*map(torch.from_numpy, arrays))
        rest = map(torch.from_numpy, (batch.spans, batch.texts, batch.pairs))
        found = outputs(model, hidden, near, *rest)
    placed = [text for row in packer.held() for text in row]
    session = OnnxSession(built / "clean.onnx", threads=1)
    sentiment, inference, _ = session.run(padded(pair_rows(built)))
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


def test_a_marked_label_gets_what_likeness_says_and_nothing_else_changes(built):
    rows, sizes = pair_rows(built), [3, 1] * len(TEXTS)
    session = OnnxSession(built / "clean.onnx", threads=1)
    plain, marked = session.run(padded(rows)), session.run(padded(rows, sizes))
    feeds = {name: torch.from_numpy(one) for name, one in padded(rows, sizes).items()}
    graph = load_classifier(str(built / "model")).graph
    ids = feeds["input_ids"]
    parts = torch.cumsum((ids == 3).long(), dim=1)
    own = parts[:, :, None] == parts[:, None, :]
    in_text, in_label = (parts == 0) & (ids != 2), feeds["label_mask"] > 0

    logits = torch.from_numpy(plain[1])[:, None].expand(-1, ids.shape[1], -1)
    found = graph.likeness(logits, ids, in_text, in_label, own)
    found = np.stack([one[mask][0].numpy() for one, mask in zip(found, in_label, strict=True)])
    assert np.abs(found - plain[1])[:, 0].min() > 1e-3
    np.testing.assert_allclose(marked[1], found, atol=1e-4)
    np.testing.assert_allclose(marked[0], plain[0], atol=1e-5)


def test_hypotheses_in_one_row_get_what_each_gets_alone(built):
    rows, sizes = pair_rows(built), [3, 1] * len(TEXTS)
    session = OnnxSession(built / "clean.onnx", threads=1)
    alone = session.run(padded(rows, sizes))[1]
    texts = [row[: row.index(3) + 1] for row in rows[::2]]
    others = [row[row.index(3) + 1 :] for row in rows[:2]]
    packed = padded([[*text, *others[0], *others[1]] for text in texts])
    for place, text in enumerate(texts):
        first = len(text) + len(others[0]) - 1
        packed["label_mask"][place, len(text) : first] = 1
        packed["label_mask"][place, first + 1 : first + len(others[1])] = 1
    _, last, each = session.run(packed)

    for place, text in enumerate(texts):
        ends = [len(text) + len(others[0]) - 1, len(text) + len(others[0]) + len(others[1]) - 1]
        np.testing.assert_allclose(each[place, ends], alone[2 * place : 2 * place + 2], atol=1e-4)
        np.testing.assert_allclose(last[place], alone[2 * place + 1], atol=1e-4)


def test_int8_stays_close_and_stores_tables_in_four_bits(built):
    feeds = padded(pair_rows(built), [3, 1] * len(TEXTS))
    exact, rough = (
        OnnxSession(built / name, threads=1).run(feeds) for name in ("clean.onnx", "model.onnx")
    )

    for one, other in zip(exact, rough, strict=True):
        assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.98
    data = (built / "model.onnx.data").stat().st_size
    assert data < (built / "clean.onnx.data").stat().st_size / 5


@pytest.mark.parametrize("multi", [False, True])
def test_the_app_reads_a_text_once_for_many_labels_and_finds_the_same(built, multi, monkeypatch):
    monkeypatch.setattr("assistant.engine.labels.BATCH_TOKENS", 24)
    text, labels = TEXTS[1] * 12, ["山水花", "鸟", "天地", "日夜大小", "云"]
    found = []
    for takes_many in (True, False):
        with_graph(built / "package", built / "clean.onnx", built / f"exact{takes_many}{multi}")
        folder = built / f"exact{takes_many}{multi}"
        classifier = Classifier(load_package(folder, Task.UNDERSTAND), threads=1)
        assert classifier.takes_many
        classifier.takes_many = takes_many
        told = []
        result = Labeller(classifier).classify(
            text, labels, multi=multi, progress=lambda done, total, told=told: told.append(done)
        )
        assert told[-1] == 2 * len(labels)
        found.append({score.label: score.confidence for score in result.labels})
    assert found[0] == pytest.approx(found[1], abs=1e-4)


def test_package_names_both_heads(built):
    manifest = load_package(built / "package", Task.UNDERSTAND).manifest

    assert manifest.sentiment is not None
    assert manifest.entailment is not None
    assert manifest.sentiment.labels == ("negative", "positive", "neutral")
    assert manifest.entailment.labels == ("entailment", "neutral", "contradiction")
    assert {manifest.sentiment.output, manifest.entailment.output} < set(manifest.outputs)
    assert manifest.inputs == ("input_ids", "attention_mask", "label_mask")


def test_a_thawed_package_makes_the_same_graph_again(built, tmp_path):
    thaw(built / "package", tmp_path / "model")
    classifier = load_classifier(str(tmp_path / "model"))
    export_classifier(classifier, tmp_path / "plain.onnx")
    optimise(tmp_path / "plain.onnx", tmp_path / "clean.onnx")
    quantise_classifier(tmp_path / "clean.onnx", tmp_path / "model.onnx")

    rows = pair_rows(built)
    feeds = padded(rows, [1] * len(rows))
    before, after = (
        OnnxSession(folder / "model.onnx", threads=1).run(feeds) for folder in (built, tmp_path)
    )
    for one, other in zip(before, after, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)
    assert classifier.heads == load_classifier(str(built / "model")).heads
