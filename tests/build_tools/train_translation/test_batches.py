"""Batches have a few shapes, hold the pairs, and come again in the same order."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from build_tools.train_translation.batches import Batch, BatchStream, Place, bucket_of
from build_tools.train_translation.shards import Pairs
from build_tools.train_translation.vocabulary import EOS, PAD

BUCKETS = ((4, 4), (4, 8), (8, 8))


def made_pairs(count: int = 40, weights: tuple[float, ...] = (1.0, 2.0)) -> Pairs:
    """Return pairs of growing length; the ids of pair i begin with 10 + i."""
    sources = [[10 + i] + [3] * (i % 7) + [EOS] for i in range(count)]
    targets = [[10 + i] + [4] * (i % 6) + [EOS] for i in range(count)]
    return Pairs(
        np.array([t for row in sources for t in row], np.uint16),
        np.cumsum([len(row) for row in sources]),
        np.array([t for row in targets for t in row], np.uint16),
        np.cumsum([len(row) for row in targets]),
        np.array([i % 2 for i in range(count)], np.uint8),
        weights,
    )


def stream(place: Place | None = None, seed: int = 1, **changes: object) -> BatchStream:
    options = {"tokens": 16, "seed": seed, "place": place, "buckets": BUCKETS} | changes
    return BatchStream(made_pairs(), **options)  # pyright: ignore


def first_words(batch: Batch) -> list[int]:
    return batch.source[:, 0].tolist()


def test_a_pair_goes_to_the_first_bucket_that_holds_it():
    source, target = np.array([3, 4, 2, 8, 9]), np.array([4, 5, 8, 1, 2])
    assert bucket_of(source, target, BUCKETS).tolist() == [0, 1, 1, 2, -1]


def test_every_batch_has_the_shape_of_a_bucket():
    shapes = {(b.source.shape, b.target.shape) for b in islice(stream(), 60)}
    assert shapes <= {((4, 4), (4, 4)), ((2, 4), (2, 8)), ((2, 8), (2, 8))}
    assert len(shapes) == 3


def test_the_decoder_reads_what_it_should_say_one_place_later():
    for batch in islice(stream(), 20):
        real = batch.wanted >= 0
        assert real.sum() == batch.real_tokens
        said = np.full(batch.target.size, -100)
        said[batch.where[real]] = batch.wanted[real]
        said = said.reshape(batch.target.shape)
        for row, read in zip(said, batch.target, strict=True):
            words = row[row >= 0].tolist()
            assert words[-1] == EOS
            assert read[: len(words)].tolist() == [PAD, *words[:-1]]


def test_source_and_target_of_a_row_belong_together():
    for batch in islice(stream(), 20):
        assert (batch.source[:, 0] == batch.target[:, 1])[batch.target[:, 1] > 9].all()


def test_a_weight_of_two_reads_a_pair_twice_an_epoch():
    batches = stream(tokens=8)._epoch(0)
    drawn = np.concatenate([rows for _, rows in batches])
    counts = np.bincount(drawn, minlength=40)
    # A batch that is not full is left out, so a few pairs are missing.
    assert counts[1::2].max() == 2
    assert counts[::2].max() == 1


def test_the_same_seed_gives_the_same_batches_and_another_seed_others():
    once, again = list(islice(stream(), 8)), list(islice(stream(), 8))
    other = list(islice(stream(seed=2), 8))
    assert [first_words(b) for b in once] == [first_words(b) for b in again]
    assert [first_words(b) for b in once] != [first_words(b) for b in other]


@pytest.mark.parametrize("done", [1, 7, 30])
def test_a_stream_goes_on_at_any_place_also_in_a_later_epoch(done):
    first = stream()
    whole = [first_words(b) for b in islice(iter(first), done + 5)]
    second = stream()
    for _ in islice(iter(second), done):
        pass
    resumed = stream(second.place)
    assert [first_words(b) for b in islice(iter(resumed), 5)] == whole[done:]


def test_too_large_a_batch_is_an_error_and_no_endless_loop():
    with pytest.raises(ValueError, match="lower the tokens"):
        next(iter(stream(tokens=10**6)))
