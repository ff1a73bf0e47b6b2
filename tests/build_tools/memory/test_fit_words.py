from __future__ import annotations

import json
import math
import random
from pathlib import Path

import pytest
import torch

from assistant.engine.word_gate import Opinion, Pool, WordGate, WordGates
from build_tools.memory import fit_words
from build_tools.memory.fit_words import Examples, WordGateNet, fit, gaps_of, report
from tests.build_tools.pretrain.conftest import SENTENCES

PACKAGE = Path("resources/models/fill")
LENGTHS = {1: math.log(0.6), 2: math.log(0.3)}


def pools(count: int, seed: int) -> list[tuple[Pool, int]]:
    """Return blanks whose answer is what suits the text, unless it is a guess."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        size = chance.randint(3, 6)
        answer = chance.randrange(size)
        opinions = [
            Opinion(
                math.log(chance.uniform(0.01, 0.1)),
                0.0,
                chance.uniform(0, 5),
                chance.choice((1, 2)),
                topic=2.0 if i == answer else chance.uniform(-1, 1),
                guessed=chance.random() < 0.3,
            )
            for i in range(size)
        ]
        found.append((Pool(opinions, LENGTHS), -1 if opinions[answer].guessed else answer))
    return found


def test_what_tells_the_answer_is_learnt() -> None:
    torch.manual_seed(0)
    seen, unseen = Examples.of(pools(1500, 1)), Examples.of(pools(300, 2))
    net = fit(seen, hidden=8, epochs=10)
    before = report(unseen, WordGateNet(net.scale, 8))
    after = report(unseen, net)
    hits = [float(line.split()[1]) for line in (before, after)]
    assert hits[0] < 0.4
    assert hits[1] > 0.6
    assert after.endswith("(300 blanks)")


def test_common_words_count_less_where_they_are_left_out_more_rarely() -> None:
    given = [
        (Pool([Opinion(-1.0, 0.0, frequency, 1)], LENGTHS), answer)
        for frequency, answer in ((12.0, 0), (8.0, 0), (2.0, 0), (12.0, -1))
    ]
    assert Examples.of(given).weights.tolist() == [1, 1, 1, 1]
    common, *rare = Examples.of(given, evenness=0.3).weights.tolist()
    assert rare == pytest.approx([rare[0]] * 3)
    assert common / rare[0] == pytest.approx(math.exp(-0.3 * 4))
    assert common + sum(rare) == pytest.approx(4)


def test_the_weights_of_blanks_decide_between_them() -> None:
    torch.manual_seed(0)
    pool = Pool([Opinion(-1.0, 0.0, 12.0, 1), Opinion(-1.0, 0.0, 2.0, 2)], LENGTHS)
    both = [(pool, 0), (pool, 1)] * 100
    plain, even = (fit(Examples.of(both, e), hidden=2, epochs=3) for e in (0.0, 0.5))
    one = Examples.of([(pool, 0)])
    with torch.no_grad():
        apart = [float(scores[0, 1] - scores[0, 0]) for scores in (plain(one), even(one))]
    assert apart[0] == pytest.approx(0, abs=0.3)
    assert apart[1] == pytest.approx(0.5 * 4, abs=0.5)


def test_the_app_weighs_as_the_fitted_network() -> None:
    torch.manual_seed(1)
    some = pools(8, 3)
    examples = Examples.of(some)
    net = WordGateNet(torch.rand(examples.words.shape[2]) + 0.5, 5)
    with torch.no_grad():
        for weights in net.parameters():
            weights.normal_(0, 0.3)
        expected = net(examples).log_softmax(1)
    gate = WordGate(net.settings())
    for row, (pool, _) in enumerate(some):
        found = gate.mix(pool)
        assert found == pytest.approx(expected[row, : len(found)].tolist(), abs=1e-3)


def test_two_thirds_of_the_blanks_are_words() -> None:
    gaps = gaps_of([f"{'天' * i}今天的天气真好。" for i in range(200)], seed=0)
    single = sum(gap.length == 1 for gap in gaps)
    assert 60 < single < 180
    assert {gap.length for gap in gaps} >= {1, 2}


def test_the_command_fits_the_bundled_package(tmp_path: Path, monkeypatch, capsys) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("\n".join(f"{line}{line}" for line in SENTENCES), "utf-8")
    given = ["--package", PACKAGE, "--lines", lines, "--running", lines, "--blanks", "20"]
    given += ["--out", tmp_path / "words.json"]
    monkeypatch.setattr("sys.argv", ["x", *map(str, given)])
    fit_words.main()
    printed = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in printed] == [
        "unknown, before",
        "unknown, after",
        "known, before",
        "known, after",
    ]
    WordGates.of(json.loads((tmp_path / "words.json").read_text("utf-8"))["word_gate"])
