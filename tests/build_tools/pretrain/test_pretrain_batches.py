from __future__ import annotations

from itertools import islice

import numpy as np
from tokenizers import Tokenizer

from build_tools.corpus.shards import load_shards
from build_tools.corpus.tokenise import han_ids
from build_tools.pretrain.batches import BatchStream, Position, epoch_order, pack
from build_tools.pretrain.masking import IGNORED, Masked, Masker, MaskRules
from build_tools.pretrain.model import special_ids


def stream(shards, checkpoint, *, rows=2, seed=1, rank=0, world=1) -> BatchStream:
    tokenizer = Tokenizer.from_file(str(checkpoint / "tokenizer.json"))
    masker = Masker(MaskRules(), special_ids(tokenizer), han_ids(tokenizer))
    train, _ = load_shards(shards)
    return BatchStream(
        train, masker, rows=rows, tokens=48, pad=0, seed=seed, rank=rank, world=world
    )


def test_segments_are_packed_whole_and_positions_restart():
    lengths = [30, 20, 10, 25, 5]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    ids = np.repeat(np.arange(1, 6), lengths)
    rows = pack(Masked(ids, np.full(len(ids), IGNORED), starts), tokens=32, pad=0)
    found = sorted(
        (int(rows.ids[row][inside][0]), rows.positions[row][inside].tolist())
        for row in range(len(rows))
        for number in range(rows.segments[row].max() + 1)
        for inside in [rows.segments[row] == number]
    )
    assert found == [(index + 1, list(range(length))) for index, length in enumerate(lengths)]
    assert len(rows) == 3  # 30, 25 + 5, 20 + 10
    assert (rows.ids[rows.segments < 0] == 0).all()


def test_a_stream_set_back_reads_the_same_batches(shards, checkpoint):
    first = stream(shards, checkpoint)
    batches = iter(first)
    for _ in range(3):
        next(batches)
    place = first.position
    expected = [batch.rows.ids for batch in islice(batches, 8)]
    again = stream(shards, checkpoint)
    again.position = place
    for batch, ids in zip(islice(again, 8), expected, strict=True):
        assert np.array_equal(batch.rows.ids, ids)
    assert again.position.epoch > place.epoch


def test_every_epoch_is_masked_and_ordered_anew(shards, checkpoint):
    first, second = stream(shards, checkpoint), stream(shards, checkpoint)
    second.position = Position(epoch=1)
    assert not np.array_equal(next(iter(first)).rows.ids, next(iter(second)).rows.ids)


def test_targets_are_the_labels_at_their_places(shards, checkpoint):
    batch = next(iter(stream(shards, checkpoint)))
    real = batch.targets != IGNORED
    assert real.any()
    assert np.array_equal(batch.rows.labels.reshape(-1)[batch.where[real]], batch.targets[real])


def test_a_weight_repeats_its_source(shards):
    train, _ = load_shards(shards)
    order = epoch_order(train, seed=1, epoch=0)
    assert sorted(order.tolist()) == sorted([*range(len(train))] * 2)
