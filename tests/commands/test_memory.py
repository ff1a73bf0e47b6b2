from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant import cli
from assistant.commands.common import load_filler
from assistant.paths import find_paths
from assistant.records import Candidate, FillRequest, Source
from assistant.text.masks import find_spans
from tests.engine.bigram import bigram_graph
from tests.engine.toy import write_package
from tests.text.test_plain_text import write_docx

TEXT = "庚甲[MASK]辛。"
OWN = "庚甲戊辛。\n" * 5


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_package(tmp_path_factory.mktemp("toy"), graph=bigram_graph({"甲": "乙"}))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "own.txt").write_text(OWN, "utf-8")
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    try:
        code = cli.main([str(argument) for argument in arguments])
    except SystemExit as stop:  # argparse leaves this way
        code = int(str(stop.code))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def best(model: Path) -> Candidate:
    """Return the first candidate that ``fill`` would print."""
    arguments = type("Arguments", (), {"model": model})
    filler = load_filler(arguments)  # pyright: ignore[reportArgumentType]
    return filler.fill(FillRequest(TEXT, find_spans(TEXT))).spans[0].candidates[0]


def test_a_memory_in_use_changes_the_first_candidate_and_says_so(capsys, model, own):
    assert run(capsys, "memory", "add", "我的", own, "--model", model)[0] == 0
    assert best(model).text == "乙"
    assert run(capsys, "memory", "use", "我的") == (0, "", "")
    candidate = best(model)
    assert (candidate.text, candidate.source) == ("戊", Source.PERSONAL)
    assert (candidate.evidence[0].personal, candidate.evidence[0].count) == ("我的", 5)
    assert run(capsys, "memory", "use", "--none")[0] == 0
    assert best(model).text == "乙"


def test_removing_leaves_nothing_behind(capsys, model, own):
    run(capsys, "memory", "add", "我的", own, "--model", model)
    run(capsys, "memory", "use", "我的")
    assert run(capsys, "memory", "remove", "我的") == (0, "", "")
    assert list(find_paths().memories.iterdir()) == []
    assert "我的" not in (find_paths().config / "settings.json").read_text("utf-8")
    assert best(model).text == "乙"


def test_the_list_says_what_there_is_and_what_is_used(capsys, model, own):
    write_docx(own / "b.docx")
    for name in ("小说", "课本"):
        run(capsys, "memory", "add", name, own, "--model", model)
    run(capsys, "memory", "use", "课本")
    _, out, _ = run(capsys, "memory", "list", "--json")
    records = [json.loads(line) for line in out.splitlines()]
    assert [(r["name"], r["documents"], r["used"]) for r in records] == [
        ("小说", 2, False),
        ("课本", 2, True),
    ]
    _, out, _ = run(capsys, "memory", "list")
    assert [line[:4] for line in out.splitlines()] == ["  小说", "* 课本"]


def test_a_broken_file_is_named_and_the_others_are_counted(capsys, monkeypatch, model, own):
    monkeypatch.setenv("BUBAI_LANG", "en")
    (own / "broken.docx").write_bytes(b"no archive")
    code, out, err = run(capsys, "memory", "add", "我的", own, "--model", model, "--json")
    record = json.loads(out)
    assert code == 2
    assert err.startswith("bubai: broken.docx is damaged")
    assert (record["documents"], record["characters"]) == (1, 25)
    assert [Path(failed["path"]).name for failed in record["failed"]] == ["broken.docx"]


def test_what_cannot_be_read_at_all_makes_no_memory(capsys, model, tmp_path):
    (tmp_path / "a.png").write_bytes(b"")
    code, out, err = run(capsys, "memory", "add", "x", tmp_path / "a.png", "--model", model)
    assert (code, out) == (2, "")
    assert "a.png" in err
    assert run(capsys, "memory", "list") == (0, "", "")


def test_a_memory_that_is_gone_or_damaged_does_not_stop_a_fill(capsys, model, own):
    run(capsys, "memory", "add", "我的", own, "--model", model)
    run(capsys, "memory", "use", "我的")
    (file,) = find_paths().memories.iterdir()
    file.write_bytes(b"damaged")
    assert best(model).text == "乙"
    file.unlink()
    assert best(model).text == "乙"


@pytest.mark.parametrize(
    "arguments",
    [
        ["remove", "nothing"], ["use", "nothing"], ["use"], ["use", "a", "--none"], ["add", "a"],
        ["add", " ", "a.txt"], ["add", "长" * 41, "a.txt"], ["paint"],
    ],
)  # fmt: skip
def test_bad_usage_exits_with_2(capsys, arguments):
    code, out, err = run(capsys, "memory", *arguments)
    assert (code, out) == (2, "")
    assert err


def test_batch_notices_other_memories_and_what_they_hold(capsys, model, own, tmp_path):
    (tmp_path / "a.txt").write_text("山[MASK]好。", "utf-8")

    def done() -> str:
        out = str(tmp_path / "out")
        _, _, err = run(
            capsys, "batch", "fill", str(tmp_path / "a.txt"), "--out", out, "--model", model
        )
        return re.findall(r"完成 (\d) 个，", err)[0]

    assert (done(), done()) == ("1", "0")
    run(capsys, "memory", "add", "我的", own, "--model", model)
    run(capsys, "memory", "use", "我的")
    assert (done(), done()) == ("1", "0")
    more = tmp_path / "more.txt"
    more.write_text("山水好。山花好。", "utf-8")
    run(capsys, "memory", "add", "我的", str(more), "--model", model)
    assert (done(), done()) == ("1", "0")
    run(capsys, "memory", "use", "--none")
    assert (done(), done()) == ("1", "0")
