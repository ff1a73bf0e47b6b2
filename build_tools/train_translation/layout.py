"""Write a trained model as Marian lays it out: padding is the last token.

Our trainer numbers it 2; transformers does not mind, CTranslate2's converter does. Imports torch
and transformers; nothing of ``assistant``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from transformers import MarianMTModel

from build_tools.train_translation.checkpoint import save_model
from build_tools.train_translation.vocabulary import PAD, SPECIALS


def save_finished(
    folder: Path, model: MarianMTModel, tokenizer: Path, training: dict[str, Any]
) -> None:
    """Write a Marian folder of ``model``, which is changed, with the padding last.

    ``tokenizer`` holds the tokenizer files as ``prepare`` wrote them.
    """
    size = int(model.config.vocab_size)
    order = [number for number in range(size) if number != PAD] + [PAD]
    with torch.no_grad():
        table = next(model.get_input_embeddings().parameters())
        table.copy_(table[order].clone())
        model.final_logits_bias.copy_(model.final_logits_bias[:, order].clone())
    for config in (model.config, model.generation_config):
        config.pad_token_id = config.decoder_start_token_id = size - 1
    model.generation_config.bad_words_ids = [[size - 1]]
    save_model(folder, model, tokenizer, training)
    _renumber(folder, order)


def _renumber(folder: Path, order: list[int]) -> None:
    numbers = {old: new for new, old in enumerate(order)}
    path = folder / "vocab.json"
    vocabulary: dict[str, int] = json.loads(path.read_text("utf-8"))
    moved = {piece: numbers[old] for piece, old in vocabulary.items()}
    ordered = dict(sorted(moved.items(), key=lambda item: item[1]))
    path.write_text(json.dumps(ordered, ensure_ascii=False), "utf-8")
    path = folder / "tokenizer.json"
    tokenizer = json.loads(path.read_text("utf-8"))
    pieces = tokenizer["model"]["vocab"]
    tokenizer["model"]["vocab"] = [pieces[old] for old in order]
    for token in tokenizer["added_tokens"]:
        token["id"] = numbers[token["id"]]
    # The reader wants added tokens in the order of their numbers.
    tokenizer["added_tokens"].sort(key=lambda token: token["id"])
    path.write_text(json.dumps(tokenizer, ensure_ascii=False), "utf-8")


def check_layout(model: MarianMTModel) -> MarianMTModel:
    """Return ``model``. Raises ValueError for a finished one: the trainer cannot go on with it."""
    if model.config.pad_token_id != PAD:
        raise ValueError(f"{SPECIALS[PAD]} is not token {PAD}: start from a checkpoint's model")
    return model
