from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import ModernBertForMaskedLM
from transformers.utils import logging as reports

from build_tools.checkpoint import load_model as load_for_export
from build_tools.finetune.checkpoint import new_model
from build_tools.finetune.model import BUCKETS, WIDTH
from build_tools.memory_feed import attach
from build_tools.pretrain.model import load_model as load_for_training
from tests.build_tools.checkpoints import write_modernbert

LOADERS = {
    "export": lambda folder: load_for_export(str(folder)),
    "training": load_for_training,
    "fine-tuning": lambda folder: new_model(folder, torch.randn(BUCKETS, WIDTH), 0),
}


@pytest.fixture
def fed(tmp_path: Path) -> Path:
    """A checkpoint of an encoder that reads a memory."""
    folder = write_modernbert(tmp_path / "fed")
    model = ModernBertForMaskedLM.from_pretrained(folder)
    attach(model)
    model.save_pretrained(folder)
    return folder


@pytest.fixture
def reported(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    assert reports.get_verbosity() <= reports.WARNING
    return caplog


@pytest.mark.parametrize("name", LOADERS)
def test_an_encoder_that_reads_a_memory_is_loaded_without_a_report(
    name: str, fed: Path, reported: pytest.LogCaptureFixture
) -> None:
    reported.clear()
    model = LOADERS[name](fed)
    assert reported.messages == []
    assert hasattr(model, "memory_feed") == (name != "fine-tuning")


def test_a_weight_that_nobody_expects_is_reported(
    fed: Path, reported: pytest.LogCaptureFixture
) -> None:
    model = ModernBertForMaskedLM.from_pretrained(fed)
    model.add_module("stranger", torch.nn.Linear(2, 2))
    model.save_pretrained(fed)
    reported.clear()
    load_for_export(str(fed))
    (report,) = reported.messages
    assert "stranger" in report
    assert "memory_feed" not in report
