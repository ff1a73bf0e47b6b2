from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.memory_counting import encode_passages, merge_counts
from assistant.engine.memory_counts import ORDERS
from build_tools.memory.count import count_source, load_counts, merge_runs
from tests.engine.memory_samples import TEXTS, sample_alphabet

ALPHABET = sample_alphabet()
PASSAGE = st.text(alphabet="小猫在院子里，。x7龘", min_size=1, max_size=30)


def write(path, passages):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{passage}\n" for passage in passages), "utf-8")
    return path


def counted(folder):
    found = {}
    for order in ORDERS:
        keys, counts = load_counts(folder, order)
        for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
            symbols = []
            for _ in range(order):
                key, symbol = divmod(key, ALPHABET.size)
                symbols.append(symbol)
            found[tuple(reversed(symbols))] = count
    return found


def brute_force(passages):
    found = Counter()
    for passage in passages:
        ids = encode_passages(ALPHABET, [passage]).tolist()
        for order in ORDERS:
            for start in range(len(ids) - order + 1):
                if 0 not in (gram := tuple(ids[start : start + order])):
                    found[gram] += 1
    return dict(found)


@given(passages=st.lists(PASSAGE, min_size=1, max_size=12), chunk=st.integers(1, 60))
def test_counts_equal_a_brute_force_count(tmp_path_factory, passages, chunk):
    folder = tmp_path_factory.mktemp("count")
    source = write(folder / "a.txt", passages)
    count_source(ALPHABET, source, folder / "runs", chunk_chars=chunk)
    merge_runs(folder / "runs", folder / "counts", entries=7)
    assert counted(folder / "counts") == brute_force(passages)


def test_shards_add_up_to_the_whole(tmp_path):
    source = write(tmp_path / "a.txt", TEXTS)
    for index in range(3):
        count_source(ALPHABET, source, tmp_path / "runs", shard=(index, 3))
    merge_runs(tmp_path / "runs", tmp_path / "counts")
    assert counted(tmp_path / "counts") == brute_force(TEXTS)


def test_an_interrupted_count_goes_on(tmp_path):
    source = write(tmp_path / "sample.txt", TEXTS)
    count_source(ALPHABET, source, tmp_path / "runs", chunk_chars=40)
    runs = sorted((tmp_path / "runs").iterdir())
    kept = {path: path.stat().st_mtime_ns for path in runs if ".0000." not in path.name}
    (tmp_path / "runs" / "sample.0of1.0000.5.keys.npy").unlink()
    count_source(ALPHABET, source, tmp_path / "runs", chunk_chars=40)
    assert kept
    assert all(path.stat().st_mtime_ns == written for path, written in kept.items())
    merge_runs(tmp_path / "runs", tmp_path / "counts")
    assert counted(tmp_path / "counts") == brute_force(TEXTS)


def test_sources_count_by_their_weight_and_unnamed_ones_not_at_all(tmp_path):
    for name in ("a", "b", "c"):
        count_source(ALPHABET, write(tmp_path / f"{name}.txt", TEXTS), tmp_path / "runs")
    merge_runs(tmp_path / "runs", tmp_path / "counts", weights={"a": 3, "b": 2})
    expected = {gram: 5 * count for gram, count in brute_force(TEXTS).items()}
    assert counted(tmp_path / "counts") == expected


def test_nothing_counted_is_no_error(tmp_path):
    (tmp_path / "runs").mkdir()
    assert merge_runs(tmp_path / "runs", tmp_path / "counts") == dict.fromkeys(ORDERS, 0)
    assert len(load_counts(tmp_path / "counts", 3)[0]) == 0


def test_counts_stop_at_the_largest_number():
    keys = np.array([7], dtype=np.uint64)
    counts = np.array([0xFFFFFFFF], dtype=np.uint32)
    assert merge_counts([(keys, counts, 1), (keys, counts, 1)])[1].tolist() == [0xFFFFFFFF]


def test_the_radix_fits_five_symbols_in_64_bits():
    with pytest.raises(OverflowError):
        np.uint64((7132) ** 5)
    assert 7131**5 < 2**64
