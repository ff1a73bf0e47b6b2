from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import cli
from tests.engine.bigram import bigram_graph
from tests.engine.toy import write_package

TEXT = "庚甲[MASK]庚。"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("toy")
    return str(write_package(folder, graph=bigram_graph({"甲": "乙", "乙": "丙"})))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = cli.main(arguments)
    except SystemExit as stop:  # argparse leaves this way
        code = int(str(stop.code))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_fill_prints_the_agreed_json(capsys: pytest.CaptureFixture[str], model: str) -> None:
    code, out, err = run(capsys, "fill", "--json", "--top", "2", "--model", model, TEXT)
    record = json.loads(out)
    assert (code, err) == (0, "")
    assert list(record) == ["text", "spans", "joint", "elapsed_ms"]
    assert record["text"] == TEXT
    (span,) = record["spans"]
    assert (span["start_char"], span["end_char"]) == (2, 8)
    assert [list(c) for c in span["candidates"]] == [["text", "confidence"]] * 2
    assert span["candidates"][0]["text"] == "乙"
    assert record["joint"][0]["fills"] == ["乙"]


def test_a_pinned_length_holds(capsys: pytest.CaptureFixture[str], model: str) -> None:
    _, out, _ = run(capsys, "fill", "--json", "--length", "2", "--model", model, TEXT)
    assert {len(c["text"]) for c in json.loads(out)["spans"][0]["candidates"]} == {2}


def test_a_given_word_is_scored(capsys: pytest.CaptureFixture[str], model: str) -> None:
    _, out, _ = run(capsys, "fill", "--json", "--score", "乙", "--model", model, TEXT)
    (scored,) = json.loads(out)["spans"][0]["scored"]
    assert (scored["text"], scored["rank"]) == ("乙", 1)


def test_given_words_are_weighed_against_each_other(
    capsys: pytest.CaptureFixture[str], model: str
) -> None:
    options = ["--choices", "己、 乙,丁", "--model", model]
    _, out, _ = run(capsys, "fill", "--json", *options, TEXT)
    choices = json.loads(out)["spans"][0]["choices"]
    assert choices[0]["text"] == "乙"
    assert sum(choice["confidence"] for choice in choices) == pytest.approx(1, abs=1e-5)
    _, out, _ = run(capsys, "fill", *options, TEXT)
    assert f"? 乙 {choices[0]['confidence']:.1%}" in out


def test_a_file_is_filled_line_by_line(
    capsys: pytest.CaptureFixture[str], model: str, tmp_path: Path
) -> None:
    file = tmp_path / "texts.txt"
    file.write_bytes(f"{TEXT}\r\n\r\n乙□庚。\r\n".encode("gb18030"))
    code, out, _ = run(capsys, "fill", "--json", "--file", str(file), "--model", model)
    assert code == 0
    assert [json.loads(line)["text"] for line in out.splitlines()] == [TEXT, "乙□庚。"]


def test_a_bad_line_is_named_and_the_others_are_filled(
    capsys: pytest.CaptureFixture[str], model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUBAI_LANG", "en")
    file = tmp_path / "texts.txt"
    file.write_text(f"没有空\n{TEXT}\n", encoding="utf-8")
    code, out, err = run(capsys, "fill", "--json", "--file", str(file), "--model", model)
    assert code == 2
    assert len(out.splitlines()) == 1
    assert err.startswith("bubai: 1: There is no blank")
    assert "没有空" not in err


def test_people_get_a_readable_list(capsys: pytest.CaptureFixture[str], model: str) -> None:
    code, out, _ = run(capsys, "fill", "--model", model, "甲[MASK]，乙[MASK]。")
    assert code == 0
    assert out.splitlines()[0] == "甲[MASK]，乙[MASK]。"
    assert "  1. 乙 " in out
    assert "  = 乙 / 丙  " in out


def test_explain_gives_a_vote_for_every_character(
    capsys: pytest.CaptureFixture[str], model: str
) -> None:
    code, out, _ = run(capsys, "explain", "--json", "--words", "乙", "--model", model, TEXT)
    (word,) = json.loads(out)["words"]
    assert code == 0
    assert [vote["character"] for vote in word["votes"]] == ["庚", "甲", "庚", "。"]
    assert max(word["votes"], key=lambda vote: vote["effect"])["character"] == "甲"
    assert word["evidence"] == []


def test_explain_says_where_the_text_has_a_candidate_too(
    capsys: pytest.CaptureFixture[str], model: str
) -> None:
    command = ("explain", "--words", "乙", "--model", model, f"甲乙丁。{TEXT}")
    _, out, _ = run(capsys, *command, "--json")
    (word,) = json.loads(out)["words"]
    said = {"left": "甲", "right": "", "count": 1, "personal": None, "in_text": True}
    assert word["evidence"] == [said]
    _, out, _ = run(capsys, *command)
    assert "甲□ ← 乙: 1  [in the text]" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["fill"],
        ["fill", "--length", "9", TEXT],
        ["fill", "--top", "0", TEXT],
        ["paint"],
        ["explain", "--blank", "2", TEXT],
        ["fill", ""],
        ["fill", "--file", "nowhere.txt"],
        ["fill", "--score", "两 字", TEXT],
        ["fill", "--choices", "、", TEXT],
    ],
)
def test_bad_usage_or_input_exits_with_2(
    capsys: pytest.CaptureFixture[str], model: str, arguments: list[str]
) -> None:
    options = ["--model", model] if len(arguments) > 1 else []
    code, out, err = run(capsys, *arguments, *options)
    assert (code, out) == (2, "")
    assert err


def test_a_model_problem_exits_with_3(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = run(capsys, "fill", "--model", str(tmp_path), TEXT)
    assert (code, out) == (3, "")
    assert "manifest.json" in err
    assert len(err.splitlines()) == 1


def test_a_file_in_no_encoding_is_refused(
    capsys: pytest.CaptureFixture[str], model: str, tmp_path: Path
) -> None:
    file = tmp_path / "picture.txt"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    code, out, err = run(capsys, "fill", "--file", str(file), "--model", model)
    assert (code, out) == (2, "")
    assert "picture.txt" in err


def test_a_missing_file_is_told_without_the_systems_words(
    capsys: pytest.CaptureFixture[str], model: str, tmp_path: Path
) -> None:
    code, _, err = run(capsys, "fill", "--file", str(tmp_path / "不在.txt"), "--model", model)
    assert code == 2
    assert "找不到文件 不在.txt" in err


@pytest.mark.parametrize(
    ("lang", "language"),
    [
        ("zh_CN.UTF-8", "zh"),
        ("zh-Hans", "zh"),
        ("Chinese (Simplified)_China", "zh"),
        ("C.UTF-8", "zh"),
        ("", "zh"),
        ("en_GB.UTF-8", "en"),
        ("de_DE", "en"),
        ("cs_CZ.UTF-8", "en"),
    ],
)
def test_messages_follow_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str, language: str
) -> None:
    for name in ("BUBAI_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", lang)
    _, _, err = run(capsys, "fill", "")
    assert ("没有文字" in err) == (language == "zh")
