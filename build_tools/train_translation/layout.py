"""Write a trained model as Marian lays it out, padding last, and take such a model up again.

Our trainer numbers the padding 2; transformers does not mind, CTranslate2's converter does. Imports
torch and transformers; nothing of ``assistant``.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import torch
from transformers import MarianMTModel

from build_tools.train_translation.checkpoint import TOKENIZER_FILES, save_model
from build_tools.train_translation.vocabulary import PAD, SPECIALS


def save_finished(
    folder: Path, model: MarianMTModel, tokenizer: Path, training: dict[str, Any]
) -> None:
    """Write a Marian folder of ``model``, which is changed, with the padding last.

    ``tokenizer`` holds the tokenizer files as ``prepare`` wrote them.
    """
    size = int(model.config.vocab_size)
    order = [number for number in range(size) if number != PAD] + [PAD]
    _reorder(model, order, size - 1)
    save_model(folder, model, tokenizer, training)
    _renumber(folder, order)


def training_model(folder: str) -> MarianMTModel:
    """Load a model as our trainer numbers its tokens, with the padding in its place.

    Raises ValueError for a model whose padding is neither there nor last.
    """
    model = MarianMTModel.from_pretrained(folder)
    size, padding = int(model.config.vocab_size), int(model.config.pad_token_id)
    if padding != PAD:
        _reorder(model, _training_order(size, padding), PAD)
    return model


def training_tokenizer(folder: Path, target: Path) -> None:
    """Copy the tokenizer files of a Marian ``folder`` to ``target``, numbered as in training.

    Raises ValueError for a vocabulary whose padding is neither last nor in its place.
    """
    target.mkdir(parents=True, exist_ok=True)
    for name in TOKENIZER_FILES:
        shutil.copyfile(folder / name, target / name)
    pieces = _pieces(target)
    padding = pieces.index(SPECIALS[PAD])
    if padding != PAD:
        _renumber(target, _training_order(len(pieces), padding))


def check_vocabulary(folder: Path, prepared: Path) -> None:
    """Raise ValueError unless the model in ``folder`` has the tokens of the prepared tokenizer."""
    pieces, wanted = _pieces(folder), _pieces(prepared)
    padding = pieces.index(SPECIALS[PAD])
    if padding != PAD:
        pieces = [pieces[old] for old in _training_order(len(pieces), padding)]
    if pieces != wanted:
        raise ValueError(f"{folder} has other tokens than {prepared}: prepare --tokenizer {folder}")


def _training_order(size: int, padding: int) -> list[int]:
    """Return the old numbers of the tokens, in the new order."""
    if padding != size - 1:
        raise ValueError(f"{SPECIALS[PAD]} is token {padding} of {size}: neither last nor {PAD}")
    order = list(range(size - 1))
    return [*order[:PAD], padding, *order[PAD:]]


def _reorder(model: MarianMTModel, order: list[int], padding: int) -> None:
    with torch.no_grad():
        table = next(model.get_input_embeddings().parameters())
        table.copy_(table[order].clone())
        model.final_logits_bias.copy_(model.final_logits_bias[:, order].clone())
    for config in (model.config, model.generation_config):
        config.pad_token_id = config.decoder_start_token_id = padding
    model.generation_config.bad_words_ids = [[padding]]


def _pieces(folder: Path) -> list[str]:
    numbers: dict[str, int] = json.loads((folder / "vocab.json").read_text("utf-8"))
    return sorted(numbers, key=numbers.__getitem__)


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
