"""A person's own words, on the bundled model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import cli

OWN = "铁皮熊最爱吃栗子糕。铁皮熊每天都要吃三块栗子糕。\n"


def fill(capsys: pytest.CaptureFixture[str], text: str) -> list[dict[str, object]]:
    assert cli.main(["fill", "--json", text]) == 0
    return json.loads(capsys.readouterr().out)["spans"][0]["candidates"]


def test_a_made_up_word_is_found_where_it_was_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = "铁皮熊最爱吃[MASK][MASK][MASK]。"
    (tmp_path / "own.txt").write_text(OWN, encoding="utf-8")
    assert all(candidate["text"] != "栗子糕" for candidate in fill(capsys, text))
    assert cli.main(["memory", "add", "童话", str(tmp_path / "own.txt")]) == 0
    assert cli.main(["memory", "use", "童话"]) == 0
    capsys.readouterr()
    best = fill(capsys, text)[0]
    assert best["text"] == "栗子糕"
    assert float(str(best["confidence"])) > 0.05


def test_one_character_of_an_own_word_is_not_offered_for_the_whole(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "own.txt").write_text(OWN, encoding="utf-8")
    assert cli.main(["memory", "add", "童话", str(tmp_path / "own.txt")]) == 0
    assert cli.main(["memory", "use", "童话"]) == 0
    capsys.readouterr()
    assert fill(capsys, "铁皮熊最爱吃[MASK]。")[0]["text"] != "栗"
    assert fill(capsys, "铁皮熊最爱吃[MASK]子糕。")[0]["text"] == "栗"
