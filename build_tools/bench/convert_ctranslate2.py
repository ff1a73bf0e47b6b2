"""Convert a Marian checkpoint to CTranslate2 INT8: ``… convert_ctranslate2 CHECKPOINT FOLDER``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import ctranslate2
from ctranslate2.converters import transformers as loaders
from transformers import PreTrainedTokenizerFast


def main() -> None:
    """Convert."""
    checkpoint, folder = Path(sys.argv[1]), sys.argv[2]
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(checkpoint / "tokenizer.json"),
        eos_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
    )
    config = json.loads((checkpoint / "config.json").read_text("utf-8"))
    if config["pad_token_id"] != config["vocab_size"] - 1:
        accept_our_vocabulary()
    converter = ctranslate2.converters.TransformersConverter(str(checkpoint))
    # The checkpoint's own tokenizer.json is what all peers read with.
    converter.load_tokenizer = lambda *_arguments, **_named: tokenizer
    converter.convert(folder, quantization="int8", force=True)


def accept_our_vocabulary() -> None:
    """Let the converter take a vocabulary whose ``<pad>`` is not last, and whose start is not 0."""
    loader = loaders.MarianMTLoader
    loader._remove_pad_weights = lambda self, spec: None
    loader.set_decoder = loaders.BartLoader.set_decoder
    configure = loader.set_config

    def set_config(self: object, config: object, model: object, tokenizer: object) -> None:
        configure(self, config, model, tokenizer)
        config.decoder_start_token = "<pad>"

    loader.set_config = set_config


if __name__ == "__main__":
    main()
