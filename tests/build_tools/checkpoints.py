"""Tiny checkpoints with random weights, on disk as transformers would write them."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertForMaskedLM, ModernBertConfig, ModernBertForMaskedLM

SPECIALS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
SPAN_TOKENS = ("[SPAN]", "[LEN1]", "[LEN2]", "[LEN3]", "[LEN4]")
CHARACTERS = tuple("天地人春风秋月山水花鸟云雨日夜大小多少上下来去里外，。a1")
SIZE = 32
_SPREAD = 0.3


def write_bert(folder: Path) -> Path:
    """Write a BERT with a plain vocabulary in ``vocab.txt``."""
    words = (*SPECIALS, *CHARACTERS)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=SIZE,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=40,
        initializer_range=_SPREAD,
    )
    torch.manual_seed(1)
    return _write(folder, BertForMaskedLM(config), words)


def write_modernbert(
    folder: Path, *, layer_types: tuple[str, ...] = ("full_attention",) * 2
) -> Path:
    """Write a ModernBERT whose vocabulary knows the lengths of missing words."""
    words = (*SPECIALS, *SPAN_TOKENS, *CHARACTERS)
    config = ModernBertConfig(
        vocab_size=len(words),
        hidden_size=SIZE,
        num_hidden_layers=len(layer_types),
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=40,
        local_attention=4,
        layer_types=list(layer_types),
        initializer_range=_SPREAD,
        pad_token_id=0,
        bos_token_id=2,
        eos_token_id=3,
        cls_token_id=2,
        sep_token_id=3,
    )
    torch.manual_seed(2)
    return _write(folder, ModernBertForMaskedLM(config), words)


def _write(folder: Path, model: BertForMaskedLM | ModernBertForMaskedLM, words) -> Path:
    model.save_pretrained(folder)
    if isinstance(model, BertForMaskedLM):
        (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
        settings = {"tokenizer_class": "BertTokenizer", "do_lower_case": True}
    else:
        _tokenizer(words).save(str(folder / "tokenizer.json"))
        roles = ("pad", "unk", "cls", "sep", "mask")
        settings = {f"{role}_token": f"[{role.upper()}]" for role in roles}
        settings["tokenizer_class"] = "PreTrainedTokenizerFast"
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder


def _tokenizer(words) -> Tokenizer:
    vocabulary = {word: i for i, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.add_special_tokens([word for word in words if word.startswith("[")])
    return tokenizer
