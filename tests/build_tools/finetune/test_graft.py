"""What fine-tuning added moves to another encoder; heads and the old folders stay."""

from __future__ import annotations

import pytest
import torch
from safetensors.torch import load_file, save_file

from build_tools.finetune.checkpoint import load_model, new_model, save_model
from build_tools.finetune.graft import graft
from build_tools.finetune.vectors import BUCKETS, WIDTH
from tests.build_tools.checkpoints import write_modernbert

WEIGHTS = "model.safetensors"


def moved(folder, out, by):
    """Write the checkpoint ``folder`` with every weight changed by ``by`` to ``out``."""
    out.mkdir()
    for path in folder.iterdir():
        (out / path.name).write_bytes(path.read_bytes())
    save_file({k: v + by for k, v in load_file(folder / WEIGHTS).items()}, out / WEIGHTS)
    return out


@pytest.fixture
def folders(tmp_path):
    old = write_modernbert(tmp_path / "old")
    model = new_model(old, torch.eye(BUCKETS, WIDTH), seed=0)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter += 0.25
    save_model(tmp_path / "tuned", model, old, {})
    return tmp_path / "tuned", old, moved(old, tmp_path / "new", by=0.5)


def test_what_tuning_added_is_added_to_the_new_encoder(folders, tmp_path):
    tuned, old, new = folders
    graft(tuned, old, new, tmp_path / "out")
    found, before = (load_model(folder).state_dict() for folder in (tmp_path / "out", tuned))
    further = load_file(new / WEIGHTS)

    for name, value in found.items():
        encoder = name.removeprefix("encoder.")
        wanted = before[name] if encoder == name else further[f"model.{encoder}"] + 0.25
        torch.testing.assert_close(value, wanted, msg=name)


def test_another_shape_is_refused_and_nothing_written(folders, tmp_path):
    tuned, old, new = folders
    weights = load_file(new / WEIGHTS)
    weights["model.final_norm.weight"] = torch.zeros(3)
    save_file(weights, new / WEIGHTS)

    with pytest.raises(ValueError, match="other names or shapes"):
        graft(tuned, old, new, tmp_path / "out")
    assert not (tmp_path / "out").exists()
