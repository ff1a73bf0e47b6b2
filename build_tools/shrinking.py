"""What distilling and pruning share: options of a run, figures before and after it."""

from __future__ import annotations

import argparse
import json
import math
import statistics
import time
from typing import Any

import torch

from build_tools.pretrain.config import TrainConfig
from build_tools.pretrain.train import Trainer

_OPTIONS: tuple[tuple[str, type, str], ...] = (
    ("memory", str, "phrase memory that counted these shards, for an encoder that reads one"),
    ("memory_dropout", float, "share of the masks that the memory is silent about"),
    ("rows", int, "rows of a batch"),
    ("tokens", int, "tokens of a row"),
    ("learning_rate", float, "highest learning rate"),
    ("warmup_steps", int, "steps to reach it"),
    ("max_steps", int, "stop after this many steps"),
    ("decay_steps", int, "decay to zero over so many of the last steps"),
    ("seed", int, "fixes order and masks"),
    ("threads", int, "0: choose between one and all cores by measuring"),
    ("device", str, "cpu or cuda"),
    ("checkpoint_minutes", float, "minutes between checkpoints"),
    ("evaluate_minutes", float, "minutes between held-out evaluations"),
    ("held_out_rows", int, "rows of held-out text"),
    ("log_steps", int, "steps between rows of metrics.csv"),
)
_PASSES = 9


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of a training run to ``parser``."""
    parser.add_argument("--shards", required=True, help="folder of build_tools.corpus.shards")
    parser.add_argument("--out", required=True, help="folder of this run")
    parser.add_argument("--tokenizer", help="folder with tokenizer.json")
    parser.add_argument("--compile", action="store_true", help="torch.compile the loss")
    defaults = TrainConfig("", "", "")
    for name, kind, text in _OPTIONS:
        default = getattr(defaults, name)
        shown = "" if default is None else f" (default: {default})"
        parser.add_argument(
            f"--{name.replace('_', '-')}", type=kind, default=default, help=text + shown
        )


def run_config(options: argparse.Namespace, init: str, tokenizer: str) -> TrainConfig:
    """Return the settings of the run that starts from ``init``."""
    given: dict[str, Any] = {name: getattr(options, name) for name, _, _ in _OPTIONS}
    return TrainConfig(
        shards=options.shards,
        init=init,
        out=options.out,
        tokenizer=tokenizer,
        compile=options.compile,
        **given,
    )


Figures = dict[str, float | None]


def figures(trainer: Trainer) -> Figures:
    """Return held-out accuracy, weights in millions, and milliseconds of a row of 128 tokens.

    None for what the held-out text cannot tell.
    """
    found = trainer.measure()
    ids = torch.zeros((1, 128), dtype=torch.long, device=trainer.model.device)
    times = []
    with torch.no_grad():
        for _ in range(_PASSES):
            begun = time.perf_counter()
            trainer.model(input_ids=ids)
            times.append(time.perf_counter() - begun)
    kept = [p.numel() for name, p in trainer.model.named_parameters() if "distil_maps" not in name]
    accuracy = {
        "characters": found.characters if found else math.nan,
        "length": found.length if found else math.nan,
        "loss": found.loss if found else math.nan,
    }
    return {
        **{name: None if math.isnan(value) else value for name, value in accuracy.items()},
        "million_weights": sum(kept) / 1e6,
        "row_ms": statistics.median(times) * 1000,
    }


def compare(trainer: Trainer, before: Figures | None = None) -> dict[str, Any]:
    """Run ``trainer`` to its end; print, and keep as ``comparison.json``, what it changed.

    ``before`` are the figures to compare with (default: those at the beginning of the run, which
    a run that goes on takes from the last time).
    """
    path = trainer.out / "comparison.json"
    if before is None:
        kept = json.loads(path.read_text("utf-8"))["before"] if path.exists() else None
        before = kept or figures(trainer)
    path.write_text(json.dumps({"before": before}), "utf-8")
    trainer.run()
    found = {"before": before, "after": figures(trainer)}
    path.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(json.dumps(found, indent=1))
    return found
