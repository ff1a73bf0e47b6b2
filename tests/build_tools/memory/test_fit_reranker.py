from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from assistant.engine.reranker import BLANK_FEATURES, FEATURES, Reranker
from build_tools.memory import fit_reranker
from build_tools.memory.fit_reranker import RerankerNet, Samples, fit, gaps_of, passages, report
from tests.build_tools.pretrain.conftest import SENTENCES
from tests.engine.toy import toy_package

PACKAGE = Path("resources/models/fill")


def samples(count: int, best: int) -> Samples:
    """Return blanks whose answer is the only one of ten candidates with feature ``best``."""
    chance = torch.Generator().manual_seed(count)
    answers = torch.randint(0, 10, (count,), generator=chance)
    log_probs = torch.randn(count, 10, generator=chance).log_softmax(1) - 0.1
    candidates = torch.randn(count, FEATURES, 10, generator=chance) * 0.1
    candidates[:, 0] = log_probs / 5
    candidates[:, best] = 0
    candidates[torch.arange(count), best, answers] = 0.5
    answers[:5] = -1
    blanks = torch.randn(count, BLANK_FEATURES, generator=chance)
    return Samples(candidates.half(), blanks, log_probs, answers)


def test_what_tells_the_answer_is_learnt():
    unseen = samples(300, FEATURES - 4)
    net = fit(samples(2000, FEATURES - 4), epochs=30, hidden=8)
    before, after = report(unseen, None), report(unseen, net)
    assert before["top1"] < 0.4
    assert after["top1"] > 0.9
    assert after["nats"] < before["nats"]


def test_the_app_ranks_as_the_fitted_network():
    torch.manual_seed(1)
    some, net = samples(6, 7), RerankerNet(12)
    with torch.no_grad():
        net.outer.normal_()
        expected = net(some).log_softmax(1) + some.log_probs.logsumexp(1, keepdim=True)
    reranker = Reranker(net.settings())
    for row in range(6):
        found = reranker.rerank(
            some.candidates[row].float().numpy(),
            some.blanks[row].numpy(),
            some.log_probs[row].numpy(),
        )
        assert found == pytest.approx(expected[row].numpy(), abs=5e-3)


def test_before_it_is_fitted_it_changes_nothing():
    some = samples(20, 3)
    with torch.no_grad():
        kept = RerankerNet()(some).log_softmax(1)
    assert kept == pytest.approx(some.log_probs.log_softmax(1), abs=1e-2)


def test_one_that_saw_fewer_features_is_gone_on_from():
    torch.manual_seed(2)
    some, old = samples(20, 7), RerankerNet(6)
    with torch.no_grad():
        old.outer.normal_(0, 0.1)
        old.candidate.weight[:, -2:] = 0
        old.direct[-2:] = 0
        expected = old(some)
    fewer = {
        name: value[:-2] if name in ("candidate", "direct") else value
        for name, value in old.settings().items()
    }
    net = RerankerNet(6)
    net.start(fewer)
    with torch.no_grad():
        assert net(some).numpy() == pytest.approx(expected.numpy(), abs=5e-3)
    gone_on = fit(samples(1500, FEATURES - 1), epochs=10, hidden=6, start=fewer)
    unseen = samples(300, FEATURES - 1)
    assert report(unseen, gone_on)["nats"] < report(unseen, net)["nats"]
    assert gone_on.direct[-1] > 0.03


def test_lines_that_follow_one_another_make_passages(tmp_path: Path):
    one, two = tmp_path / "a.txt", tmp_path / "b.txt"
    one.write_text("天亮了。\n他醒了\n走出去。\n一行很长很长很长的话\n", "utf-8")
    two.write_text("另一本。\n", "utf-8")
    assert passages([one, two], 8) == [
        "天亮了。他醒了。",
        "走出去。",
        "一行很长很长很长。",
        "另一本。",
    ]


def test_passages_give_more_blanks_than_lines():
    gaps = gaps_of(["天亮了。"], ["他醒了，走出去。"], 2, 0)
    assert [gap.text for gap in gaps].count("天亮了。") == 2
    assert [gap.text for gap in gaps].count("他醒了，走出去。") == 10
    assert gaps == gaps_of(["天亮了。"], ["他醒了，走出去。"], 2, 0)


def test_the_command_fits_the_bundled_package(tmp_path: Path, monkeypatch, capsys):
    (tmp_path / "lines.txt").write_text("\n".join(SENTENCES * 2), "utf-8")
    given = ["--package", PACKAGE, "--lines", tmp_path / "lines.txt", "--times", "1"]
    given += ["--running", tmp_path / "lines.txt"]
    monkeypatch.setattr("sys.argv", ["x", *map(str, given), "--out", str(tmp_path / "r.json")])
    fit_reranker.main()
    printed = capsys.readouterr().out
    counts = {name: printed.count(name) for name in ("lines", "passages", "before")}
    assert counts == {"lines": 1, "passages": 1, "before": 2}
    Reranker(json.loads((tmp_path / "r.json").read_text("utf-8"))["reranker"])
    again = [*given, "--start", tmp_path / "r.json", "--epochs", "1", "--seed", "1"]
    monkeypatch.setattr("sys.argv", ["x", *map(str, [*again, "--out", tmp_path / "s.json"])])
    fit_reranker.main()
    first, gone_on = (
        json.loads((tmp_path / name).read_text("utf-8"))["reranker"]["candidate"]
        for name in ("r.json", "s.json")
    )
    assert torch.tensor(gone_on).numpy() == pytest.approx(torch.tensor(first).numpy(), abs=0.05)


def test_a_package_without_a_gate_is_refused(tmp_path: Path, monkeypatch, capsys):
    package = toy_package(tmp_path).folder
    monkeypatch.setattr("sys.argv", ["x", "--package", str(package), "--lines", "x"])
    with pytest.raises(SystemExit):
        fit_reranker.main()
    assert "no gate" in capsys.readouterr().err
