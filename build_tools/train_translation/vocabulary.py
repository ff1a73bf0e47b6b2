"""The joint vocabulary: SentencePiece unigram, and the same as ``tokenizer.json``.

Imports sentencepiece and tokenizers. Ids: 0 ``</s>``, 1 ``<unk>``, 2 ``<pad>`` (which also starts
the decoder, as in Marian), then pieces by score.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import sentencepiece
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors

from build_tools.train_translation.clean import NORMALISER

EOS, UNK, PAD = 0, 1, 2
SPECIALS = ("</s>", "<unk>", "<pad>")


def train_vocabulary(lines: Iterable[str], folder: Path, size: int) -> Tokenizer:
    """Train on normalised ``lines`` of both languages; write all tokenizer files to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    prefix = folder / "spm"
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_prefix=str(prefix),
        vocab_size=size,
        model_type="unigram",
        character_coverage=0.9995,
        normalization_rule_name="identity",
        split_digits=True,
        eos_id=EOS,
        unk_id=UNK,
        pad_id=PAD,
        bos_id=-1,
        eos_piece=SPECIALS[EOS],
        unk_piece=SPECIALS[UNK],
        pad_piece=SPECIALS[PAD],
        num_threads=2,
        max_sentence_length=2000,
        train_extremely_large_corpus=False,
        minloglevel=1,
    )
    return write_tokenizer(prefix.with_suffix(".model"), folder)


def write_tokenizer(model: Path, folder: Path) -> Tokenizer:
    """Write ``tokenizer.json`` and Marian's own files for the SentencePiece ``model``."""
    processor = sentencepiece.SentencePieceProcessor(model_file=str(model))
    count = processor.get_piece_size()
    pieces = [(processor.id_to_piece(i), processor.get_score(i)) for i in range(count)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=UNK, byte_fallback=False))
    tokenizer.normalizer = NORMALISER
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A $B </s>", special_tokens=[("</s>", EOS)]
    )
    tokenizer.add_special_tokens(
        [AddedToken(name, special=True, normalized=False) for name in SPECIALS]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    vocabulary = {piece: number for number, (piece, _score) in enumerate(pieces)}
    text = json.dumps(vocabulary, ensure_ascii=False)
    (folder / "vocab.json").write_text(text, "utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(model, folder / name)
    return tokenizer
