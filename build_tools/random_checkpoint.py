"""Write a checkpoint of a published shape with random weights: ``random_checkpoint TASK FOLDER``.

``fill``: bert-base-chinese; ``understand``: the same with a head for inference; ``translate``: an
OPUS-MT Marian.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertForSequenceClassification,
    MarianConfig,
    MarianMTModel,
    PreTrainedModel,
)

BERT_WORDS = 21_128
MARIAN_WORDS = 65_001
LABELS = {0: "contradiction", 1: "neutral", 2: "entailment"}
SPECIALS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
MARIAN_SPECIALS = ("</s>", "<unk>")
_FIRST_HAN = 0x4E00


def write_checkpoint(task: str, folder: Path, labels: Mapping[int, str] = LABELS) -> None:
    """Write the random checkpoint of ``task``; ``labels`` are those of a classifier."""
    torch.manual_seed(1)
    if task == "translate":
        _write_marian(folder)
        return
    config = BertConfig(vocab_size=BERT_WORDS)
    if task == "understand":
        config.id2label = dict(labels)
        config.label2id = {name: number for number, name in labels.items()}
        config.num_labels = len(labels)
    model: PreTrainedModel = (
        BertForSequenceClassification(config) if task == "understand" else BertForMaskedLM(config)
    )
    model.save_pretrained(folder)
    words = [*SPECIALS, *(chr(33 + i) for i in range(94)), *"，。！？；：、（）“”"]
    words += [chr(_FIRST_HAN + i) for i in range(BERT_WORDS - len(words))]
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    settings = {"tokenizer_class": "BertTokenizer", "do_lower_case": True}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")


def _write_marian(folder: Path) -> None:
    pad = MARIAN_WORDS - 1
    config = MarianConfig(
        vocab_size=MARIAN_WORDS, decoder_vocab_size=MARIAN_WORDS, d_model=512, encoder_layers=6,
        decoder_layers=6, encoder_attention_heads=8, decoder_attention_heads=8,
        encoder_ffn_dim=2048, decoder_ffn_dim=2048, max_position_embeddings=512,
        activation_function="swish", scale_embedding=True, pad_token_id=pad, eos_token_id=0,
        forced_eos_token_id=0, decoder_start_token_id=pad,
    )  # fmt: skip
    model = MarianMTModel(config)
    model.generation_config.bad_words_ids = [[pad]]
    model.save_pretrained(folder)
    pieces = [*MARIAN_SPECIALS, "▁", *(chr(_FIRST_HAN + i) for i in range(20_000))]
    pieces += [f"▁w{i}" for i in range(pad - len(pieces))]
    tokenizer = Tokenizer(
        models.Unigram([(piece, -1.0 - i / pad) for i, piece in enumerate([*pieces, "<pad>"])], 1)
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.add_special_tokens([*MARIAN_SPECIALS, "<pad>"])
    tokenizer.save(str(folder / "tokenizer.json"))


def main() -> None:
    """Parse the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("fill", "understand", "translate"))
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    write_checkpoint(options.task, options.folder)


if __name__ == "__main__":
    main()
