"""Pretrain the fill encoder: ``python -m build_tools.pretrain --shards … --init … --out …``.

Run it again with the same ``--out`` and it goes on from its checkpoint. SIGTERM and Ctrl+C finish
the step, write the checkpoint and end. Several GPUs or machines: ``torchrun --nproc-per-node N -m
build_tools.pretrain … --device cuda``; ``--rows`` is per process.
"""

from __future__ import annotations

import argparse
from dataclasses import MISSING, fields

from transformers.utils import logging

from build_tools.pretrain.config import TrainConfig
from build_tools.pretrain.masking import MaskRules
from build_tools.pretrain.train import Trainer

_HELP = {
    "shards": "folder written by build_tools.corpus.shards",
    "init": "checkpoint folder to start from, or a config.json (then give --tokenizer)",
    "out": "folder of this run",
    "tokenizer": "folder with tokenizer.json (default: --init)",
    "grow": "stack the layers of --init to this many",
    "resume": "checkpoint.pt of another run, used while --out has none",
    "memory": "phrase memory (phrases.bin) that counted these shards: memory-fed training",
    "memory_dropout": "share of the masks that the memory is silent about",
    "idioms": "list of idioms (first column of a TAB separated file): learn to choose among them",
    "idiom_repeat": "how many times more segments with an idiom are read",
    "idiom_weight": "weight of that choice beside the loss of the characters",
    "rows": "rows of a batch, per process",
    "tokens": "tokens of a row",
    "learning_rate": "highest learning rate",
    "warmup_steps": "steps to reach it",
    "weight_decay": "decoupled weight decay of matrices",
    "clip": "largest norm of the gradients",
    "muon_steps": "Newton-Schulz iterations of Muon",
    "max_steps": "stop after this many steps",
    "decay_steps": "decay to zero over so many steps: at once, or before --max-steps",
    "decay_at": "HH:MM at which the decay begins (default: at once)",
    "decay_until": "HH:MM at which the decay reaches zero and the run ends",
    "seed": "fixes order and masks",
    "threads": "0: choose between one and all cores by measuring",
    "device": "cpu or cuda",
    "attention": "eager or sdpa (default: eager on cpu, sdpa on cuda)",
    "checkpoint_minutes": "minutes between checkpoints",
    "evaluate_minutes": "minutes between held-out evaluations",
    "held_out_rows": "rows of held-out text (0: none)",
    "log_steps": "steps between rows of metrics.csv",
}
_SCHEDULES = ("constant", "decay")
_TYPES = {"int": int, "float": float, "str": str}


def parse(arguments: list[str] | None = None) -> TrainConfig:
    """Return the settings that the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m build_tools.pretrain",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--schedule",
        choices=_SCHEDULES,
        help="constant ignores the decay options; decay needs --decay-steps or --decay-until",
    )
    parser.add_argument("--no-compile", action="store_true", help="do not torch.compile")
    parser.add_argument(
        "--hidden",
        type=float,
        default=MaskRules().characters,
        help="share of the Chinese characters that are hidden (default: %(default)s)",
    )
    for field in fields(TrainConfig):
        if field.name not in _HELP:
            continue
        kind = str(field.type).removesuffix(" | None")
        required = field.default is MISSING
        shown = "" if required or field.default is None else f" (default: {field.default})"
        parser.add_argument(
            f"--{field.name.replace('_', '-')}",
            type=_TYPES[kind],
            required=required,
            default=None if required else field.default,
            help=_HELP[field.name] + shown,
        )
    options = parser.parse_args(arguments)
    if options.schedule == "constant":
        options.decay_steps = options.decay_at = options.decay_until = None
    if options.schedule == "decay" and not (options.decay_steps or options.decay_until):
        parser.error("--schedule decay needs --decay-steps or --decay-until")
    given = {name: getattr(options, name) for name in _HELP}
    masks = MaskRules(characters=options.hidden)
    return TrainConfig(**given, compile=not options.no_compile, masks=masks)


def main() -> None:
    """Train as the command line says."""
    config = parse()
    logging.disable_progress_bar()
    Trainer(config).run()


if __name__ == "__main__":
    main()
