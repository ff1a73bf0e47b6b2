from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant import cli
from assistant.services.label_sets import LabelSet, LabelSets
from tests.engine.toy_understand import write_understand


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_understand(tmp_path_factory.mktemp("toy")))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = cli.main(arguments)
    except SystemExit as stop:  # argparse leaves this way
        code = int(str(stop.code))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_sentiment_prints_the_agreed_json(capsys, model):
    text = "甲好。 乙坏！"
    code, out, err = run(capsys, "sentiment", "--json", "--model", model, text)
    record = json.loads(out)
    assert (code, err) == (0, "")
    assert list(record) == ["text", "label", "confidence", "sentences"]
    assert (record["text"], record["label"]) == (text, "neutral")
    assert [list(s) for s in record["sentences"]] == [
        ["start_char", "end_char", "label", "confidence"]
    ] * 2
    first, second = record["sentences"]
    assert (first["start_char"], first["end_char"], first["label"]) == (0, 3, "positive")
    assert (second["start_char"], second["end_char"], second["label"]) == (4, 7, "negative")
    assert first["confidence"] == pytest.approx(0.880797)


def test_sentiment_says_why_when_asked(capsys, model):
    _, out, _ = run(capsys, "sentiment", "--json", "--why", "--model", model, "山。水，坏。")
    words = json.loads(out)["sentences"][1]["words"]
    assert words[-1] == {"start_char": 4, "end_char": 5, "effect": -2.0}
    _, out, _ = run(capsys, "sentiment", "--why", "--model", model, "水，坏。")
    assert "坏 -2.00" in out


def test_people_get_a_sign_for_every_sentence(capsys, model):
    code, out, _ = run(capsys, "sentiment", "--model", model, "甲好。乙坏！丙山。")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["中性", "+", "-", "="]


def test_classify_prints_the_agreed_json_best_first(capsys, model):
    arguments = ("classify", "--json", "--labels", "甲乙，山水,花丙", "--template", "话题是{}。")
    code, out, err = run(capsys, *arguments, "--model", model, "山水花鸟")
    record = json.loads(out)
    assert (code, err) == (0, "")
    assert list(record) == ["text", "labels"]
    assert [score["label"] for score in record["labels"]] == ["山水", "花丙", "甲乙"]
    assert sum(score["confidence"] for score in record["labels"]) == pytest.approx(1, abs=1e-5)


def test_with_multi_each_label_stands_for_itself(capsys, model):
    arguments = ("classify", "--json", "--multi", "--labels", "山水,花鸟", "--template", "话题{}。")
    _, out, _ = run(capsys, *arguments, "--model", model, "山水花鸟")
    assert all(score["confidence"] > 0.9 for score in json.loads(out)["labels"])


def test_a_bundled_set_an_own_one_and_a_file(capsys, model, bubai_home: Path, tmp_path: Path):
    sets = LabelSets(tmp_path / "none", bubai_home / "data" / "label_sets")
    sets.save(LabelSet("我的", ("山", "甲"), "话题是{}。", multi=True))
    sets.export(sets.get("我的"), tmp_path / "f.json")
    for name in ("我的", str(tmp_path / "f.json")):
        _, out, _ = run(capsys, "classify", "--json", "--set", name, "--model", model, "山水")
        scores = {score["label"]: score["confidence"] for score in json.loads(out)["labels"]}
        assert scores["甲"] == pytest.approx(0.5)
        assert scores["山"] > 0.8
    for name in ("文章主题", "Topic"):
        code, out, _ = run(capsys, "classify", "--json", "--set", name, "--model", model, "山水")
        assert code == 0
        assert len(json.loads(out)["labels"]) > 5


@pytest.mark.parametrize(
    "arguments",
    [
        ["classify", "山水"],
        ["classify", "--labels", " , ", "山水"],
        ["classify", "--labels", "山", "--template", "话题", "山水"],
        ["classify", "--set", "没有这个", "山水"],
        ["classify", "--set", "none.json", "山水"],
        ["classify", "--labels", "山", "--set", "文章主题", "山水"],
        ["classify", "--labels", "山", "xx"],
        ["sentiment", ""],
        ["sentiment", "xx"],
        ["sentiment"],
    ],
)
def test_bad_usage_and_input_end_with_2(capsys, model, arguments):
    code, out, err = run(capsys, *arguments, "--model", model)
    assert (code, out) == (2, "")
    assert err


@pytest.mark.parametrize("missing", ["sentiment", "entailment"])
def test_a_package_without_the_head_ends_with_3(capsys, tmp_path: Path, missing: str):
    changes: dict[str, Any] = {missing: None}
    folder = write_understand(tmp_path, **changes)
    task = {"sentiment": ["sentiment"], "entailment": ["classify", "--labels", "山"]}[missing]
    code, out, err = run(capsys, *task, "--model", str(folder), "山好")
    assert (code, out) == (3, "")
    assert "toy" in err
