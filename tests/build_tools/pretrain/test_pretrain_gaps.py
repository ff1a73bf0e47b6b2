"""Gaps are read from shards with a tiny encoder, in parts, and go on after a signal."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from assistant.engine.topics import word_keys
from build_tools.memory import gaps
from build_tools.memory.gaps import Sums
from tests.build_tools.fitted_memory import write_fitted_memory
from tests.build_tools.memory.test_gap_sums import write_topics
from tests.build_tools.pretrain.conftest import SENTENCES

LISTED = ("清晨", "明天", "抽屉", "司机", "图书馆")
"""Words of the sentences, each in another one: none stands too near to the next to be masked."""
Run = Callable[..., tuple[Sums, int]]


@pytest.fixture
def run(tmp_path: Path, checkpoint: Path, shards: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what calls the command with further arguments and returns what it has written."""
    tokenizer = Tokenizer.from_file(str(checkpoint / "tokenizer.json"))
    ids = [tokenizer.encode(word, add_special_tokens=False).ids for word in LISTED]
    words = np.array([one + [0] * (4 - len(one)) for one in ids])
    write_topics(tmp_path / "topics.bin", words[np.argsort(word_keys(words))])
    (tmp_path / "idioms.tsv").write_text("图书馆的\n", "utf-8")
    memory = write_fitted_memory(tmp_path / "memory", SENTENCES)
    monkeypatch.setattr(gaps, "_ROWS", 1)
    monkeypatch.setattr(gaps, "_WINDOW", 3)

    def command(name: str, *arguments: str) -> tuple[Sums, int]:
        given = ["--checkpoint", checkpoint, "--shards", shards, "--memory", memory]
        given += ["--topics", tmp_path / "topics.bin", "--idioms", tmp_path / "idioms.tsv"]
        given += ["--out", tmp_path / name, "--no-compile", *arguments]
        monkeypatch.setattr("sys.argv", ["gaps", *map(str, given)])
        gaps.main()
        return Sums.load(tmp_path / name)

    return command


def test_every_listed_word_of_the_text_is_read_once(run: Run) -> None:
    sums, windows = run("all.npz")
    assert sums.times.tolist() == [1] * len(LISTED)
    assert windows == 3
    assert all(np.abs(sums.sums[k]).sum() > 0 for k in (2, 3))
    again, _ = run("all.npz")
    assert again.times.tolist() == sums.times.tolist()


def test_parts_are_the_whole(run: Run) -> None:
    parts = [run(f"{part}.npz", "--shard", f"{part}/2")[0] for part in range(2)]
    assert all(part.times.any() for part in parts)
    assert sum(part.times for part in parts).tolist() == [1] * len(LISTED)


def test_a_signal_ends_a_run_that_goes_on_where_it_stopped(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = Sums.add

    def interrupted(sums: Sums, *arguments: np.ndarray) -> None:
        add(sums, *arguments)
        os.kill(os.getpid(), signal.SIGINT)

    with monkeypatch.context() as patch:
        patch.setattr(Sums, "add", interrupted)
        first, windows = run("a.npz")
    assert windows == 1
    assert 0 < first.times.sum() < len(LISTED)
    whole, windows = run("a.npz")
    assert windows == 3
    assert whole.times.tolist() == [1] * len(LISTED)
