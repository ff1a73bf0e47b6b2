"""Read a Marian checkpoint: weights, tokenizer and its tokens with a role.

Imports torch and transformers; of ``assistant`` only the records of a package.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from tokenizers import (
    AddedToken,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
)
from transformers import MarianMTModel

from assistant.engine.package import SpecialTokens

EOS, UNK, PAD = "</s>", "<unk>", "<pad>"
_UNLIKELY = -100.0


def load_marian(folder: str) -> MarianMTModel:
    """Load the FP32 model at ``folder``, a directory or a hub name."""
    return MarianMTModel.from_pretrained(folder, dtype=torch.float32).eval()


def never_written(model: MarianMTModel) -> list[int]:
    """Return the ids that ``generate`` never writes: the padding and ``bad_words_ids`` of one."""
    listed: list[Any] = model.generation_config.bad_words_ids or []
    single = {int(ids[0]) for ids in listed if len(ids) == 1}
    return sorted(single | {int(model.config.pad_token_id)})


def special_tokens(tokenizer: Tokenizer, model: MarianMTModel) -> SpecialTokens:
    """Return the names of the tokens with a role, as the model's configuration numbers them."""
    config = model.config
    names = {
        role: tokenizer.id_to_token(number)
        for role, number in {
            "pad": config.pad_token_id,
            "eos": config.eos_token_id,
            "decoder_start": config.decoder_start_token_id,
        }.items()
    }
    return SpecialTokens(unk=UNK, **names)


def marian_tokenizer(folder: Path) -> Tokenizer:
    """Return one tokenizer that reads the source and spells the target.

    ``tokenizer.json`` if there is one, else made of ``source.spm`` and ``vocab.json``. Marian
    numbers the pieces of both SentencePiece models in one list, and pieces of either are joined
    alike, so one decoder spells both; only the source is ever split.
    """
    ready = folder / "tokenizer.json"
    if ready.is_file():
        tokenizer = Tokenizer.from_file(str(ready))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer
    return _converted(folder)


def _converted(folder: Path) -> Tokenizer:
    from sentencepiece import SentencePieceProcessor, sentencepiece_model_pb2

    numbers: dict[str, int] = json.loads((folder / "vocab.json").read_text("utf-8"))
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString((folder / "source.spm").read_bytes())
    source = SentencePieceProcessor(model_file=str(folder / "source.spm"))
    scores = {source.id_to_piece(i): source.get_score(i) for i in range(len(source))}
    # Pieces of the target alone keep their number but are never chosen in a source.
    pieces = [(piece, scores.get(piece, _UNLIKELY)) for piece in sorted(numbers, key=numbers.get)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=numbers[UNK]))
    charsmap = proto.normalizer_spec.precompiled_charsmap
    steps = [normalizers.Precompiled(charsmap)] if charsmap else []
    spaces = normalizers.Replace(" {2,}", " ")
    tokenizer.normalizer = normalizers.Sequence([*steps, spaces, normalizers.Strip()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"$A {EOS}", pair=f"$A $B {EOS}", special_tokens=[(EOS, numbers[EOS])]
    )
    roles = [AddedToken(name, special=True, normalized=False) for name in (EOS, UNK, PAD)]
    tokenizer.add_special_tokens(roles)
    return tokenizer
