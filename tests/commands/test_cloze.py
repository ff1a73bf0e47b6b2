from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import cli
from assistant.cloze.exercise import Kind
from assistant.cloze.project_file import load
from assistant.commands.cloze import bracketed
from tests.cloze.conftest import TEXT
from tests.engine.bigram import bigram_graph
from tests.engine.toy import write_package


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("toy")
    return str(write_package(folder, graph=bigram_graph({"甲": "乙", "乙": "丙"})))


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    path = tmp_path / "郊游.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = cli.main(["cloze", *arguments])
    except SystemExit as stop:  # argparse leaves this way
        code = int(str(stop.code))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.mark.parametrize(
    ("strategy", "options", "kind"),
    [
        ("nth", ["--every", "5"], Kind.OPEN),
        ("ctest", [], Kind.OPEN),
        ("pos", ["--parts", "verb,noun", "--choices", "4"], Kind.CHOICE),
        ("wordlist", ["--words", "公园,荷花，小鸟", "--bank", "2"], Kind.BANK),
        ("idiom", ["--dropdown", "3"], Kind.DROPDOWN),
    ],
)
def test_every_strategy_makes_a_sheet(
    capsys: pytest.CaptureFixture[str],
    essay: Path,
    tmp_path: Path,
    strategy: str,
    options: list[str],
    kind: Kind,
) -> None:
    name = str(tmp_path / "out")
    common = ["--strategy", strategy, "--gaps", "3", "--seed", "1", "--no-model", "--out", name]
    code, out, _ = run(capsys, "make", str(essay), *common, *options)
    sheet = load(tmp_path / "out.bubai")
    assert code == 0
    assert (sheet.kind, sheet.title, sheet.text) == (kind, "郊游", TEXT)
    assert "［1］" in out
    assert sheet.gaps[0].answer in out


def test_the_formats_of_both_papers_are_written(
    capsys: pytest.CaptureFixture[str], essay: Path, tmp_path: Path
) -> None:
    arguments = ["--strategy", "pos", "--choices", "3", "--gaps", "2", "--no-model"]
    arguments += ["--versions", "A,B", "--format", "csv,gift", "--out", str(tmp_path / "x")]
    code, _, _ = run(capsys, "make", str(essay), *arguments)
    names = {path.name for path in tmp_path.iterdir() if path.is_file()} - {essay.name}
    assert code == 0
    assert names == {"x.bubai", "x-A.csv", "x-B.csv", "x-A.gift.txt", "x-B.gift.txt"}
    assert (tmp_path / "x-A.csv").read_bytes() != (tmp_path / "x-B.csv").read_bytes()


def test_an_unknown_format_is_named_and_the_sheet_is_kept(
    capsys: pytest.CaptureFixture[str], essay: Path, tmp_path: Path
) -> None:
    arguments = ["--strategy", "nth", "--no-model", "--out", str(tmp_path / "x"), "--format", "odt"]
    code, _, err = run(capsys, "make", str(essay), *arguments)
    assert code == 2
    assert "odt" in err
    assert load(tmp_path / "x.bubai").gaps


def test_own_gaps_are_marked_with_brackets(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = tmp_path / "诗.txt"
    source.write_text("床前【明月】光，疑是地上[霜]。", encoding="utf-8")
    arguments = ["--strategy", "manual", "--verse", "--no-model", "--out", str(tmp_path / "诗")]
    code, _, _ = run(capsys, "make", str(source), *arguments)
    sheet = load(tmp_path / "诗.bubai")
    assert code == 0
    assert [gap.answer for gap in sheet.gaps] == ["明月", "霜"]
    assert (sheet.text, sheet.verse) == ("床前明月光，疑是地上霜。", True)


def test_brackets_that_hold_nothing_are_dropped() -> None:
    text, places = bracketed("甲【】乙[丙")
    assert (text, places) == ("甲乙丙", ())


def test_check_prints_and_writes_the_judgement(
    capsys: pytest.CaptureFixture[str], model: str, tmp_path: Path
) -> None:
    source = tmp_path / "t.txt"
    source.write_text("庚甲[己]庚。", encoding="utf-8")
    path = tmp_path / "t.bubai"
    arguments = ["--strategy", "manual", "--no-model", "--out", str(tmp_path / "t")]
    run(capsys, "make", str(source), *arguments)
    assert load(path).gaps[0].difficulty is None
    code, out, _ = run(capsys, "check", str(path), "--json", "--write", "--model", model)
    (gap,) = json.loads(out)["gaps"]
    assert code == 0
    # The toy is sure of 乙 after 甲 and does not understand the answer.
    assert (gap["certainty"], gap["alternatives"]) == ("unsure", [])
    assert gap["band"] == "hard"
    assert load(path).gaps[0].difficulty is not None
    _, out, _ = run(capsys, "check", str(path), "--model", model)
    assert "  ? 1\n" in out


def test_a_class_is_scored(capsys: pytest.CaptureFixture[str], model: str, tmp_path: Path) -> None:
    source = tmp_path / "t.txt"
    source.write_text("庚甲[己]庚。", encoding="utf-8")
    arguments = ["--strategy", "manual", "--no-model", "--out", str(tmp_path / "t")]
    run(capsys, "make", str(source), *arguments)
    answers = tmp_path / "class.csv"
    answers.write_text("name,1\n小明,己\n小红,乙\n小刚,丁\n", encoding="utf-8")
    key = str(tmp_path / "t.bubai")
    code, out, _ = run(capsys, "score", key, str(answers), "--json", "--model", model)
    record = json.loads(out)
    assert code == 0
    assert [student["points"] for student in record["students"]] == [1, 0, 0]
    (item,) = record["items"]
    assert item["facility"] == pytest.approx(1 / 3)
    assert {w["text"] for w in item["wrong"] if w["acceptable"]} >= {"乙"}
    _, out, _ = run(capsys, "score", key, str(answers), "--model", model)
    assert out.startswith("小明  1/1  与原词相同 1  算对 1\n")


@pytest.mark.parametrize(
    ("language", "level", "notes"),
    [
        ("zh", "(常用词前 3000 位)", ["这段文字只放得下 1 个空", "还有 1 个空没填"]),
        ("en", "(among the 3000 commonest words)", ["1 of 2 gaps fit", "1 blanks of the text"]),
    ],
)
def test_notes_are_in_one_language(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    language: str, level: str, notes: list[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("BUBAI_LANG", language)
    source = tmp_path / "t.txt"
    source.write_text("他说[MASK]。公园里开满了花。", encoding="utf-8")
    arguments = ["--strategy", "wordlist", "--words", "公园", "--gaps", "2", "--no-model"]
    code, out, err = run(capsys, "make", str(source), *arguments, "--out", str(tmp_path / "t"))
    assert code == 0
    assert "他说______。［1］里" in out
    assert level in out
    assert "jieba" not in out + err
    told = err.splitlines()
    assert [note in line for note, line in zip(notes, told, strict=True)] == [True, True]


def test_a_mark_is_no_gap_in_brackets(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = tmp_path / "t.txt"
    source.write_text("他说[MASK]，去了【公园】。", encoding="utf-8")
    arguments = ["--strategy", "manual", "--no-model", "--out", str(tmp_path / "t")]
    run(capsys, "make", str(source), *arguments)
    sheet = load(tmp_path / "t.bubai")
    assert ([gap.answer for gap in sheet.gaps], sheet.text) == (["公园"], "他说______，去了公园。")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["make", "nowhere.txt", "--strategy", "nth", "--out", "x", "--no-model"],
        ["make", "nowhere.txt", "--strategy", "magic", "--out", "x"],
        ["make", "nowhere.txt", "--strategy", "pos", "--parts", "nuon", "--out", "x"],
        ["make", "nowhere.txt", "--strategy", "nth", "--gaps", "0", "--out", "x"],
        ["make", "x", "--strategy", "nth", "--choices", "4", "--bank", "2", "--out", "x"],
        ["score", "nowhere.bubai", "nothing.csv"],
    ],
)
def test_bad_usage_or_input_exits_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err
