from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.engine.understanding_errors import HeadMissingError, TemplateError
from assistant.services.labels import LabelQuery
from assistant.services.scope import Scope
from assistant.services.worker import Worker
from tests.services.understanding_desk import UnderstandingDesk

QUERY = LabelQuery(("山水", "甲乙"), "话题是{}。")


@pytest.fixture
def desk(worker: Worker, tmp_path: Path) -> UnderstandingDesk:
    return UnderstandingDesk(worker, tmp_path)


def best(desk: UnderstandingDesk) -> str:
    return desk.results[-1].labels[0].label


def test_without_labels_nothing_runs(desk: UnderstandingDesk, qtbot: QtBot):
    desk.show("山水")
    desk.labels.set_query(LabelQuery(("", " ")))
    desk.labels.set_active(True)
    qtbot.wait(20)
    assert (desk.loads, desk.labels.busy) == (0, False)


def test_labels_follow_the_text_and_the_question(desk: UnderstandingDesk, qtbot: QtBot):
    desk.show("山水花鸟")
    desk.labels.set_active(True)
    with qtbot.waitSignal(desk.labels.finished):
        desk.labels.set_query(QUERY)
    assert best(desk) == "山水"
    with qtbot.waitSignal(desk.labels.finished):
        desk.show("甲乙丙丁")
    assert best(desk) == "甲乙"
    with qtbot.waitSignal(desk.labels.finished):
        desk.labels.set_query(LabelQuery(("山水", "丙丁", "甲乙"), QUERY.template, multi=True))
    assert desk.results[-1].multi
    assert [score.label for score in desk.results[-1].labels] == ["丙丁", "甲乙", "山水"]
    assert desk.labels.result is desk.results[-1]


def test_the_same_question_again_is_no_question(desk: UnderstandingDesk, qtbot: QtBot):
    desk.show("山水花鸟")
    desk.labels.set_active(True)
    with qtbot.waitSignal(desk.labels.finished):
        desk.labels.set_query(QUERY)
    desk.labels.set_query(LabelQuery(("山水", "甲乙"), "话题是{}。"))
    qtbot.wait(20)
    assert len(desk.results) == 1


def test_labels_of_the_selection(desk: UnderstandingDesk, qtbot: QtBot):
    desk.labels.set_scope(Scope.SELECTION)
    desk.labels.set_query(QUERY)
    desk.show("山水。甲乙。", 3, 6)
    with qtbot.waitSignal(desk.labels.finished):
        desk.labels.set_active(True)
    assert best(desk) == "甲乙"


def test_a_template_without_a_place_is_said(desk: UnderstandingDesk, qtbot: QtBot):
    desk.show("山水")
    desk.labels.set_active(True)
    with qtbot.waitSignal(desk.labels.failed):
        desk.labels.set_query(LabelQuery(("山",), "话题"))
    assert isinstance(desk.errors[0], TemplateError)


def test_both_services_share_one_load(desk: UnderstandingDesk, qtbot: QtBot):
    desk.labels.set_query(QUERY)
    desk.show("山水好。")
    with qtbot.waitSignals([desk.labels.finished, desk.moods.finished]):
        desk.labels.set_active(True)
        desk.moods.set_active(True)
    assert desk.loads == 1


def test_a_package_with_one_head_serves_what_it_can(worker: Worker, tmp_path: Path, qtbot: QtBot):
    desk = UnderstandingDesk(worker, tmp_path, entailment=None)
    desk.labels.set_query(QUERY)
    desk.show("山水好。")
    with qtbot.waitSignals([desk.labels.failed, desk.moods.finished]):
        desk.labels.set_active(True)
        desk.moods.set_active(True)
    assert isinstance(desk.errors[0], HeadMissingError)
