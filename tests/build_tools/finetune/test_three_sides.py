"""The third column of the sentiment head: who teaches it, and where it comes from."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from safetensors.torch import load_file, save_file

from build_tools.finetune.checkpoint import load_model
from build_tools.finetune.model import sentiment_losses
from build_tools.finetune.records import CALM, NEGATIVE, POSITIVE
from build_tools.finetune.train import Trainer
from tests.build_tools.finetune.tiny import tiny_config

LOGITS = torch.tensor([[2.0, -1.0, 3.0], [0.5, 1.0, -2.0], [0.0, 0.3, 0.1], [1.0, 1.0, 0.0]])


def gradient(wanted, of_three):
    logits = LOGITS.clone().requires_grad_()
    terms = sentiment_losses(logits, torch.tensor(wanted), torch.tensor(of_three))
    torch.stack(list(terms.values())).sum().backward()
    assert logits.grad is not None
    return set(terms), logits.grad


def test_stars_move_the_two_sides_alone():
    names, found = gradient([NEGATIVE, POSITIVE, -1, POSITIVE], [False] * 4)
    assert names == {"sentiment"}
    assert not found[:, CALM].any()
    assert found[[0, 1, 3], :CALM].all()
    assert not found[2].any()


@pytest.mark.parametrize(("of_three", "name"), [(True, "polarity"), (False, "calm")])
def test_what_judges_nothing_is_to_be_calm(of_three, name):
    names, found = gradient([CALM, -1, -1, -1], [of_three] * 4)
    assert names == {name}
    assert found[0, CALM] < 0
    assert (found[0, :CALM] > 0).all()


def test_a_choice_among_three_moves_all_columns():
    names, found = gradient([-1, -1, POSITIVE, NEGATIVE], [True] * 4)
    assert names == {"polarity"}
    assert found[2, POSITIVE] < 0
    assert (found[2, [NEGATIVE, CALM]] > 0).all()


def test_a_head_of_two_sides_gets_a_third_between_them(tmp_path):
    Trainer(dataclasses.replace(tiny_config(tmp_path), max_steps=1)).run()
    folder = tmp_path / "run" / "model"
    weights = load_file(folder / "model.safetensors")
    two = dict(weights)
    for name in ("sentiment.2.weight", "sentiment.2.bias"):
        two[name] = weights[name][:CALM].clone()
    save_file(two, folder / "model.safetensors")

    head = load_model(folder).sentiment[2]
    for name in ("weight", "bias"):
        found, given = getattr(head, name), two[f"sentiment.2.{name}"]
        torch.testing.assert_close(found[:CALM], given)
        torch.testing.assert_close(found[CALM], given.mean(0))
