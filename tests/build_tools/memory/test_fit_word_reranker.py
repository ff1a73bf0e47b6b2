from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.engine.package import load_package
from assistant.engine.reranker import Reranker
from assistant.records import Task
from build_tools.memory import fit_word_reranker
from build_tools.memory.fit_reranker import opened
from build_tools.memory.fit_word_reranker import blanks, single_words, telling_words, whole
from build_tools.memory.opinions import Gap
from tests.build_tools.pretrain.conftest import SENTENCES
from tests.engine.toy import toy_package

PACKAGE = Path("resources/models/fill")
LINES = [*SENTENCES, "好。"]


def hidden(gap: Gap) -> str:
    return gap.text[gap.start : gap.start + gap.length]


def test_each_line_gives_a_word_of_one_character():
    found = single_words(LINES, 0)
    assert {gap.length for gap in found} == {1}
    assert "好" in map(hidden, found)
    assert single_words(LINES, 0) == found
    assert len({tuple(single_words(LINES, seed)) for seed in range(4)}) > 1


def test_rare_words_are_taken_oftener():
    lines = ["我的书的笔的纸的灯的伞的"] * 900
    plain, telling = (
        Counter(map(hidden, hide(lines, 1))) for hide in (single_words, telling_words)
    )
    assert plain["的"] / plain.total() > 0.4
    assert telling["的"] / telling.total() < 0.3
    assert telling.total() < plain.total() == 900


def test_more_times_give_more_blanks():
    once, twice = blanks(LINES, 1, 0), blanks(LINES, 2, 0)
    assert twice[: len(once)] == once
    assert len(twice) > 1.5 * len(once)


def test_a_word_is_asked_for_as_the_search_asks():
    encoder, _ = opened(load_package(PACKAGE, Task.FILL, verify=False))
    text = SENTENCES[5]
    ((character, query),) = whole(encoder, [Gap(text, text.index("窄"), 1)])
    assert character == "窄"
    assert query.whole
    assert query.ids[query.column] == encoder.vocabulary.mask
    assert len(query.ids) == len(text) + 2


def test_the_command_fits_the_bundled_package(tmp_path: Path, monkeypatch, capsys):
    (tmp_path / "lines.txt").write_text("\n".join(SENTENCES * 2), "utf-8")
    given = ["--package", PACKAGE, "--lines", tmp_path / "lines.txt", "--times", "1"]
    given += ["--running", tmp_path / "lines.txt", "--epochs", "1", "--out", tmp_path / "r.json"]
    monkeypatch.setattr("sys.argv", ["x", *map(str, given)])
    fit_word_reranker.main()
    printed = capsys.readouterr().out
    assert printed.count("its own") == printed.count('"reranker"') == 3
    Reranker(json.loads((tmp_path / "r.json").read_text("utf-8"))["word_reranker"])


def test_a_package_without_a_gate_is_refused(tmp_path: Path, monkeypatch, capsys):
    package = toy_package(tmp_path).folder
    monkeypatch.setattr("sys.argv", ["x", "--package", str(package), "--lines", "x"])
    with pytest.raises(SystemExit):
        fit_word_reranker.main()
    assert "no gate" in capsys.readouterr().err
