from __future__ import annotations

import json

import pytest

from build_tools.pretrain.__main__ import parse
from build_tools.pretrain.config import TrainConfig
from build_tools.pretrain.masking import MaskRules

NEEDED = ["--shards", "s", "--init", "i", "--out", "o"]


def test_options_reach_the_settings():
    config = parse([*NEEDED, "--learning-rate", "1e-3", "--decay-until", "03:50", "--no-compile"])
    assert config.learning_rate == 1e-3
    assert config.decay_until == "03:50"
    assert not config.compile
    assert config.rows == TrainConfig("s", "i", "o").rows


def test_the_hidden_share_is_one_of_the_masking_rules():
    assert parse([*NEEDED, "--hidden", "0.14"]).masks == MaskRules(characters=0.14)
    assert parse(NEEDED).masks == MaskRules()


def test_a_constant_schedule_drops_the_decay():
    assert parse([*NEEDED, "--schedule", "constant", "--decay-steps", "9"]).decay_steps is None


def test_a_decay_without_a_length_is_refused(capsys):
    with pytest.raises(SystemExit):
        parse([*NEEDED, "--schedule", "decay"])
    assert "--decay-steps" in capsys.readouterr().err


def test_settings_survive_json():
    config = parse([*NEEDED, "--grow", "6", "--rows", "8"])
    assert TrainConfig.from_json(json.loads(json.dumps(config.to_json()))) == config
