"""Our forward pass is Marian's own."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from build_tools.train_translation.model import Shape, TranslationLoss, grow, new_model
from build_tools.train_translation.vocabulary import EOS, PAD

SOURCE = torch.tensor([[5, 6, 7, EOS, PAD, PAD], [5, 6, 7, 8, 9, EOS]])
TARGET = torch.tensor([[PAD, 5, 6, 8], [PAD, 9, 8, 7]])
WANTED = torch.tensor([[5, 6, 8, EOS], [9, 8, 7, -100]])


@pytest.fixture
def model():
    shape = Shape(40, width=16, feed_forward=24, encoder_layers=2, decoder_layers=2, heads=2)
    return new_model(shape, 1).eval()


def parts() -> tuple[torch.Tensor, torch.Tensor]:
    flat = WANTED.reshape(-1)
    where = torch.tensor([*torch.nonzero(flat >= 0)[:, 0].tolist(), 0])
    return where, torch.tensor([*flat[flat >= 0].tolist(), -100])


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_the_loss_is_that_of_transformers(model, smoothing):
    logits = model(
        input_ids=SOURCE, attention_mask=(SOURCE != PAD).long(), decoder_input_ids=TARGET
    ).logits
    wanted = functional.cross_entropy(
        logits.flatten(0, 1), WANTED.reshape(-1), label_smoothing=smoothing
    )
    plain = functional.cross_entropy(logits.flatten(0, 1), WANTED.reshape(-1))
    found = TranslationLoss(model, smoothing)(SOURCE, TARGET, *parts())
    torch.testing.assert_close(found, (wanted, plain))


def test_one_table_serves_both_sides_and_the_output(model):
    table = model.get_input_embeddings().weight
    assert model.lm_head.weight is table
    assert model.model.decoder.embed_tokens.weight is table


def test_a_grown_encoder_holds_each_layer_twice_in_place(model):
    taller = grow(model, 4)
    assert len(taller.model.encoder.layers) == 4
    for number, origin in enumerate((0, 0, 1, 1)):
        torch.testing.assert_close(
            taller.model.encoder.layers[number].fc1.weight,
            model.model.encoder.layers[origin].fc1.weight,
        )
    torch.testing.assert_close(taller.lm_head.weight, model.lm_head.weight)
