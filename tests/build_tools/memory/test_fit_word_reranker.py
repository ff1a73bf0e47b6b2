from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.engine.package import load_package
from assistant.engine.reranker import Part, Rerankers
from assistant.records import Task
from build_tools.memory import fit_word_reranker
from build_tools.memory.fit_reranker import opened
from build_tools.memory.fit_word_reranker import (
    blanks,
    longer_words,
    places,
    single_words,
    telling_words,
    word_of,
)
from build_tools.memory.opinions import Gap
from tests.build_tools.pretrain.conftest import SENTENCES
from tests.engine.toy import toy_package

PACKAGE = Path("resources/models/fill")
LINES = [*SENTENCES, "好。"]


def test_each_line_gives_a_word_of_one_character_or_a_longer_one():
    alone, longer = single_words(LINES, 0), longer_words(LINES, 0)
    assert {gap.length for gap in alone} == {1}
    assert {gap.length for gap in longer} <= {2, 3, 4}
    assert len(longer) == len(SENTENCES)
    assert "好" in map(word_of, alone)
    assert single_words(LINES, 0) == alone
    assert len({tuple(single_words(LINES, seed)) for seed in range(4)}) > 1


def test_rare_words_are_taken_oftener():
    lines = ["我的书的笔的纸的灯的伞的"] * 900
    plain, telling = (
        Counter(map(word_of, hide(lines, 1))) for hide in (single_words, telling_words)
    )
    assert plain["的"] / plain.total() > 0.4
    assert telling["的"] / telling.total() < 0.3
    assert telling.total() < plain.total() == 900


@pytest.fixture(scope="module")
def asked_of():
    return opened(load_package(PACKAGE, Task.FILL, verify=False))


@pytest.mark.parametrize("known", [True, False])
def test_a_word_is_asked_for_as_the_search_asks(asked_of, known: bool):
    encoder, _ = asked_of
    text = SENTENCES[0]
    found = list(places(encoder, Gap(text, text.index("老人"), 2), known=known))
    assert [character for character, _ in found] == ["老", "人"]
    assert [query.part for _, query in found] == [Part.BEGIN, Part.REST]
    first, second = (query for _, query in found)
    tokens = encoder.vocabulary.tokens
    mask = encoder.vocabulary.mask
    assert first.ids[first.column : first.column + 2] == (mask, mask)
    assert tokens[second.ids[second.column - 1]] == "老"
    assert second.ids[second.column] == mask


def test_every_part_of_a_word_gets_its_blanks(asked_of):
    encoder, _ = asked_of
    found = {part: list(given) for part, given in blanks(encoder, LINES, 2, 0).items()}
    assert set(found) == {Part.WORD, Part.BEGIN, Part.REST}
    for part, given in found.items():
        assert {query.part for _, query in given} == {part}
    assert len(found[Part.BEGIN]) == 2 * len(SENTENCES) <= len(found[Part.REST])


def test_the_command_fits_the_bundled_package(tmp_path: Path, monkeypatch, capsys):
    (tmp_path / "lines.txt").write_text("\n".join(SENTENCES * 2), "utf-8")
    given = ["--package", PACKAGE, "--lines", tmp_path / "lines.txt", "--times", "1"]
    given += ["--running", tmp_path / "lines.txt", "--epochs", "1", "--out", tmp_path / "r.json"]
    monkeypatch.setattr("sys.argv", ["x", *map(str, given)])
    fit_word_reranker.main()
    printed = capsys.readouterr().out
    assert [printed.count(f'"{part}"') for part in ("word", "begin", "rest")] == [1, 1, 1]
    assert printed.count("its own") == 3
    settings = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert set(settings["word_reranker"]) == {"word", "begin", "rest"}
    Rerankers(settings)


def test_a_package_without_a_gate_is_refused(tmp_path: Path, monkeypatch, capsys):
    package = toy_package(tmp_path).folder
    monkeypatch.setattr("sys.argv", ["x", "--package", str(package), "--lines", "x"])
    with pytest.raises(SystemExit):
        fit_word_reranker.main()
    assert "no gate" in capsys.readouterr().err
