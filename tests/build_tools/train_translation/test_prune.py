"""Layers and units that matter least go; what is left is the same model otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from transformers import MarianMTModel

from build_tools.train_translation.__main__ import main
from build_tools.train_translation.checkpoint import save_model
from build_tools.train_translation.model import Shape, TranslationLoss, new_model
from build_tools.train_translation.prune import (
    dropped,
    held_out_loss,
    judged_sentences,
    narrowed,
    unit_importance,
    without_layer,
)
from build_tools.train_translation.shards import Pairs, load_shards
from tests.build_tools.train_translation.conftest import made_lines, write

SIZE = 90


@pytest.fixture
def model() -> MarianMTModel:
    """Return a model in which the encoder's layer 1 does nothing."""
    made = new_model(
        Shape(SIZE, width=16, feed_forward=12, encoder_layers=3, decoder_layers=2, heads=2), 5
    ).eval()
    with torch.no_grad():
        idle = made.model.encoder.layers[1]
        for part in (idle.self_attn.out_proj, idle.fc2):
            part.weight.zero_()
            part.bias.zero_()
    return made


@pytest.fixture
def development(tmp_path: Path) -> Path:
    """Return development sets whose later sentences are made-up pairs."""
    for name in ("iwslt17_dev2010", "msctd_dev"):
        write(tmp_path / "dev" / f"{name}.tsv.xz", [*["不看\tnot read"] * 500, *made_lines()])
    return tmp_path / "dev"


@pytest.fixture
def sentences(prepared: Path, development: Path) -> Pairs:
    tokenizer = Tokenizer.from_file(str(prepared / "tokenizer" / "tokenizer.json"))
    return judged_sentences(development, tokenizer)


def test_only_sentences_behind_the_measured_ones_are_judged(prepared, sentences):
    tokenizer = Tokenizer.from_file(str(prepared / "tokenizer" / "tokenizer.json"))
    assert len(sentences) == 2 * 300
    first = sentences.source[: int(sentences.source_ends[0])].tolist()
    assert tokenizer.decode(first) == made_lines()[0].split("\t")[0]


def test_the_held_out_loss_is_the_models_own(model, sentences):
    net = TranslationLoss(model, 0.0)
    ends = zip(sentences.source_ends[:3], sentences.target_ends[:3], strict=True)
    found = held_out_loss(model, sentences)
    assert 0.5 * torch.log(torch.tensor(SIZE)) < found < 2 * torch.log(torch.tensor(SIZE))
    before = (0, 0)
    losses = []
    for source_end, target_end in ends:
        source = torch.from_numpy(sentences.source[before[0] : source_end].astype("int64"))[None]
        wanted = torch.from_numpy(sentences.target[before[1] : target_end].astype("int64"))
        target = torch.cat([torch.tensor([2]), wanted[:-1]])[None]
        losses.append(net(source, target, torch.arange(len(wanted)), wanted)[1].item())
        before = (source_end, target_end)
    assert found == pytest.approx(sum(losses) / 3, rel=0.2)


def test_the_layer_goes_without_which_the_loss_is_lowest(model, sentences):
    losses = [held_out_loss(without_layer(model, "encoder", i), sentences) for i in range(3)]
    left, gone = dropped(model, "encoder", 2, sentences)
    assert gone == [losses.index(min(losses))]
    assert held_out_loss(left, sentences) == min(losses)
    _, both = dropped(model, "encoder", 1, sentences)
    assert both[0] == gone[0]
    assert len(set(both)) == 2


def test_without_a_layer_that_does_nothing_a_source_reads_the_same(model):
    left = without_layer(model, "encoder", 1)
    assert left.config.encoder_layers == len(left.model.encoder.layers) == 2
    source = torch.tensor([[5, 9, 20, 0]])
    # The norms behind an idle layer normalise what is normal already.
    read = [TranslationLoss(one, 0.0).encode(source) for one in (model, left)]
    torch.testing.assert_close(read[1], read[0], atol=1e-4, rtol=1e-4)


def test_a_decoder_layer_goes_and_the_others_stay_as_they_are(model):
    left = without_layer(model, "decoder", 0)
    assert left.config.decoder_layers == 1
    kept, whole = left.state_dict(), model.state_dict()
    for name, value in kept.items():
        source = name.replace("model.decoder.layers.0.", "model.decoder.layers.1.")
        torch.testing.assert_close(value, whole[source], rtol=0, atol=0, msg=name)


def test_units_without_effect_are_the_ones_that_go(model, prepared):
    with torch.no_grad():
        for layer in (*model.model.encoder.layers, *model.model.decoder.layers):
            layer.fc2.weight[:, 3] = 0
            layer.fc2.weight[:, 7] = 0
    importance = unit_importance(model, load_shards(prepared / "shards"), batches=2)
    left = narrowed(model, importance, 10)
    assert left.config.encoder_ffn_dim == left.config.decoder_ffn_dim == 10
    source, target = torch.tensor([[5, 9, 20, 0]]), torch.tensor([[2, 30, 31]])
    said = [
        TranslationLoss(m, 0.0).decode(target, TranslationLoss(m, 0.0).encode(source), source)
        for m in (model, left)
    ]
    torch.testing.assert_close(said[1], said[0], atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("count", [0, 4])
def test_a_count_of_layers_that_cannot_be_is_refused(model, sentences, count):
    with pytest.raises(ValueError, match="has 3 layers"):
        dropped(model, "encoder", count, sentences)


def test_what_the_command_writes_is_trained_on(model, prepared, development, tmp_path):
    save_model(tmp_path / "whole", model, prepared / "tokenizer", {"step": 4})
    out = tmp_path / "pruned"
    main(
        ["prune", str(tmp_path / "whole"), "--prepared", str(prepared), "--development",
         str(development), "--out", str(out), "--encoder-layers", "2", "--decoder-layers", "1",
         "--feed-forward", "8"]
    )  # fmt: skip
    training = json.loads((out / "training.json").read_text("utf-8"))
    assert training["step"] == 4
    assert len(training["pruned"]["encoder_layers_gone"]) == 1
    assert len(training["pruned"]["loss"]) == 2
    main(
        ["train", "--prepared", str(prepared), "--init", str(out), "--out", str(tmp_path / "run"),
         "--encoder-layers", "2", "--tokens", "160", "--max-steps", "1", "--no-compile"]
    )  # fmt: skip
    config = MarianMTModel.from_pretrained(tmp_path / "run" / "model").config
    assert (config.encoder_layers, config.decoder_layers, config.encoder_ffn_dim) == (2, 1, 8)
