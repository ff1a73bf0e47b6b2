"""Train the translation model: ``python -m build_tools.train_translation PART``.

Parts: ``prepare`` data, ``train``, ``graft`` a counted lexicon into a checkpoint, ``average``
models, ``prune`` one to be trained on.
``train`` with the same ``--out`` goes on from its checkpoint, to the step. SIGTERM and Ctrl+C
finish the step, write the checkpoint and end.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import MISSING, fields
from pathlib import Path

from transformers.utils import logging

from build_tools.train_translation.checkpoint import average_models, graft_state
from build_tools.train_translation.config import RunConfig
from build_tools.train_translation.layout import save_finished
from build_tools.train_translation.prepare import prepare
from build_tools.train_translation.prune import Wanted, prune
from build_tools.train_translation.shards import load_shards
from build_tools.train_translation.train import Trainer

_TYPES = {"int": int, "float": float, "str": str}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m build_tools.train_translation", description=__doc__
    )
    parts = parser.add_subparsers(dest="part", required=True)
    first = parts.add_parser("prepare", help="clean pairs, train the vocabulary, write shards")
    first.add_argument("--data", type=Path, default=Path("../shared/data"))
    first.add_argument("--out", type=Path, required=True)
    first.add_argument("--vocabulary", type=int, default=12000, help="pieces (default: 12000)")
    first.add_argument("--tokenizer", type=Path, help="folder of a model whose tokens are taken")
    third = parts.add_parser("average", help="write the mean of models, as Marian lays it out")
    third.add_argument("models", type=Path, nargs="+")
    third.add_argument("--out", type=Path, required=True)
    fourth = parts.add_parser("graft", help="move a checkpoint's words to their translations")
    fourth.add_argument("checkpoint", type=Path)
    fourth.add_argument("--prepared", type=Path, required=True)
    fifth = parts.add_parser("prune", help="take layers and feed-forward units out of a model")
    fifth.add_argument("model", type=Path)
    fifth.add_argument("--prepared", type=Path, required=True)
    fifth.add_argument("--development", type=Path, required=True)
    fifth.add_argument("--out", type=Path, required=True)
    for field in fields(Wanted):
        fifth.add_argument("--" + field.name.replace("_", "-"), type=int, help="how many are left")
    second = parts.add_parser("train", help="train, or go on with a run")
    for field in fields(RunConfig):
        name = "--" + field.name.replace("_", "-")
        if field.name == "compile":
            second.add_argument("--no-compile", dest="compile", action="store_false")
            continue
        required = field.default is MISSING
        kind = _TYPES[str(field.type).removesuffix(" | None")]
        default = None if required else field.default
        second.add_argument(name, type=kind, required=required, default=default)
    return parser


def main(arguments: list[str] | None = None) -> None:
    """Do what the command line says."""
    options = _parser().parse_args(arguments)
    logging.disable_progress_bar()
    if options.part == "prepare":
        prepare(options.data, options.out, options.vocabulary, tokenizer_of=options.tokenizer)
        return
    if options.part == "graft":
        graft_state(options.checkpoint, load_shards(options.prepared / "shards"))
        return
    if options.part == "prune":
        wanted = Wanted(**{field.name: getattr(options, field.name) for field in fields(Wanted)})
        prune(options.model, options.prepared, options.development, options.out, wanted)
        return
    if options.part == "average":
        last = options.models[-1]
        training = json.loads((last / "training.json").read_text("utf-8"))
        training["mean_of"] = len(options.models)
        save_finished(options.out, average_models(options.models), last, training)
        return
    values = {field.name: getattr(options, field.name) for field in fields(RunConfig)}
    Trainer(RunConfig(**values)).run()


if __name__ == "__main__":
    main()
