"""The word ranker is fitted on words of held-out text among all of their length."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.engine.word_ranker import CLUES, STATIC, Clues, WordRanker
from assistant.engine.word_table import WordTable
from build_tools.memory import fit_ranker
from build_tools.memory.fit_ranker import (
    Examples,
    RankerNet,
    cheap_columns,
    drawn,
    fit,
    idiom_gaps,
    report,
)
from build_tools.memory.opinions import Gap
from tests.build_tools.pretrain.conftest import SENTENCES
from tests.engine.test_word_table import CODE, memory_of

PACKAGE = Path("resources/models/fill")
FEATURES = 2 + STATIC + CLUES
CHEAP_ONES = cheap_columns(2)


def examples(count: int, telling: int) -> Examples:
    """Return words among ten others; what tells the right one is a single clue."""
    chance = torch.Generator().manual_seed(0)
    features = torch.randn((count, 11, FEATURES), generator=chance)
    features[:, 0, telling] += 3
    weights = torch.zeros((count, 11))
    weights[:, 6:] = math.log(20)
    return Examples(features.half(), weights)


@pytest.mark.parametrize(
    ("telling", "cheap"), [(0, None), (8, None), (1, CHEAP_ONES), (12, CHEAP_ONES)]
)
def test_the_clue_that_tells_is_learnt(telling: int, cheap: list[int] | None) -> None:
    torch.manual_seed(0)
    net = fit(examples(700, telling), cheap)
    weights = net.word * net.scale
    assert int(weights.argmax()) == telling
    shares = report(examples(300, telling), net).split()
    assert float(shares[1]) > 0.3
    assert shares[-2:] == ["(300", "words)"]


def test_the_cheap_part_reads_nothing_else() -> None:
    assert CHEAP_ONES == [0, 1, 2, 3, 4, 5, 11, 12]
    net = fit(examples(200, 8), CHEAP_ONES)
    assert (net.word * net.scale)[6:11].abs().max() == 0
    assert float(report(examples(300, 8), net).split()[1]) < 0.3


def test_the_app_ranks_as_the_fitted_network() -> None:
    torch.manual_seed(1)
    random = np.random.default_rng(1)
    counts = {tuple(row): 7 for row in random.integers(1, 20, (60, 2)).tolist()}
    table = WordTable(memory_of(counts, 20), [chr(CODE + i) for i in range(20)])
    net = RankerNet(torch.rand(FEATURES) + 0.5, 5)
    with torch.no_grad():
        for weights in net.parameters():
            weights.normal_(0, 0.3)
    ranker = WordRanker({"2": {"cheap": [0.0] * len(CHEAP_ONES), **net.settings()}}, table, None)
    views = [random.normal(size=20).astype(np.float32) for _ in range(2)]
    clues = Clues(views, [1], None, {next(iter(counts)): 0.4})
    ranking = ranker.rank(2, clues)
    features = ranker.features(2, clues, np.arange(len(table.words(2).keys)))
    with torch.no_grad():
        expected = net(torch.from_numpy(features.T)[None]).log_softmax(1)[0]
    assert ranking.log_probs == pytest.approx(expected.numpy(), abs=1e-3)


def test_of_idioms_as_many_as_of_other_words_and_none_too_often() -> None:
    others = [Gap(f"{i}", 0, 1) for i in range(100)]
    idioms = [Gap(f"甲{i}", 0, 1) for i in range(5)] + [Gap(f"乙{i}", 0, 1) for i in range(40)]
    kept = drawn(others + idioms[:3], idioms, 100, seed=3)
    texts = [gap.text for gap in kept]
    assert sum(text.startswith("甲") for text in texts) == 5
    assert sum(text.startswith("乙") for text in texts) == 20
    assert sum(text.isdigit() for text in texts) == 45
    assert len(drawn(others, [], 30, seed=3)) == 30


def test_idioms_are_found_wherever_they_stand() -> None:
    words = {(1, 2, 3, 4): 9, (2, 3, 4, 5): 9}
    table = WordTable(memory_of(words, 6, "□天长地久人"), [*"□天长地久人"])
    known = {"天长地久", "长地久人", "地久天长"}
    found = idiom_gaps(["愿天长地久人", "地久天长"], 4, table, known)
    assert [(gap.text, gap.start) for gap in found] == [("愿天长地久人", 1), ("愿天长地久人", 2)]


def test_the_command_fits_the_bundled_package(tmp_path: Path, monkeypatch, capsys) -> None:
    lines, idioms = tmp_path / "lines.txt", tmp_path / "idioms.tsv"
    lines.write_text("\n".join(f"{line}{line}无论如何都好。" for line in SENTENCES), "utf-8")
    idioms.write_text("无论如何\t怎样都行\n", "utf-8")
    given = ["--package", PACKAGE, "--lines", lines, "--words", "20", "--lengths", "2", "4"]
    given += ["--running", lines, "--idioms", idioms, "--out", tmp_path / "ranker.json"]
    monkeypatch.setattr("sys.argv", ["x", *map(str, given)])
    fit_ranker.main()
    printed = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in printed] == [
        "2, cheap",
        "2, whole",
        "4, cheap",
        "4, whole",
    ]
    found = json.loads((tmp_path / "ranker.json").read_text("utf-8"))["word_ranker"]
    table = WordTable(memory_of({(1, 2): 3, (1, 2, 3, 4): 3}, 6), [chr(CODE + i) for i in range(6)])
    assert WordRanker(found, table, None).knows(4)
