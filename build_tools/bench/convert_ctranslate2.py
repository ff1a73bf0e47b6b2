"""Convert a Marian checkpoint to CTranslate2 INT8: ``… convert_ctranslate2 CHECKPOINT FOLDER``."""

from __future__ import annotations

import sys

import ctranslate2
from ctranslate2.converters import transformers as loaders


def main() -> None:
    """Convert."""
    checkpoint, folder = sys.argv[1:]
    accept_our_vocabulary()
    converter = ctranslate2.converters.TransformersConverter(checkpoint)
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
