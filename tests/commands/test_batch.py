from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from assistant import cli
from assistant.commands import batch
from assistant.commands.batch_journal import Journal
from assistant.commands.batch_tasks.registry import TASKS
from assistant.paths import find_paths
from assistant.records import Task
from tests.engine.bigram import bigram_graph
from tests.engine.toy import write_package
from tests.engine.toy_understand import write_understand


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_understand(tmp_path_factory.mktemp("toy")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "下").mkdir(parents=True)
    (folder / "a.txt").write_text("甲好。乙坏。", encoding="gb18030")
    (folder / "b.md").write_text("山水好。", encoding="utf-8")
    document = Document()
    document.add_paragraph("花鸟坏。")
    document.save(str(folder / "下" / "c.docx"))
    (folder / "other.pdf").write_bytes(b"%PDF")
    return folder


def work(*arguments: object) -> int:
    return cli.main(["batch", *map(str, arguments)])


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_file_gets_the_record_of_the_command(folder: Path, model: str, tmp_path: Path):
    out = tmp_path / "out"
    assert work("sentiment", folder, "--out", out, "--model", model) == 0
    records = {record["file"]: record for record in lines(out / "results.jsonl")}
    assert {name: record["label"] for name, record in records.items()} == {
        "a.txt": "neutral",
        "b.md": "positive",
        "下/c.docx": "negative",
    }
    assert records["a.txt"]["text"] == "甲好。乙坏。"
    assert len(records["a.txt"]["sentences"]) == 2
    assert (out / "failures.jsonl").read_text("utf-8") == ""
    assert not (out / "results.csv").exists()


def test_a_second_run_does_only_what_is_new(
    folder: Path, model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "out"
    work("sentiment", folder, "--out", out, "--model", model)
    read: list[str] = []
    real = batch.read_text
    monkeypatch.setattr(batch, "read_text", lambda path: read.append(path.name) or real(path))
    (folder / "b.md").write_text("山水坏。", encoding="utf-8")
    (folder / "new.txt").write_text("好。", encoding="utf-8")
    (folder / "a.txt").unlink()
    assert work("sentiment", folder, "--out", out, "--model", model) == 0
    assert sorted(read) == ["b.md", "new.txt"]
    labels = [(record["file"], record["label"]) for record in lines(out / "results.jsonl")]
    assert sorted(labels) == [
        ("b.md", "negative"),
        ("new.txt", "positive"),
        ("下/c.docx", "negative"),
    ]


def test_other_options_do_the_work_anew(folder: Path, model: str, tmp_path: Path):
    out = tmp_path / "out"
    for labels in ("山水,花鸟", "山水,甲"):
        work("classify", folder, "--labels", labels, "--template", "题{}", "--out", out,
             "--model", model)  # fmt: skip
        records = lines(out / "results.jsonl")
        assert len(records) == 3
        assert {score["label"] for record in records for score in record["labels"]} == set(
            labels.split(",")
        )


def another_version(package: Path, to: Path) -> Path:
    to.mkdir()
    for file in package.iterdir():
        (to / file.name).symlink_to(file)
    manifest = json.loads((package / "manifest.json").read_text("utf-8"))
    (to / "manifest.json").unlink()
    (to / "manifest.json").write_text(json.dumps(manifest | {"version": "99"}), "utf-8")
    return to


@pytest.mark.parametrize("task", ["sentiment", "proofread"])
def test_another_model_does_the_work_anew(
    tmp_path: Path, model: str, capsys: pytest.CaptureFixture[str], task: str
):
    first = Path(model) if task == "sentiment" else find_paths().model_folder(Task.FILL)
    (tmp_path / "a.txt").write_text("山水好。", "utf-8")
    done: list[str] = []
    for package in (first, first, another_version(first, tmp_path / "other")):
        work(task, tmp_path / "a.txt", "--out", tmp_path / "out", "--model", package)
        done += re.findall(r"bubai: 完成 (\d) 个，", capsys.readouterr().err)
    assert done == ["1", "0", "1"]


def test_a_line_torn_by_a_crash_is_done_again(folder: Path, model: str, tmp_path: Path):
    out = tmp_path / "out"
    work("sentiment", folder, "--out", out, "--model", model)
    results = out / "results.jsonl"
    whole = results.read_bytes()
    results.write_bytes(whole[:-20])
    assert work("sentiment", folder, "--out", out, "--model", model) == 0
    assert sorted(results.read_bytes().splitlines()) == sorted(whole.splitlines())


def test_a_failed_file_is_noted_and_does_not_stop_the_rest(
    folder: Path, model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    monkeypatch.setenv("BUBAI_LANG", "en")
    (folder / "0.docx").write_bytes(b"no zip")
    (folder / "1.txt").write_text("no Chinese", encoding="utf-8")
    out = tmp_path / "out"
    assert work("sentiment", folder, "--out", out, "--model", model) == 2
    failures = {record["file"]: record["error"] for record in lines(out / "failures.jsonl")}
    assert failures == {"0.docx": "DamagedDocumentError", "1.txt": "NoChineseError"}
    assert len(lines(out / "results.jsonl")) == 3
    assert "3 done, 0 before, 2 failed" in capsys.readouterr().err
    (folder / "1.txt").write_text("好。", encoding="utf-8")
    (folder / "0.docx").unlink()
    assert work("sentiment", folder, "--out", out, "--model", model) == 0
    assert (out / "failures.jsonl").read_text("utf-8") == ""
    assert "1 done, 3 before, 0 failed" in capsys.readouterr().err


def test_a_mistake_of_ours_in_one_file_does_not_stop_the_rest(
    folder: Path, model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    real = batch.read_text

    def read(path: Path) -> str:
        if path.name == "b.md":
            raise ZeroDivisionError("山水好")
        return real(path)

    monkeypatch.setattr(batch, "read_text", read)
    out = tmp_path / "out"
    assert work("sentiment", folder, "--out", out, "--model", model) == 1
    (failure,) = lines(out / "failures.jsonl")
    assert failure["error"] == "InternalError"
    assert "山水好" not in str(failure)
    assert len(lines(out / "results.jsonl")) == 2


def test_the_table_holds_every_sentence(folder: Path, model: str, tmp_path: Path):
    (folder / "=x.txt").write_text("=好。", encoding="utf-8")
    out = tmp_path / "out"
    work("sentiment", folder, "--out", out, "--csv", "--model", model)
    raw = (out / "results.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert rows[0] == ["file", "part", "start_char", "end_char", "label", "confidence", "text"]
    assert ["a.txt", "sentence", "3", "6", "negative", "0.880797", "乙坏。"] in rows
    assert [row[0] for row in rows if row[-1] == "'=好。"] == ["'=x.txt"]
    assert len(rows) == 1 + 4 + 5


def test_shards_share_the_files_out(model: str, tmp_path: Path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    names = {f"{i}.txt" for i in range(40)}
    for name in names:
        (folder / name).write_text("好。", encoding="utf-8")
    found: list[str] = []
    for i in (1, 2, 3):
        work("sentiment", folder, "--out", out, "--shard", f"{i}/3", "--model", model)
        part = [record["file"] for record in lines(out / f"results-{i:05}-of-00003.jsonl")]
        assert 4 < len(part) < 25
        found += part
    assert sorted(found) == sorted(names)


@pytest.mark.parametrize("shard", ["0/3", "4/3", "1", "a/b", "1/0", "-1/2"])
def test_a_shard_that_is_none_is_refused(folder: Path, tmp_path: Path, shard: str):
    with pytest.raises(SystemExit) as stop:
        work("sentiment", folder, "--out", tmp_path / "out", f"--shard={shard}")
    assert stop.value.code == 2


def test_two_runs_do_not_write_into_the_same_results(
    folder: Path, model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "out"
    with Journal(out, (1, 1), "job"):
        assert work("sentiment", folder, "--out", out, "--model", model) == 2
    assert "results.jsonl" in capsys.readouterr().err
    assert work("sentiment", folder, "--out", out, "--model", model) == 0


def test_blanks_are_filled(tmp_path: Path):
    model = write_package(tmp_path / "toy", graph=bigram_graph({"甲": "乙"}))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("庚甲[MASK]庚。" * 9, encoding="utf-8")
    (folder / "b.txt").write_text("庚甲[MASK]庚。", encoding="utf-8")
    (folder / "c.txt").write_text("庚甲", encoding="utf-8")
    out = tmp_path / "out"
    assert work("fill", folder, "--top", 2, "--out", out, "--csv", "--model", model) == 2
    records = {record["file"]: record for record in lines(out / "results.jsonl")}
    assert len(records["a.txt"]["spans"]) == 9
    assert records["b.txt"]["joint"][0]["fills"] == ["乙"]
    assert [record["error"] for record in lines(out / "failures.jsonl")] == ["NoBlankError"]
    rows = list(csv.reader((out / "results.csv").read_text("utf-8-sig").splitlines()))
    assert ["b.txt", "1", "2", "8", "1", "乙"] in [row[:6] for row in rows]


@pytest.mark.parametrize("made", [False, True])
def test_a_folder_without_texts_is_said(tmp_path: Path, model: str, made: bool):
    folder = tmp_path / "in"
    if made:
        folder.mkdir()
    assert work("sentiment", folder, "--out", tmp_path / "out", "--model", model) == 2


def test_a_damaged_model_stops_at_once(folder: Path, tmp_path: Path):
    broken = write_understand(tmp_path / "broken")
    (broken / "model.onnx").write_bytes(b"x")
    out = tmp_path / "out"
    assert work("sentiment", folder, "--out", out, "--model", broken) == 3
    assert not out.exists()


def test_every_task_has_a_name_of_its_own():
    names = [task.NAME for task in TASKS]
    assert len(names) == len(set(names))
    assert {"fill", "sentiment", "classify", "translate", "proofread"} <= set(names)
