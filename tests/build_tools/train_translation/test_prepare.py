"""Pairs become shards; development sentences do not."""

from __future__ import annotations

import numpy as np
import pytest
from sentencepiece import SentencePieceProcessor
from tokenizers import Tokenizer

from build_tools.train_translation.shards import load_shards, read_listing
from build_tools.train_translation.vocabulary import EOS, PAD, UNK


def test_development_sentences_are_left_out_and_counted(prepared):
    (source,) = read_listing(prepared / "shards")["sources"]
    assert source["in_development_sets"] == 1
    assert source["pairs_kept"] == source["pairs_read"] - 1 == 300
    assert len(load_shards(prepared / "shards")) == 300


def test_shards_hold_what_the_tokenizer_says(prepared):
    tokenizer = Tokenizer.from_file(str(prepared / "tokenizer" / "tokenizer.json"))
    pairs = load_shards(prepared / "shards")
    end = int(pairs.source_ends[0])
    first = pairs.source[:end].tolist()
    assert first[-1] == EOS
    assert tokenizer.decode(first) == "今天我看见了一只鸟。"
    assert np.all(pairs.target[pairs.target_ends - 1] == EOS)


@pytest.mark.parametrize("text", ["昨天老师买了那本书。", "The child drew the moon yesterday."])
def test_tokenizer_json_splits_as_sentencepiece_does(prepared, text):
    folder = prepared / "tokenizer"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    processor = SentencePieceProcessor(model_file=str(folder / "source.spm"))
    ids = tokenizer.encode(text).ids
    assert ids == [*processor.encode(text), EOS]
    assert tokenizer.decode(ids) == text


def test_special_tokens_have_the_numbers_that_the_model_uses(prepared):
    tokenizer = Tokenizer.from_file(str(prepared / "tokenizer" / "tokenizer.json"))
    assert [tokenizer.id_to_token(i) for i in (EOS, UNK, PAD)] == ["</s>", "<unk>", "<pad>"]
    assert UNK in tokenizer.encode("龘").ids
