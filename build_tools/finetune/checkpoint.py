"""Checkpoints of fine-tuning: what a run needs to go on, and the folder that export reads.

Imports torch, safetensors and transformers, nothing of ``assistant``. Written beside their place
and renamed, so that a crash leaves the last good one.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import ModernBertConfig, ModernBertModel

from build_tools.finetune.model import SIDES, Understander
from build_tools.load_report import LANGUAGE_MODEL, left_out

MODEL_TYPE = "bubai-understand"
_TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json", "vocab.txt")


def new_model(init: Path, vectors: torch.Tensor, seed: int) -> Understander:
    """Return a model whose encoder is that of the checkpoint ``init``; heads are new.

    A folder that ``save_model`` wrote is taken as it is, heads and vectors too.
    """
    torch.manual_seed(seed)
    if json.loads((init / "config.json").read_text("utf-8")).get("model_type") == MODEL_TYPE:
        return load_model(init)
    config = ModernBertConfig.from_pretrained(init)
    config._attn_implementation = "eager"  # the compiler fuses it better than sdpa on a CPU
    tokenizer = Tokenizer.from_file(str(init / "tokenizer.json"))
    model = Understander(config, tokenizer.token_to_id("[CLS]"))
    with left_out(ModernBertModel, *LANGUAGE_MODEL):
        encoder = ModernBertModel.from_pretrained(init, dtype=torch.float32)
    model.encoder.load_state_dict(encoder.state_dict())
    model.start(vectors)
    return model


def save_state(path: Path, values: dict[str, Any]) -> None:
    """Write ``values`` to ``path`` atomically."""
    part = path.with_name(path.name + ".part")
    torch.save(values, part)
    part.replace(path)


def load_state(path: Path) -> dict[str, Any]:
    """Read what ``save_state`` wrote."""
    return torch.load(path, map_location="cpu", weights_only=True)


def save_model(folder: Path, model: Understander, init: Path, training: dict[str, Any]) -> None:
    """Write FP32 weights, ``config.json``, the tokenizer's files and ``training.json``."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    save_file(
        {k: v.contiguous() for k, v in model.state_dict().items()}, part / "model.safetensors"
    )
    config = {"model_type": MODEL_TYPE, "encoder": model.encoder.config.to_dict()}
    for name, values in (("config.json", config), ("training.json", training)):
        text = json.dumps(values, ensure_ascii=False, indent=1)
        (part / name).write_text(text + "\n", "utf-8")
    for name in _TOKENIZER_FILES:
        if (init / name).is_file():
            shutil.copyfile(init / name, part / name)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)


def load_model(folder: Path) -> Understander:
    """Read what ``save_model`` wrote. Raises ValueError for a folder of another kind."""
    values = json.loads((folder / "config.json").read_text("utf-8"))
    if values.get("model_type") != MODEL_TYPE:
        raise ValueError(f"{folder} is no {MODEL_TYPE}")
    config = ModernBertConfig(**values["encoder"])
    config._attn_implementation = "eager"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    model = Understander(config, tokenizer.token_to_id("[CLS]"))
    model.load_state_dict(widened(load_file(folder / "model.safetensors")))
    return model.eval()


def widened(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Give a sentiment head of two sides its third column: as likely as both are on average."""
    rows = {name: weights[name] for name in ("sentiment.2.weight", "sentiment.2.bias")}
    return weights | {
        name: torch.cat([both, both.mean(0, keepdim=True)])
        for name, both in rows.items()
        if len(both) == SIDES - 1
    }
