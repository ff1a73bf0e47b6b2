"""Verification through the engine: figures, bounds and the exit code."""

from __future__ import annotations

import lzma
import sys

import numpy as np
import pytest

from assistant.engine.fill import Filler
from assistant.engine.package import load_package
from assistant.records import Task
from build_tools import parity, verify
from build_tools.card import About
from build_tools.export_onnx import export
from build_tools.optimise import optimise
from build_tools.pack import pack
from build_tools.quantise import quantise
from tests.build_tools.checkpoints import write_modernbert

SENTENCES = (
    "春风来去天地，秋月上下山水，花鸟云雨日夜大小多少，人去里外。",
    "山水天地日夜，大小多少人来去，春花秋月上下里外，风云雨鸟。",
)
GOOD_PARITY = {
    "fp32_graph_against_torch_largest_difference_ln_p": 1e-5,
    "int8_against_fp32": {
        "same_best_token": 0.96,
        "common_among_best_five": 0.95,
        "mean_ln_p_of_right_character_fp32": -4.0,
        "mean_ln_p_of_right_character_int8": -4.005,
    },
}


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """Return a checkpoint and a package of it."""
    folder = tmp_path_factory.mktemp("package")
    checkpoint = str(write_modernbert(folder / "checkpoint"))
    export(checkpoint, folder / "plain.onnx")
    optimise(folder / "plain.onnx", folder / "clean.onnx")
    quantise(folder / "clean.onnx", folder / "int8.onnx")
    about = About("tiny", "1", "CC0-1.0", "Random.", "None.", "All.", 126, ())
    pack(checkpoint, folder / "int8.onnx", about, folder / "fill")
    return checkpoint, folder / "fill"


@pytest.fixture
def data(tmp_path):
    """Return a folder with a small file of each development set."""
    (tmp_path / "acceptance_fill_30.tsv").write_text("春[MASK]来\t风\n", encoding="utf-8")
    story = "".join(f"{i} ||| {sentence}\n" for i, sentence in enumerate(SENTENCES, 1))
    files = {
        "cft.test.auto.xz": story + "3 ||| 春风 来 XXXXX 。 ||| 天地\n",
        "cmrc2017.cloze.valid.doc_query.xz": "1 ||| XXXXX 上 山 。\n<qid_0> ||| XXXXX 。\n",
        "cmrc2017.cloze.valid.answer.xz": "<qid_0> ||| 人\n",
        "chid.dev_few_all.json.xz": '{"content": "人#idiom#。", "answer": 1, '
        '"candidates": ["春风秋月", "日夜来去"]}\n',
        "chid.train_few_all.json.xz": '{"content": "天#idiom#。", "answer": 0, '
        '"candidates": ["春风秋月", "日夜来去"]}\n',
        "ccpm.valid.jsonl.xz": '{"translation": "春天来了。", "answer": 0, '
        '"choices": ["春风", "秋月", "日夜", "来去"]}\n'
        '{"translation": "上山。", "answer": 0, "choices": ["春风秋月，山水花鸟", "月"]}\n',
    }
    for name, text in files.items():
        with lzma.open(tmp_path / name, "wt", encoding="utf-8") as stream:
            stream.write(text)
    return tmp_path


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["verify", *map(str, arguments)])
    return verify.main()


def test_figures_are_measured_and_written(package, data, monkeypatch, capsys):
    checkpoint, folder = package
    monkeypatch.setattr(verify, "LEAST_AGREEMENT", 0.0)  # two blanks of random weights
    monkeypatch.setattr(verify, "MOST_LOST", 5.0)
    monkeypatch.setattr(verify, "MOST_POINTS", 1.0)

    code = run(monkeypatch, folder, "--data", data, "--checkpoint", checkpoint, "--write")

    metrics = load_package(folder, Task.FILL).manifest.metrics
    assert code == 0
    assert metrics["parity"]["fp32_graph_against_torch_largest_difference_ln_p"] < 1e-4
    assert metrics["parity"]["int8_against_fp32"]["blanks"] == 2
    assert metrics["accuracy"]["cft_one_character"]["blanks"] == 2
    assert metrics["accuracy_fp32"].keys() == metrics["accuracy"].keys()
    shares = ("chid_7_choices", "ccpm_4_choices", "word_length_right")
    assert all(0 <= metrics["accuracy"][name] <= 1 for name in shares)
    assert "hit_at_5" in capsys.readouterr().out


def test_broken_floor_fails_and_writes_nothing(package, data, monkeypatch, capsys):
    folder = package[1]
    before = (folder / "manifest.json").read_bytes()
    floor = "accuracy.acceptance_30_length_known.hit_at_1=1.01"

    code = run(monkeypatch, folder, "--data", data, "--floor", floor, "--write")

    assert code == 1
    assert "hit_at_1" in capsys.readouterr().err
    assert (folder / "manifest.json").read_bytes() == before


def test_good_parity_breaks_no_bound():
    assert verify.broken_bounds({"parity": GOOD_PARITY}, {}) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"fp32_graph_against_torch_largest_difference_ln_p": 0.1}, "torch"),
        ({"fp32_graph_against_torch_largest_difference_ln_p": float("nan")}, "torch"),
        ({"int8_against_fp32": {"same_best_token": 0.5}}, "same_best_token"),
        ({"int8_against_fp32": {"common_among_best_five": 0.5}}, "common_among"),
        ({"int8_against_fp32": {"mean_ln_p_of_right_character_int8": -4.2}}, "loses"),
    ],
)
def test_each_parity_bound_is_named_when_broken(change, word):
    found = {**GOOD_PARITY, **change}
    if inner := change.get("int8_against_fp32"):
        found["int8_against_fp32"] = {**GOOD_PARITY["int8_against_fp32"], **inner}

    (sentence,) = verify.broken_bounds({"parity": found}, {})

    assert word in sentence


def test_words_that_int8_loses_break_a_bound():
    fp32, int8 = (
        {"cft": {"hit_at_1": share, "blanks": 1000}, "chid_7_choices": 0.3}
        for share in (0.5, 0.485)
    )

    (sentence,) = verify.broken_bounds({"accuracy_fp32": fp32, "accuracy": int8}, {})

    assert "0.015" in sentence
    assert "cft" in sentence
    assert not verify.broken_bounds({"accuracy_fp32": fp32, "accuracy": fp32}, {})


def test_engine_scorer_keeps_to_the_length_and_scores_what_it_proposes(package):
    scorer = verify.EngineScorer(Filler(load_package(package[1], Task.FILL), threads=1))

    found = scorer.best("春风", "来去。", 2, 3)
    scores = scorer.scores("春风", "来去。", [word for word, _ in found])

    assert [len(word) for word, _ in found] == [2, 2, 2]
    assert scores == pytest.approx([confidence for _, confidence in found], rel=1e-4)


def test_agreement_of_known_predictions():
    reference = np.log(np.array([[0.4, 0.2, 0.15, 0.1, 0.1, 0.05]] * 2, dtype=np.float32))
    other = reference.copy()
    other[1, [0, 5]] = other[1, [5, 0]]

    same = parity.agreement(reference, other)

    assert (same.top1, same.count) == (0.5, 2)
    assert same.top5 == pytest.approx((1.0 + 0.8) / 2)
    assert same.largest == pytest.approx(np.log(0.4 / 0.05), rel=1e-5)
