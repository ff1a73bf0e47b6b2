from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForMaskedLM

from build_tools.checkpoint import load_model
from build_tools.distil import Distiller, DistilRules
from build_tools.distil import parse as parse_distil
from build_tools.memory_feed import attach
from build_tools.pretrain.checkpoint import load_state
from build_tools.pretrain.train import Trainer
from build_tools.prune import head_importance, least_important, prune, without_layer
from build_tools.pruned_heads import cut_heads, expand_heads, kept_heads
from build_tools.shrinking import compare


def losses(config):
    path = Path(config.out) / "metrics.csv"
    rows = [line.split(",") for line in path.read_text("utf-8").splitlines()[1:]]
    return [float(row[4]) for row in rows if row[4]]


@pytest.fixture
def teacher(settings):
    config = settings("teacher", rows=8, max_steps=30, learning_rate=2e-2)
    Trainer(config).run()
    return Path(config.out) / "model"


@pytest.fixture
def one_layer(checkpoint, tmp_path):
    config = json.loads((checkpoint / "config.json").read_text("utf-8"))
    config |= {"num_hidden_layers": 1, "layer_types": ["full_attention"], "hidden_size": 16}
    path = tmp_path / "one_layer.json"
    path.write_text(json.dumps(config), "utf-8")
    return str(path)


def test_a_narrower_student_learns_from_its_teacher_and_goes_on_to_the_step(
    settings, teacher, one_layer
):
    def student(name, **given):
        made = settings(name, rows=8, learning_rate=2e-2, tokenizer=str(teacher), **given)
        return type(made).from_json({**made.to_json(), "init": one_layer})

    rules = DistilRules(str(teacher))
    whole = student("whole", max_steps=24)
    found = compare(Distiller(whole, rules))
    assert found["after"]["loss"] < found["before"]["loss"]
    assert found["after"]["million_weights"] == found["before"]["million_weights"]
    assert sum(losses(whole)[-4:]) < sum(losses(whole)[:4])
    Distiller(student("parts", max_steps=10), rules).run()
    Distiller(student("parts", max_steps=24), rules).run()
    parts = load_state(Path(whole.out).parent / "parts" / "checkpoint.pt").model
    for name, weight in load_state(Path(whole.out) / "checkpoint.pt").model.items():
        assert torch.equal(weight, parts[name]), name
    kept = Path(whole.out) / "model"
    assert not [name for name in load_model(str(kept)).state_dict() if "distil" in name]
    assert json.loads((kept / "training.json").read_text("utf-8"))["distil"]["temperature"] == 2


def test_a_student_of_another_vocabulary_is_refused(settings, teacher, one_layer, tmp_path):
    config = json.loads(Path(one_layer).read_text("utf-8"))
    other = tmp_path / "other.json"
    other.write_text(json.dumps({**config, "vocab_size": config["vocab_size"] + 3}), "utf-8")
    made = settings("other", tokenizer=str(teacher))
    with pytest.raises(ValueError, match="vocabularies"):
        Distiller(
            type(made).from_json({**made.to_json(), "init": str(other)}),
            DistilRules(str(teacher)),
        )


def test_a_teacher_that_reads_a_memory_is_fed_what_its_student_is_fed(settings, checkpoint, memory):
    taught = settings("fed", rows=8, max_steps=4, memory=str(memory))
    Trainer(taught).run()
    same = Path(taught.out) / "model"
    rules = DistilRules(str(same), logits=1.0, hidden=1.0, labels=0.0)
    config = _from(settings, same, "student", memory=str(memory), memory_dropout=0.0)
    student = Distiller(config, rules)
    maps: Any = student.model.distil_maps
    for layer in maps:
        torch.nn.init.eye_(layer.weight)
        torch.nn.init.zeros_(layer.bias)
    batch = next(iter(student.batches))
    assert any(part.any() for part in batch.fed)
    assert student.loss(batch).item() == pytest.approx(0, abs=1e-4)


def test_a_student_has_no_idioms_to_choose(settings, teacher, tmp_path):
    with pytest.raises(ValueError, match="idioms"):
        Distiller(settings("none", idioms=str(tmp_path / "i.tsv")), DistilRules(str(teacher)))


def test_the_command_line_names_both_models():
    models = ["--teacher", "T", "--student", "S", "--memory", "M", "--memory-dropout", "0.1"]
    config, rules = parse_distil([*models, "--shards", "D", "--out", "O", "--max-steps", "5"])
    assert (config.init, config.tokenizer, config.max_steps) == ("S", "T", 5)
    assert (config.memory, config.memory_dropout) == ("M", 0.1)
    assert (rules.teacher, rules.temperature) == ("T", 2.0)


def logits(model):
    with torch.no_grad():
        return model.eval()(input_ids=torch.arange(14, 30)[None]).logits


def test_cut_heads_equal_heads_of_zeros_for_every_tool(teacher, tmp_path):
    model = load_model(str(teacher))
    cut_heads(model, {1: [0]})
    assert kept_heads(model, 1) == [1]
    assert model.model.layers[1].attn.Wqkv.weight.shape == (48, 32)
    cut = logits(model)
    expand_heads(model)
    assert model.model.layers[1].attn.Wqkv.weight.shape == (96, 32)
    model.save_pretrained(tmp_path / "saved")
    plain = AutoModelForMaskedLM.from_pretrained(tmp_path / "saved")
    assert torch.allclose(logits(plain), cut, atol=1e-5)
    again = load_model(str(tmp_path / "saved"))
    assert again.model.layers[1].attn.Wo.weight.shape == (32, 16)
    assert torch.allclose(logits(again), cut, atol=1e-5)


def test_a_layer_keeps_one_head(teacher):
    model = load_model(str(teacher))
    with pytest.raises(ValueError, match="lose all"):
        cut_heads(model, {0: [0, 1]})
    chosen = least_important({(0, 0): 1.0, (0, 1): 2.0, (1, 0): 9.0, (1, 1): 8.0}, 4)
    assert chosen == {0: [0], 1: [1]}


def test_a_head_that_does_nothing_is_the_least_important(settings, teacher):
    trainer = Trainer(_from(settings, teacher))
    with torch.no_grad():
        weight = trainer.model.get_parameter("model.layers.1.attn.Wo.weight")
        weight[:, 16:] = 0
    importance = head_importance(trainer, batches=2)
    assert min(importance, key=importance.get) == (1, 1)
    assert importance[1, 1] == 0


def _from(settings, checkpoint, name="judge", **given):
    made = settings(name, **given)
    return type(made).from_json({**made.to_json(), "init": str(checkpoint)})


def test_a_model_without_a_layer_equals_one_whose_layer_adds_nothing(teacher):
    model = load_model(str(teacher))
    feed = attach(model)
    shorter = without_layer(model, 1)
    assert torch.equal(attach(shorter).inner.weight, feed.inner.weight)
    with torch.no_grad():
        model.model.layers[1].attn.Wo.weight.zero_()
        model.model.layers[1].mlp.Wo.weight.zero_()
    shorter.set_attn_implementation("eager")
    assert torch.allclose(logits(model), logits(shorter), atol=1e-5)


def test_a_fed_encoder_that_chooses_idioms_is_pruned(settings, checkpoint, memory, tmp_path):
    idioms = tmp_path / "idioms.tsv"
    idioms.write_text("山路很窄\n卖豆腐的\n", "utf-8")
    config = settings("fed", rows=8, max_steps=3, memory=str(memory), idioms=str(idioms))
    prune(config, heads=1, layers=1, batches=2)
    pruned = Path(config.out) / "pruned"
    found = load_model(str(pruned))
    assert found.config.num_hidden_layers == 1
    assert len(kept_heads(found, 0)) == 1
    trainer = Trainer(replace(config, init=str(pruned)))
    trainer.run()
    assert hasattr(load_model(str(Path(config.out) / "model")), "memory_feed")


def test_pruning_then_recovery_keeps_the_cut_and_its_figures(settings, teacher):
    config = _from(settings, teacher, "pruned", rows=8, max_steps=6, tokenizer=str(teacher))
    before = prune(config, heads=1, layers=0, batches=2)
    assert prune(config, heads=1, layers=0, batches=2) == before  # not done twice
    pruned = Path(config.out) / "pruned"
    found = compare(Trainer(_from(settings, pruned, "pruned", rows=8, max_steps=6)), before)
    assert found["after"]["million_weights"] < found["before"]["million_weights"]
    recovered = load_model(str(Path(config.out) / "model"))
    assert sum(len(kept_heads(recovered, layer)) for layer in range(2)) == 3
