from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_counts import ORDERS
from assistant.engine.memory_table import PackedTable
from build_tools.memory.count import load_counts
from build_tools.memory.pack import LEVELS, PAIR_LEVELS, quantise
from build_tools.memory.prune import gains, keep, parts, raise_known
from build_tools.memory.static_function import build_packed
from tests.engine.memory_samples import count_texts, sample_alphabet, write_memory

SIXTEEN = np.arange(1, 17, dtype=np.float32)


def distinct(count, seed):
    return np.unique(np.random.default_rng(seed).integers(0, 2**63, count, dtype=np.uint64))


@given(count=st.integers(0, 400), seed=st.integers(0, 1000), bits=st.integers(5, 20))
def test_every_key_gives_its_count(count, seed, bits):
    keys = distinct(count, seed)
    codes = np.random.default_rng(seed + 1).integers(0, 16, len(keys)).astype(np.uint8)
    packed, geometry, salt = build_packed(keys, codes, bits)
    table = PackedTable(packed, bits, SIXTEEN, geometry, salt)
    assert table.logs(keys).tolist() == np.log1p(SIXTEEN)[codes].tolist()


@pytest.mark.parametrize("bits", [10, 12])
def test_strangers_pass_as_often_as_the_fingerprint_says(bits):
    keys = distinct(50_000, 1)
    packed, geometry, salt = build_packed(keys, np.zeros(len(keys), dtype=np.uint8), bits)
    strangers = np.random.default_rng(2).integers(2**63, 2**64 - 1, 400_000, dtype=np.uint64)
    passed = (PackedTable(packed, bits, SIXTEEN, geometry, salt).logs(strangers) > 0).mean()
    assert passed == pytest.approx(2.0 ** (4 - bits), rel=0.1)


def test_a_table_takes_little_more_than_its_slots():
    keys = distinct(200_000, 3)
    packed, _, _ = build_packed(keys, np.zeros(len(keys), dtype=np.uint8), 12)
    assert len(packed) * 8 / len(keys) < 12 * 1.2


def test_small_counts_are_stored_exactly():
    counts = np.arange(1, 4, dtype=np.uint32)
    assert LEVELS[quantise(counts, LEVELS)].tolist() == counts.tolist()
    large = np.array([9, 100, 10_000, 10**8], dtype=np.uint32)
    stored = PAIR_LEVELS[quantise(large[:3], PAIR_LEVELS)]
    assert stored == pytest.approx(large[:3], rel=0.03)
    assert len(PAIR_LEVELS) <= 256


def test_the_same_counts_give_the_same_bytes(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    assert write_memory(first).read_bytes() == write_memory(second).read_bytes()


def test_an_unpruned_memory_knows_every_ngram(tmp_path):
    memory = PhraseMemory.open(write_memory(tmp_path))
    for order in ORDERS[1:]:
        keys, counts = load_counts(tmp_path / "counts", order)
        stored = np.expm1(memory.store.values(order, np.asarray(keys)))
        assert stored == pytest.approx(LEVELS[quantise(np.asarray(counts), LEVELS)], rel=1e-5)


def test_an_unpruned_memory_knows_every_pair_from_both_sides(tmp_path):
    memory = PhraseMemory.open(write_memory(tmp_path))
    keys, counts = load_counts(tmp_path / "counts", 2)
    for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
        first, second = divmod(key, RADIX)
        before = memory.store.pairs([first, 0, 0, 0], [0] * 4).dense[0]
        after = memory.store.pairs([0] * 4, [second, 0, 0, 0]).dense[1]
        assert np.expm1([before[second], after[first]]) == pytest.approx([count, count])


@pytest.fixture(scope="module")
def counts(tmp_path_factory):
    return count_texts(tmp_path_factory.mktemp("prune"), sample_alphabet())


RADIX = sample_alphabet().size


@pytest.mark.parametrize("top", [3, 4, 5])
def test_what_is_kept_holds_its_parts_too(counts, top):
    gained = gains(counts, RADIX)
    thresholds = dict.fromkeys(ORDERS, np.inf)
    thresholds[top] = float(np.quantile(gained[top], 0.98))
    kept = keep(counts, RADIX, gained, thresholds)
    keys = {order: np.asarray(load_counts(counts, order)[0])[kept[order]] for order in ORDERS}
    assert [order for order in ORDERS if len(keys[order])] == list(range(2, top + 1))
    assert len(keys[top]) < len(kept[top])
    for order in range(3, top + 1):
        for part in parts(keys[order], order, RADIX):
            assert np.isin(part, keys[order - 1]).all()


def test_a_repeated_surprise_is_worth_more_than_a_single_one(counts):
    alphabet = sample_alphabet()
    gained = gains(counts, RADIX)[4]
    keys = np.asarray(load_counts(counts, 4)[0])

    def gain(text):
        key = 0
        for symbol in alphabet.encode(text).tolist():
            key = key * RADIX + symbol
        return gained[np.flatnonzero(keys == key)[0]]

    assert gain("笑里藏刀") > gain("里包饺子")


def test_known_ngrams_are_always_kept(counts):
    plain, raised = gains(counts, RADIX), gains(counts, RADIX)
    wanted = np.asarray(load_counts(counts, 3)[0])[5:9]
    raise_known(counts, raised, {3: np.append(wanted, np.uint64(3))})
    assert np.flatnonzero(plain[3] != raised[3]).tolist() == [5, 6, 7, 8]
    kept = keep(counts, RADIX, raised, dict.fromkeys(ORDERS, 1e9))
    assert np.flatnonzero(kept[3]).tolist() == [5, 6, 7, 8]
