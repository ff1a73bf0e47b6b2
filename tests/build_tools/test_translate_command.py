"""``translate`` and ``batch translate`` on a tiny Marian model."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from assistant.cli import main
from tests.build_tools.marian import tiny_marian, write_package

TEXT = "# 天地\n\n我看山。你看水，有12花。\n"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_package(tmp_path_factory.mktemp("tiny"), tiny_marian()))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["translate", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_json_has_the_shape_that_is_promised(package: str, capsys):
    code, out, _ = run(capsys, TEXT, "--json", "--model", package)
    record = json.loads(out)
    assert code == 0
    assert list(record) == ["text", "translation", "sentences"]
    assert record["text"] == TEXT
    assert [pair["source"] for pair in record["sentences"]] == [
        "天地", "我看山。", "你看水，有12花。",
    ]  # fmt: skip
    for pair in record["sentences"]:
        assert list(pair) == ["source", "target", "score"]
        assert 0 <= pair["score"] <= 1
        assert pair["target"] in record["translation"]


def test_lines_stay_and_doubt_goes_to_standard_error(package: str, capsys):
    code, out, err = run(capsys, TEXT, "--model", package)
    assert code == 0
    lines = out.split("\n")
    assert lines[0].startswith("# ")
    assert lines[1] == ""
    assert "你看水，有12花。" in err


def test_a_file_is_one_text(package: str, tmp_path: Path, capsys):
    file = tmp_path / "text.txt"
    file.write_text(TEXT, "utf-8")
    code, out, _ = run(capsys, "--file", str(file), "--json", "--model", package)
    assert code == 0
    assert json.loads(out)["text"] == TEXT


def test_better_may_say_it_otherwise(package: str, capsys):
    _, fast, _ = run(capsys, TEXT, "--json", "--model", package)
    _, better, _ = run(capsys, TEXT, "--json", "--model", package, "--beam", "4")
    assert fast != better


@pytest.mark.parametrize("suffix", [".docx", ".tsv", ".tmx", ".txt"])
def test_a_file_is_written_in_the_format_of_its_suffix(
    package: str, tmp_path: Path, capsys, suffix: str
):
    target = tmp_path / f"out{suffix}"
    code, out, _ = run(capsys, TEXT, "--out", str(target), "--model", package)
    assert (code, out) == (0, "")
    assert target.stat().st_size > 0


def test_a_format_that_is_unknown_costs_no_work(package: str, tmp_path: Path, capsys):
    code, _, err = run(capsys, TEXT, "--out", str(tmp_path / "a.pdf"), "--model", "/nowhere")
    assert code == 2
    assert "docx" in err


def test_nothing_to_translate_is_told(package: str, capsys):
    assert run(capsys, "  ", "--model", package)[0] == 2


def test_a_missing_package_is_a_problem_of_the_model(capsys, tmp_path: Path):
    assert run(capsys, TEXT, "--model", str(tmp_path))[0] == 3


def test_a_folder_is_translated_with_a_table_of_sentences(package: str, tmp_path: Path, capsys):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text("我看山。你看水。", "utf-8")
    arguments = ["batch", "translate", str(folder), "--out", str(out), "--csv", "--model", package]
    assert main(arguments) == 0
    capsys.readouterr()
    (record,) = map(json.loads, (out / "results.jsonl").read_text("utf-8").splitlines())
    assert "translation" in json.dumps(record)
    rows = list(csv.reader(io.StringIO((out / "results.csv").read_text("utf-8-sig"))))
    assert rows[0][-1] == "score"
    assert [next(c for c in row if "看" in c) for row in rows[1:]] == ["我看山。", "你看水。"]
