from __future__ import annotations

import json
import os
import signal
import threading
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForMaskedLM, AutoTokenizer

from build_tools.pretrain.checkpoint import load_state
from build_tools.pretrain.metrics import read_metrics
from build_tools.pretrain.train import Trainer


def weights(config) -> dict[str, torch.Tensor]:
    return load_state(Path(config.out) / "checkpoint.pt").model


def assert_same(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> None:
    assert first.keys() == second.keys()
    for name, values in first.items():
        assert torch.equal(values, second[name]), name


def test_the_loss_falls_on_a_tiny_corpus(settings):
    config = settings("run", rows=8, max_steps=80, decay_steps=40, learning_rate=2e-2)
    found = Trainer(config).run()
    rows = [row for row in read_metrics(Path(config.out) / "metrics.csv") if row["loss"]]
    losses = [float(row["loss"]) for row in rows]
    assert len(losses) == 80
    assert sum(losses[-5:]) < sum(losses[:5]) - 5
    assert found is not None
    assert found.characters > 0.1


def test_a_resumed_run_ends_with_the_weights_of_an_uninterrupted_one(settings):
    whole = settings("whole", max_steps=8)
    Trainer(whole).run()
    Trainer(settings("parts", max_steps=3)).run()
    parts = settings("parts", max_steps=8)
    Trainer(parts).run()
    assert_same(weights(whole), weights(parts))
    steps = [row["step"] for row in read_metrics(Path(parts.out) / "metrics.csv") if row["loss"]]
    assert steps == [str(step) for step in range(1, 9)]


def test_a_decay_launched_separately_equals_one_in_the_same_run(settings):
    whole = settings("whole", max_steps=8, decay_steps=4)
    Trainer(whole).run()
    constant = Path(whole.out) / "constant.pt"
    assert load_state(constant).step == 4
    decay = settings("decay", decay_steps=4, resume=str(constant))
    Trainer(decay).run()
    assert_same(weights(whole), weights(decay))


def test_a_signal_saves_and_ends_and_the_run_goes_on(settings):
    config = settings("run", max_steps=100_000)
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM))
    before = signal.getsignal(signal.SIGTERM)
    trainer = Trainer(config)
    timer.start()
    trainer.run()
    assert signal.getsignal(signal.SIGTERM) is before
    stopped = load_state(Path(config.out) / "checkpoint.pt")
    assert 0 < stopped.step < 100_000
    more = settings("run", max_steps=stopped.step + 2)
    Trainer(more).run()
    assert load_state(Path(config.out) / "checkpoint.pt").step == stopped.step + 2


def test_the_saved_folder_loads_in_transformers(settings):
    config = settings("run", max_steps=2)
    Trainer(config).run()
    folder = Path(config.out) / "model"
    model, report = AutoModelForMaskedLM.from_pretrained(folder, output_loading_info=True)
    assert not report["missing_keys"]
    assert not report["unexpected_keys"]
    assert model.dtype == torch.float16
    saved = weights(config)["model.layers.1.mlp.Wo.weight"].half()
    assert torch.equal(model.state_dict()["model.layers.1.mlp.Wo.weight"], saved)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    ids = tokenizer("老人[MASK]饭")["input_ids"]
    assert tokenizer.mask_token_id in ids
    training = json.loads((folder / "training.json").read_text("utf-8"))
    assert training["step"] == 2
    assert training["sources"][0]["licence"] == "MIT"
    assert training["config"]["masks"]["span"] == 0.2


def test_a_checkpoint_of_other_rows_is_refused(settings):
    Trainer(settings("run", max_steps=1)).run()
    with pytest.raises(ValueError, match="rows"):
        Trainer(settings("run", max_steps=2, rows=3))


def test_shards_of_another_vocabulary_are_refused(settings, checkpoint):
    path = checkpoint / "tokenizer.json"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    with pytest.raises(ValueError, match="vocabulary"):
        Trainer(settings("run"))
