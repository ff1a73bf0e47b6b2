"""Checkpoints of one run are averaged; those that do not fit are refused."""

from __future__ import annotations

import json
import sys

import pytest
import torch
from safetensors.torch import load_file, save_file

from build_tools import average
from build_tools.checkpoint import load_model
from tests.build_tools.checkpoints import write_bert, write_modernbert


@pytest.fixture
def parts(tmp_path):
    """Return two checkpoints of one shape, the second with twice the weights."""
    one, two = (write_modernbert(tmp_path / name) for name in ("one", "two"))
    weights = load_file(two / average.WEIGHTS)
    doubled = {name: 2 * tensor for name, tensor in weights.items()}
    save_file(doubled, two / average.WEIGHTS, metadata={"format": "pt"})
    return one, two


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["average", *map(str, arguments)])
    average.main()


def test_the_mean_is_weighted_and_can_be_loaded(parts, tmp_path, monkeypatch):
    one, two = parts
    run(monkeypatch, tmp_path / "mean", one, two, "--shares", 3, 1)

    before, after = (load_file(folder / average.WEIGHTS) for folder in (one, tmp_path / "mean"))
    for name, tensor in before.items():
        torch.testing.assert_close(after[name], 1.25 * tensor)
    load_model(str(tmp_path / "mean"))
    said = json.loads((tmp_path / "mean" / "average.json").read_text("utf-8"))
    assert said == {"average_of": [str(one), str(two)], "shares": [3.0, 1.0]}


@pytest.mark.parametrize("shares", [[1.0], [1.0, -1.0], [0.0, 0.0]])
def test_shares_that_make_no_mean_are_refused(parts, shares):
    with pytest.raises(ValueError, match="a share above 0"):
        average.average(parts, shares)


def test_another_shape_is_refused_and_nothing_written(parts, tmp_path, monkeypatch, capsys):
    other = write_bert(tmp_path / "bert")
    with pytest.raises(SystemExit):
        run(monkeypatch, tmp_path / "mean", parts[0], other)
    assert "other names or shapes" in capsys.readouterr().err
    assert not (tmp_path / "mean").exists()
