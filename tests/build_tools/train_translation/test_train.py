"""A run learns, is resumed to the step, decays to zero, and leaves a model transformers loads."""

from __future__ import annotations

import csv
import dataclasses
import json
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from transformers import MarianMTModel

from build_tools.train_translation.__main__ import main
from build_tools.train_translation.checkpoint import load_state
from build_tools.train_translation.config import RunConfig
from build_tools.train_translation.prepare import prepare
from build_tools.train_translation.shards import load_shards
from build_tools.train_translation.sources import SOURCES
from build_tools.train_translation.train import Trainer
from build_tools.train_translation.vocabulary import PAD


@pytest.fixture
def config(prepared, tmp_path):
    return RunConfig(
        prepared=str(prepared),
        out=str(tmp_path / "run"),
        width=16,
        feed_forward=32,
        encoder_layers=2,
        decoder_layers=1,
        heads=2,
        tokens=160,
        learning_rate=1e-2,
        warmup_steps=2,
        max_steps=8,
        compile=False,
        log_seconds=0.0,
    )


def trained(config: RunConfig, **changes: object) -> Path:
    changed = dataclasses.replace(config, **changes)
    Trainer(changed).run()
    return Path(changed.out)


def losses(folder: Path) -> list[str]:
    with (folder / "metrics.csv").open(encoding="utf-8") as stream:
        return [row["loss"] for row in csv.DictReader(stream)]


def test_it_learns(config):
    found = [float(loss) for loss in losses(trained(config, max_steps=40))]
    assert sum(found[-4:]) < 0.8 * sum(found[:4])


def test_a_resumed_run_has_the_losses_and_weights_of_an_uninterrupted_one(config, tmp_path):
    whole = trained(config, max_steps=10)
    halves = trained(config, out=str(tmp_path / "halves"), max_steps=6)
    trained(config, out=str(tmp_path / "halves"), max_steps=10)
    assert losses(halves) == losses(whole)
    mine, other = (load_state(folder / "checkpoint.pt") for folder in (whole, halves))
    assert mine.step == other.step == 10
    for name, value in mine.model.items():
        torch.testing.assert_close(value, other.model[name], rtol=0, atol=0)


def test_a_decay_reaches_zero_and_keeps_the_constant_part(config, tmp_path):
    begun = trained(config, max_steps=5)
    decayed = trained(
        config, out=str(tmp_path / "decayed"), resume=str(begun / "checkpoint.pt"),
        max_steps=None, decay_steps=4,
    )  # fmt: skip
    with (decayed / "metrics.csv").open(encoding="utf-8") as stream:
        rates = [float(row["learning_rate"]) for row in csv.DictReader(stream)]
    assert rates == pytest.approx([1e-2, 7.5e-3, 5e-3, 2.5e-3])
    assert load_state(decayed / "constant.pt").progress == pytest.approx(0.25)


def test_a_checkpoint_of_other_data_is_refused(config):
    trained(config)
    with pytest.raises(ValueError, match="other tokens"):
        Trainer(dataclasses.replace(config, tokens=200))


def test_the_model_folder_loads_in_transformers_and_knows_its_training(config):
    folder = trained(config) / "model"
    model = MarianMTModel.from_pretrained(folder)
    said = model.generate(input_ids=torch.tensor([[5, 6, 0]]), max_new_tokens=4)
    assert said[0, 0] == model.config.decoder_start_token_id
    assert model.config.pad_token_id not in said[0, 1:].tolist()
    assert '"in_development_sets": 1' in (folder / "training.json").read_text("utf-8")


def test_the_average_of_models_is_their_mean_with_the_padding_last(config):
    run = trained(config, max_steps=4)
    before = MarianMTModel.from_pretrained(run / "model").model.shared.weight.clone()
    trained(config, max_steps=8)
    after = MarianMTModel.from_pretrained(run / "model").model.shared.weight
    folders = [str(folder) for folder in sorted((run / "models").iterdir())]
    main(["average", *folders, "--out", str(run / "mean")])
    mean = MarianMTModel.from_pretrained(run / "mean").state_dict()["model.shared.weight"]
    wanted = torch.stack([before, after]).mean(0)
    torch.testing.assert_close(mean[-1], wanted[PAD])
    torch.testing.assert_close(mean[PAD:-1], wanted[PAD + 1 :])


def test_a_finished_model_writes_the_same_and_can_be_trained_on(config):
    run = trained(config, max_steps=30)
    main(["average", str(run / "model"), "--out", str(run / "finished")])
    said = []
    for folder in (run / "model", run / "finished"):
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        model = MarianMTModel.from_pretrained(folder)
        ids = tokenizer.encode("昨天老师买了那本书。").ids
        out = model.generate(input_ids=torch.tensor([ids]), max_length=12)[0].tolist()
        assert tokenizer.decode(ids) == "昨天老师买了那本书。"
        said.append([tokenizer.id_to_token(token) for token in out])
        numbers = json.loads((folder / "vocab.json").read_text("utf-8"))
        assert numbers == {piece: tokenizer.token_to_id(piece) for piece in numbers}
    assert said[0] == said[1]
    assert said[1][0] == "<pad>"
    on = Trainer(dataclasses.replace(config, out=str(run / "on"), init=str(run / "finished")))
    begun = MarianMTModel.from_pretrained(run / "model").state_dict()
    for name, value in on._model.state_dict().items():
        torch.testing.assert_close(value, begun[name], rtol=0, atol=0, msg=name)
    config = on._model.config
    assert config.pad_token_id == config.decoder_start_token_id == PAD


def test_a_model_with_other_tokens_is_refused(config, data, tmp_path):
    run = trained(config, max_steps=1)
    only = tuple(source for source in SOURCES if source.name == "tatoeba")
    prepare(data, tmp_path / "other", vocabulary_size=88, sources=only)
    changed = dataclasses.replace(
        config, prepared=str(tmp_path / "other"), out=str(tmp_path / "on"), init=str(run / "model")
    )
    with pytest.raises(ValueError, match="has other tokens"):
        Trainer(changed)


def test_data_can_be_prepared_with_the_tokens_of_a_finished_model(config, data, prepared, tmp_path):
    run = trained(config, max_steps=1)
    main(["average", str(run / "model"), "--out", str(tmp_path / "finished")])
    only = tuple(source for source in SOURCES if source.name == "tatoeba")
    prepare(data, tmp_path / "again", 70, sources=only, tokenizer_of=tmp_path / "finished")
    first, again = (load_shards(folder / "shards") for folder in (prepared, tmp_path / "again"))
    assert again.source.tolist() == first.source.tolist()
    assert again.target.tolist() == first.target.tolist()
    texts = [
        (f / "tokenizer" / "vocab.json").read_text("utf-8") for f in (prepared, tmp_path / "again")
    ]
    assert json.loads(texts[0]) == json.loads(texts[1])


def test_a_graft_moves_words_and_nothing_else_and_the_run_goes_on(config, prepared):
    run = trained(config, max_steps=3)
    before = load_state(run / "checkpoint.pt")
    main(["graft", str(run / "checkpoint.pt"), "--prepared", str(prepared)])
    after = load_state(run / "checkpoint.pt")
    changed = {
        name for name, value in before.model.items() if not torch.equal(value, after.model[name])
    }
    assert "model.shared.weight" in changed
    assert all(before.model[name].shape[0] == after.model["model.shared.weight"].shape[0]
               for name in changed)  # fmt: skip
    trained(config, max_steps=4)
    assert load_state(run / "checkpoint.pt").step == 4


def test_the_command_line_reaches_the_loop(prepared, tmp_path):
    out = tmp_path / "cli"
    main(
        ["train", "--prepared", str(prepared), "--out", str(out), "--width", "16", "--heads", "2",
         "--feed-forward", "16", "--encoder-layers", "1", "--decoder-layers", "1", "--tokens",
         "160", "--max-steps", "2", "--no-compile"]
    )  # fmt: skip
    assert load_state(out / "checkpoint.pt").step == 2
