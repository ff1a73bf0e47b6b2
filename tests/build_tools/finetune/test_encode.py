from __future__ import annotations

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split

from build_tools.finetune.encode import text_rows


def _tokenizer(*words: str) -> Tokenizer:
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token=words[0]))
    tokenizer.pre_tokenizer = Split("", "isolated")
    return tokenizer


def test_a_row_stands_between_its_special_tokens() -> None:
    assert text_rows(_tokenizer("[UNK]", "[SEP]", "[CLS]", "春", "天"), ["春天"]) == [[2, 3, 4, 1]]


def test_a_vocabulary_without_them_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no \[CLS\]"):
        text_rows(_tokenizer("[UNK]", "[SEP]", "春"), ["春"])
