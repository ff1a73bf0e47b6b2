"""``models`` on the command line: from a file to another model in use, and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import cli
from assistant.engine import store_install
from assistant.paths import find_paths
from tests.engine import evil

TEXT = "庚甲[MASK]庚。"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    try:
        code = cli.main([str(argument) for argument in arguments])
    except SystemExit as stop:  # argparse leaves this way
        code = int(str(stop.code))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUBAI_LANG", "en")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the self-test out: it has tests of its own and takes a second."""
    monkeypatch.setattr(store_install, "try_in_child", lambda *_arguments: None)


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    return evil.zip_of(evil.package(tmp_path / "toy"), tmp_path / "玩具.zip")


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    code, out, _ = run(capsys, "models", "list", "--json")
    assert code == 0
    return {record["key"]: record for record in map(json.loads, out.splitlines())}


def best(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    _, out, err = run(capsys, "fill", "--json", TEXT)
    return json.loads(out)["spans"][0]["candidates"][0]["text"], err


def test_installing_with_use_changes_what_fill_answers_and_rollback_takes_it_back(capsys, toy):
    before = best(capsys)
    code, out, err = run(capsys, "models", "install", toy, "--use")
    assert (code, err) == (0, "")
    assert out.startswith("* fill       toy-1")
    assert best(capsys) == ("乙", "")
    assert listed(capsys)["toy-1"]["active"]
    assert run(capsys, "models", "rollback", "fill")[0] == 0
    assert best(capsys) == before


def test_the_bundled_package_is_listed_with_what_it_is(capsys):
    (record,) = [r for r in listed(capsys).values() if r["task"] == "fill"]
    assert (record["origin"], record["active"], record["problem"]) == ("bundled", True, None)
    assert record["name"] == "bubai-fill"
    assert record["licence"] == "CC-BY-SA-4.0"
    assert record["metrics"]


def test_an_installed_package_waits_until_it_is_chosen(capsys, toy, quick):
    assert run(capsys, "models", "install", toy)[0] == 0
    assert not listed(capsys)["toy-1"]["active"]
    assert run(capsys, "models", "use", "toy-1")[0] == 0
    assert listed(capsys)["toy-1"]["active"]
    assert run(capsys, "models", "use", "bundled", "--task", "fill")[0] == 0
    assert not listed(capsys)["toy-1"]["active"]
    assert run(capsys, "models", "remove", "toy-1")[0] == 0
    assert "toy-1" not in listed(capsys)


def test_a_refused_package_exits_with_3_and_one_sentence(capsys, tmp_path, english):
    archive = evil.zip_of(evil.package(tmp_path / "toy"), tmp_path / "toy.zip")
    evil.add_entry(archive, "../evil.txt")
    code, out, err = run(capsys, "models", "install", archive)
    assert (code, out) == (3, "")
    assert err.splitlines() == [
        "bubai: toy.zip was not installed: the path “../evil.txt” is not safe. "
        "Choose a model exported for this version."
    ]


def test_the_refusal_is_in_chinese_for_chinese_people(capsys, tmp_path):
    path = tmp_path / "模型.zip"
    path.write_bytes(b"no archive")
    _, _, err = run(capsys, "models", "install", path)
    assert err.startswith("bubai: 没有安装 模型.zip：不是 zip 文件。")


def test_verify_names_the_damaged_file_and_fill_goes_on_with_the_bundled_model(
    capsys, toy, quick, english
):
    before = best(capsys)[0]
    run(capsys, "models", "install", toy, "--use")
    best(capsys)
    graph = find_paths().data / "models" / "fill" / "toy-1" / "model.onnx"
    graph.write_bytes(bytes(graph.stat().st_size))
    code, out, err = run(capsys, "models", "verify", "--task", "fill")
    assert code == 3
    assert "bubai-fill" in out
    assert "model.onnx of the model toy-1 is damaged" in err
    word, said = best(capsys)
    assert word == before
    assert "toy-1 cannot be used, bubai-fill" in said


@pytest.mark.parametrize(
    "arguments",
    [("use", "nobody"), ("remove", "bundled", "--task", "fill"), ("rollback", "fill"),
     ("verify", "nobody"), ("use",), ("rollback", "paint"), ("paint",), ()],
)  # fmt: skip
def test_bad_usage_exits_with_2(capsys, arguments):
    code, out, err = run(capsys, "models", *arguments)
    assert (code, out) == (2, "")
    assert err


def test_what_the_child_processes_run_is_not_in_the_help(capsys):
    _, out, _ = run(capsys, "models", "--help")
    assert "install" in out
    assert "self-test" not in out


def test_two_packages_are_compared_on_a_file(capsys, tmp_path):
    folders = [
        evil.package(tmp_path / name, evil.bigram_graph({"甲": word}), name=name)
        for name, word in (("first", "乙"), ("second", "丁"))
    ]
    file = tmp_path / "texts.tsv"
    file.write_text("庚甲[MASK]庚。\t乙|丙\n甲[MASK]。\t丁\r\n\n没有空。\n", "utf-8")
    code, out, _ = run(capsys, "models", "compare", *folders, "--file", file, "--json")
    records = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [record["text"] for record in records[:-1]] == [
        "庚甲[MASK]庚。",
        "甲[MASK]。",
        "没有空。",
    ]
    sides = [side[0]["options"][0]["text"] for side in records[0]["answers"]]
    assert sides == ["乙", "丁"]
    packages = records[-1]["packages"]
    assert [(p["package"], p["hit_at_1"], p["places"]) for p in packages] == [
        ("first-1", 0.5, 2), ("second-1", 0.5, 2),
    ]  # fmt: skip
    assert all(p["p50_ms"] <= p["p95_ms"] and p["memory_bytes"] > 0 for p in packages)


def test_an_empty_file_is_nothing_to_compare(capsys, tmp_path):
    folder = evil.package(tmp_path / "toy")
    file = tmp_path / "texts.tsv"
    file.write_text("\n", "utf-8")
    assert run(capsys, "models", "compare", folder, folder, "--file", file)[0] == 2
