"""A class's answers become a table, a chart and a file."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Text
from assistant.cloze.lexicon import Lexicon
from assistant.paths import find_paths
from assistant.services.cloze_jobs import ClozeJobs
from assistant.services.worker import Worker
from assistant.ui.item_report_view import ItemReportView
from assistant.ui.theme import LIGHT
from tests.services.test_cloze_jobs import Held

SHEET = Exercise(
    "sheet", "夏天", Kind.OPEN, (Text("湖边开满"), Gap("a", (Answer("荷花"),)), Text("。"))
)


@pytest.fixture
def view(qtbot):
    worker = Worker()
    jobs = ClozeJobs(worker, Held(), lambda: None, Lexicon(find_paths().resources / "lexicon"))
    made = ItemReportView(SHEET, jobs, LIGHT, "zh")
    qtbot.addWidget(made)
    yield made
    assert worker.stop()


@pytest.fixture
def answers(tmp_path):
    path = tmp_path / "三班.csv"
    path.write_text("学生,1\n甲,荷花\n乙,菊花\n丙,菊花\n丁,小鸟\n", "utf-8")
    return path


def cells(table):
    return [
        [table.item(i, j).text() for j in range(table.columnCount())]
        for i in range(table.rowCount())
    ]


def test_the_wrong_answer_that_the_model_finds_right_is_flagged(view, answers, qtbot):
    with qtbot.waitSignal(view._jobs.views_found):
        view.read((answers,))
    ((number, answer, facility, _power, omitted, wrong),) = cells(view.table)
    assert (number, answer, facility, omitted) == ("1", "荷花", "0.25", "0")
    assert wrong == "菊花×2 ⚠　小鸟×1"


def test_every_student_has_a_score(view, answers):
    view.read((answers,))
    assert [row[:2] for row in cells(view.students)] == [
        ["甲", "1"], ["乙", "0"], ["丙", "0"], ["丁", "0"],
    ]  # fmt: skip


def test_a_file_of_another_sheet_is_named_and_the_others_count(view, answers, tmp_path):
    other = tmp_path / "别的.json"
    other.write_text(
        '{"format": "bubai-answers", "version": 1, "exercise": "y", "student": "戊",'
        ' "paper": "", "answers": {}}',
        "utf-8",
    )
    view.read((other, answers))
    assert len(view.scores) == 4
    assert "别的.json" in view.note.text()


def test_the_bar_is_as_high_as_the_facility(view, answers):
    view.read((answers,))
    view.chart.resize(300, 190)
    image = QImage(view.chart.size(), QImage.Format.Format_RGB32)
    view.chart.render(image)
    bar = [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y).name() == LIGHT.bar for x in range(image.width()))
    ]
    room = 190 - 20 - 40
    assert len(bar) == pytest.approx(room / 4, abs=3)
    assert "25%" in view.chart.accessibleDescription()


def test_the_report_is_written_and_copied(view, answers, tmp_path, monkeypatch):
    view.read((answers,))
    path = tmp_path / "report.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    view.save_button.click()
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows[1][:3] == ["1", "荷花", "0.25"]
    view.copy_button.click()
    assert QGuiApplication.clipboard().text().splitlines()[1].split("\t")[1] == "荷花"


def test_nothing_read_nothing_to_save(view):
    assert not view.save_button.isEnabled()
    assert not view.copy_button.isEnabled()
