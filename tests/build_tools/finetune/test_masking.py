"""Holes in texts: only there, about as many as asked, the same for the same key."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from tokenizers import Tokenizer

from build_tools.finetune.batches import Packer, Stream
from build_tools.finetune.masking import Masking
from build_tools.finetune.turn import Rules, Turner
from tests.build_tools.checkpoints import write_modernbert
from tests.build_tools.finetune.tiny import ROWS

WEIGHTS = {"chnsenticorp": 1.0, "tnews": 2.0, "ocnli": 1.0, "keywords": 1.0}


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory):
    folder = write_modernbert(tmp_path_factory.mktemp("tiny") / "model")
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def batch(tokenizer, share, step=0):
    packer, turner = Packer(tokenizer, 8, 160), Turner(ROWS, Rules())
    found = Stream(ROWS, WEIGHTS, turner, packer, seed=3).batch(0)
    Masking(tokenizer, share).apply(found, (3, step))
    return found


def test_only_words_of_texts_are_hidden_and_nothing_else_changes(tokenizer):
    whole, holed = batch(tokenizer, 0.0), batch(tokenizer, 0.25)
    changed = whole.ids != holed.ids
    special = [tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[PAD]")]
    words = (whole.owners >= 0) & (whole.parts == 0) & ~np.isin(whole.ids, special)

    assert (holed.ids[changed] == tokenizer.token_to_id("[MASK]")).all()
    assert not changed[~words].any()
    assert changed[words].mean() == pytest.approx(0.25, abs=0.08)
    for name in (field.name for field in dataclasses.fields(whole) if field.name != "ids"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(holed, name), err_msg=name)


def test_the_same_step_hides_the_same_and_another_other_tokens(tokenizer):
    mask = tokenizer.token_to_id("[MASK]")
    once, again, later = (batch(tokenizer, 0.25, step).ids == mask for step in (0, 0, 1))

    np.testing.assert_array_equal(once, again)
    assert (once != later).any()
