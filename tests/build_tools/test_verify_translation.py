"""What the figures of a translate package are made of."""

from __future__ import annotations

import json
import lzma
import sys
from pathlib import Path

import pytest

from build_tools import verify
from build_tools.card import About
from build_tools.export_translation import export_translation
from build_tools.marian_checkpoint import load_marian, never_written
from build_tools.pack_translation import pack_translation
from build_tools.verify_translation import (
    SETS,
    broken_bounds,
    goes_round,
    kept,
    loop_sentences,
    read_pairs,
)
from tests.build_tools.marian import _tokenizer, tiny_marian
from tests.build_tools.test_marian_decoding import SENTENCES

ABOUT = About("tiny", "1", "MIT", "A test.", "None.", "All.", 20, ())


@pytest.mark.parametrize(
    "text",
    [
        "and and and and",
        "I see it, I see it, I see it,",
        "It is the case that one of the one of the one of the best.",
        "No. No. No. No.",
    ],
)
def test_loops_are_seen(text):
    assert goes_round(text)


@pytest.mark.parametrize(
    "text", ["", "Ha ha ha!", "I see it. I see it.", "The more you read the more you know."]
)
def test_plain_sentences_are_no_loops(text):
    assert not goes_round(text)


def test_what_the_source_repeats_is_no_loop():
    assert not goes_round("No, no, no, no, no!", 5)
    assert goes_round("No, no, no, no, no!", 4)


def test_what_survives_is_counted_by_kind():
    sources = ["有3个 GPU", "见 https://a.cn/b", "没有", "10月去 IBM"]
    targets = ["There are 3 of them", "See https://a.cn/b", "None", "To IBM in October"]
    assert kept(sources, targets) == {
        "numbers_kept_of_2": 2,
        "names_kept_of_4": 3,
        "addresses_and_code_kept_of_1": 1,
    }


def write_sets(folder: Path) -> Path:
    folder.mkdir()
    for name in SETS:
        with lzma.open(folder / f"{name}.tsv.xz", "wt", encoding="utf-8") as stream:
            for number, sentence in enumerate(SENTENCES):
                stream.write(f"{sentence}\tsentence {name} {number}\n")
    return folder


def test_a_limit_takes_sentences_from_all_over_the_set(tmp_path):
    path = write_sets(tmp_path / "dev") / f"{SETS[0]}.tsv.xz"
    assert [zh for zh, _ in read_pairs(path, 3)] == list(SENTENCES[::2])
    assert len(read_pairs(path)) == len(read_pairs(path, 99)) == len(SENTENCES)


def test_loop_sentences_come_from_every_set(tmp_path):
    assert len(loop_sentences(write_sets(tmp_path / "dev"), 8)) == 8


@pytest.fixture
def package(tmp_path):
    """Return (checkpoint, package) of the tiny model; its graphs are FP32."""
    checkpoint = tmp_path / "checkpoint"
    tiny_marian().save_pretrained(checkpoint)
    _tokenizer().save(str(checkpoint / "tokenizer.json"))
    model = load_marian(str(checkpoint))
    export_translation(model, never_written(model), tmp_path / "plain")
    pack_translation(checkpoint, tmp_path / "plain", ABOUT, tmp_path / "package")
    return checkpoint, tmp_path / "package"


def test_all_figures_are_measured_and_stand_in_manifest_and_card(
    package, tmp_path, monkeypatch, capsys
):
    checkpoint, folder = package
    data = write_sets(tmp_path / "dev")
    command = ["verify", str(folder), "--task", "translate", "--data", str(data), "--limit", "4"]
    monkeypatch.setattr(sys, "argv", [*command, "--checkpoint", str(checkpoint), "--write"])
    assert verify.main() == 0, capsys.readouterr().err
    metrics = json.loads((folder / "manifest.json").read_text("utf-8"))["metrics"]
    assert metrics["parity"] == {"fp32_greedy_equal_to_generate": 1.0, "int8_loses_bleu": 0.0}
    assert set(metrics["int8"]) == set(metrics["fp32"]) == set(SETS)
    assert metrics["sentences"]["tico19"] == 4
    assert "int8: tico19: beam 4: chrf2" in (folder / "MODEL_CARD.md").read_text("utf-8")


def test_each_broken_bound_is_told():
    metrics = {
        "parity": {"fp32_greedy_equal_to_generate": 0.9, "int8_loses_bleu": 0.5},
        "loops": {"greedy": 2, "beam_4": 0},
    }
    assert broken_bounds(metrics) == [
        "FP32 writes as generate does in 0.9",
        "INT8 loses 0.50 BLEU",
        "2 translations repeat themselves (greedy)",
    ]
    assert broken_bounds({"loops": {"greedy": 0, "beam_4": 0}}) == []


def test_a_floor_counts_for_translations_too(package, tmp_path, monkeypatch, capsys):
    _, folder = package
    data = write_sets(tmp_path / "dev")
    command = ["verify", str(folder), "--task", "translate", "--data", str(data), "--limit", "2"]
    monkeypatch.setattr(sys, "argv", [*command, "--floor", "int8.tico19.greedy.bleu=50"])
    assert verify.main() == 1
    assert "int8.tico19.greedy.bleu is" in capsys.readouterr().err
