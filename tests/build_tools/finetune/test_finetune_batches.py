"""Packed rows: each text once, its hypotheses after it; the same batches after a stop."""

from __future__ import annotations

import numpy as np
import pytest
from tokenizers import Tokenizer

from build_tools.finetune.batches import Packer, Stream, shortened
from build_tools.finetune.records import CONTRADICTION, ENTAILMENT
from build_tools.finetune.turn import Question, Rules, Turner
from tests.build_tools.checkpoints import write_modernbert
from tests.build_tools.finetune.tiny import ROWS

WEIGHTS = {"chnsenticorp": 1.0, "tnews": 2.0, "ocnli": 1.0, "keywords": 1.0}


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory):
    folder = write_modernbert(tmp_path_factory.mktemp("tiny") / "model")
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def stream(tokenizer):
    return Stream(ROWS, WEIGHTS, Turner(ROWS, Rules()), Packer(tokenizer, 2, 160), seed=3)


def test_hypotheses_follow_their_text_with_positions_that_go_on_from_it(tokenizer):
    packer = Packer(tokenizer, 1, 24)
    classes = (ENTAILMENT, CONTRADICTION)
    assert packer.add(Question("x", "天地人", None, ("山", "水花"), classes, ranked=True))
    batch = packer.batch()

    text = " ".join(tokenizer.id_to_token(i) for i in batch.ids[0])
    assert text.startswith("[CLS] 天 地 人 [SEP] 山 [SEP] 水 花 [SEP] [PAD]")
    assert batch.positions[0, :10].tolist() == [0, 1, 2, 3, 4, 5, 6, 5, 6, 7]
    assert batch.parts[0, :10].tolist() == [0] * 5 + [1] * 2 + [2] * 3
    assert batch.owners[0].tolist() == [0] * 10 + [-1] * 14
    assert batch.pairs.tolist() == [[1, 6, 0, ENTAILMENT], [2, 9, 0, CONTRADICTION]]
    assert batch.lists.tolist() == [[0, 1]]


def test_what_does_not_fit_is_refused_and_leaves_the_rest(tokenizer):
    packer = Packer(tokenizer, 1, 8)
    assert packer.add(Question("x", "天地人", 1, (), (), ranked=False))

    assert not packer.add(Question("x", "天地人", 1, (), (), ranked=False))
    assert packer.batch().sentiments.tolist() == [1]


def test_stream_goes_on_as_if_it_had_never_stopped(tokenizer):
    whole = stream(tokenizer)
    for step in range(3):
        whole.batch(step)
    counts = dict(whole.counts)
    resumed = stream(tokenizer)
    resumed.counts = counts

    np.testing.assert_array_equal(whole.batch(3).ids, resumed.batch(3).ids)


def test_every_row_is_read_before_any_is_read_again(tokenizer):
    found = stream(tokenizer)
    seen = [found.batch(step) for step in range(4)]
    topics = [i for batch in seen for i, source in enumerate(batch.sources) if source == "tnews"]

    assert found.counts["tnews"] == len(topics) >= 3
    assert set(found.counts) == set(WEIGHTS)


def test_long_text_keeps_its_beginning_and_its_end():
    assert shortened(range(100), 9) == [0, 1, 2, 3, 4, 5, 97, 98, 99]
    assert shortened(range(9), 9) == list(range(9))
