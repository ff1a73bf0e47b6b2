"""Where the mark "doubtful" is put, and how it is judged."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from assistant.engine.package import load_package
from assistant.records import Task
from build_tools import fit_doubt
from build_tools.card import CARD_NAME, About, card
from build_tools.fit_doubt import Row, fit, report
from tests.build_tools.marian import tiny_marian, write_package
from tests.build_tools.test_verify_translation import write_sets

BAD, FAIR = 5.0, 50.0


def test_the_score_between_bad_and_other_sentences_is_found():
    rows = [Row(0.1, BAD), Row(0.3, BAD), Row(0.5, FAIR), Row(0.9, FAIR)]
    assert fit(rows) == pytest.approx(0.4)


def test_how_many_are_bad_does_not_move_the_score():
    rows = [Row(0.1, BAD), Row(0.3, BAD), Row(0.5, FAIR), Row(0.9, FAIR)]
    assert fit(rows + rows[:2] * 20) == pytest.approx(0.4)


@pytest.mark.parametrize("chrf", [BAD, FAIR])
def test_nothing_is_marked_where_all_are_alike(chrf: float):
    assert fit([Row(0.2, chrf), Row(0.7, chrf)]) == 0.0


def test_a_score_that_says_nothing_marks_nothing():
    assert fit([Row(0.2, FAIR), Row(0.7, BAD)]) == 0.0


def test_the_report_counts_what_is_marked():
    rows = [Row(0.1, BAD), Row(0.2, FAIR), Row(0.3, BAD), Row(0.6, BAD), Row(0.8, FAIR)]
    found = report(rows, 0.25)
    assert found["bad"] == 0.6
    assert found["marked"] == 0.4
    assert found["precision"] == 0.5
    assert found["recall"] == pytest.approx(1 / 3, abs=1e-3)
    assert found["auc"] == pytest.approx(4 / 6, abs=1e-3)
    assert found["chrf2_marked"] == 27.5
    assert found["chrf2_not_marked"] == 20.0


def test_the_package_gets_the_score_and_its_figures(tmp_path: Path, monkeypatch, capsys):
    folder = write_package(tmp_path / "package", tiny_marian())
    about = About("tiny", "1", "MIT", "A test.", "None.", "All.", 20, ())
    (folder / CARD_NAME).write_text(card(about, {}, {}), "utf-8")
    data = write_sets(tmp_path / "dev")
    command = ["fit_doubt", str(folder), "--data", str(data), "--bad-below", "8", "--write"]
    monkeypatch.setattr(sys, "argv", command)
    fit_doubt.main()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    told = float(capsys.readouterr().out.split()[1])
    assert manifest["settings"] == {"top_k": 8, "doubtful_below": pytest.approx(told)}
    assert manifest["metrics"]["doubtful"]["sentences"] == 12
    assert "doubtful: auc" in (folder / CARD_NAME).read_text("utf-8")
    load_package(folder, Task.TRANSLATE)
