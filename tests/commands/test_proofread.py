from __future__ import annotations

import json

from assistant.cli import main

WRONG = "爷爷每天早上都去公圆散步。"


def test_json_holds_the_mistakes_with_offsets_and_suggestions(capsys):
    assert main(["proofread", "--json", WRONG]) == 0
    record = json.loads(capsys.readouterr().out)
    assert list(record) == ["text", "issues"]
    (issue,) = record["issues"]
    assert record["text"][issue["start_char"] : issue["end_char"]] == issue["found"] == "圆"
    assert issue["suggestions"][0] == "园"
    assert issue["kind"] == "same_sound"
    assert 0 < issue["confidence"] <= 1


def test_plain_output_names_the_place_and_what_was_meant(capsys):
    assert main(["proofread", WRONG]) == 0
    text, mistake = capsys.readouterr().out.splitlines()
    assert text == WRONG
    assert mistake.split()[:4] == ["9:", "圆", "→", "园"]


def test_every_line_of_a_file_is_read(capsys, tmp_path):
    path = tmp_path / "lines.txt"
    path.write_text(f"今天天气很好。\n\n{WRONG}\n", "utf-8")
    assert main(["proofread", "--json", "--file", str(path)]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [len(record["issues"]) for record in records] == [0, 1]
