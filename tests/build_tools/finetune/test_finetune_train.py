"""A run that was stopped ends with the weights of one that was not."""

from __future__ import annotations

import dataclasses
import json

import pytest
import torch

from build_tools.finetune.__main__ import main
from build_tools.finetune.config import TuneConfig
from build_tools.finetune.train import Trainer
from tests.build_tools.finetune.tiny import tiny_config


@pytest.fixture
def config(tmp_path):
    return tiny_config(tmp_path)


def stop_after(trainer, steps):
    """Let the next steps' end look like a signal, as SIGTERM does."""
    learn = trainer._learn

    def counted(batch, rate):
        nonlocal steps
        steps -= 1
        trainer._stopping.asked = steps == 0
        return learn(batch, rate)

    trainer._learn = counted
    return trainer


def test_resumed_run_ends_with_the_same_weights(config, tmp_path):
    whole = Trainer(config)
    whole.run()
    parted = dataclasses.replace(config, out=str(tmp_path / "parted"))
    stop_after(Trainer(parted), 2).run()
    resumed = Trainer(parted)
    resumed.run()

    for name, value in whole.model.state_dict().items():
        torch.testing.assert_close(resumed.model.state_dict()[name], value, msg=name)


def test_texts_have_holes_where_they_are_learnt_from_and_none_where_they_measure(config):
    trainer, learnt = Trainer(config), []
    learn = trainer._learn
    trainer._learn = lambda batch, rate: (learnt.append(batch.ids), learn(batch, rate))[1]
    trainer.run()

    mask = trainer._masking._mask
    assert all((ids == mask).any() for ids in learnt)
    assert not (trainer._held_out().batch(0).ids == mask).any()


def test_other_batches_than_those_of_the_checkpoint_are_refused(config):
    stop_after(Trainer(config), 1).run()

    with pytest.raises(ValueError, match="seed"):
        Trainer(dataclasses.replace(config, seed=9))


def test_settings_survive_the_way_through_json(config):
    assert TuneConfig.from_json(config.to_json()) == config


def test_settings_of_an_older_run_take_what_they_lack_from_the_default(config):
    values = config.to_json()
    del values["loss_weights"]["polarity"]
    values["loss_weights"]["calm"] = 0.7
    made = TuneConfig.from_json(values)
    assert made.loss_weights == {**config.loss_weights, "calm": 0.7}


def test_every_kind_of_judgement_is_learnt_from_and_measured(config, capsys):
    trainer = Trainer(dataclasses.replace(config, max_steps=12, log_steps=12))
    trainer.run()
    told = capsys.readouterr().out
    for name in ("sentiment", "polarity", "calm", "inference", "ranking"):
        assert f"{name} " in told.split("held out")[0]
    assert "polarity" in told.split("held out")[1]


def test_what_a_config_says_holds_unless_an_option_says_otherwise(config, tmp_path, monkeypatch):
    config.save(tmp_path / "given.json")
    out = str(tmp_path / "other")
    words = ["finetune", "train", "--config", str(tmp_path / "given.json"), "--out", out]
    monkeypatch.setattr("sys.argv", [*words, "--max-steps", "1"])
    main()
    made = TuneConfig.from_json(json.loads((tmp_path / "other/config.json").read_text("utf-8")))
    assert made == dataclasses.replace(config, out=out, max_steps=1)
