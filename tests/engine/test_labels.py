from __future__ import annotations

import math
from pathlib import Path

import pytest

from assistant.engine.cancel import Cancel
from assistant.engine.label_rules import MAX_LABEL_CHARS, MAX_LABELS
from assistant.engine.labels import MAX_WINDOWS, Labeller
from assistant.engine.understanding_errors import (
    HeadMissingError,
    LabelTooLongError,
    NoChineseError,
    NoLabelError,
    TemplateError,
    TooManyLabelsError,
)
from assistant.errors import Cancelled, EmptyTextError
from tests.engine.toy_understand import MAX_LENGTH, toy_understander

TEMPLATE = "话题是{}。"


@pytest.fixture
def labeller(tmp_path: Path) -> Labeller:
    return toy_understander(tmp_path).labels


@pytest.fixture
def ran(labeller: Labeller, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each run of the model had."""
    found: list[int] = []
    classifier = labeller._classifier
    run = classifier.logits
    monkeypatch.setattr(
        classifier, "logits", lambda rows, *rest: found.append(len(rows)) or run(rows, *rest)
    )
    return found


def test_labels_that_share_one_add_up(labeller: Labeller):
    result = labeller.classify("山水花鸟", ["甲乙", "山水", "花丙"], TEMPLATE)
    assert [score.label for score in result.labels] == ["山水", "花丙", "甲乙"]
    total = sum(math.exp(shared) for shared in (0, 1, 2))
    expected = [math.exp(shared) / total for shared in (2, 1, 0)]
    assert [score.confidence for score in result.labels] == pytest.approx(expected)
    assert (result.multi, result.was_cut) == (False, False)


def test_labels_that_stand_for_themselves_do_not_know_each_other(labeller: Labeller):
    alone = labeller.classify("山水花鸟", ["山水"], TEMPLATE, multi=True)
    several = labeller.classify("山水花鸟", ["山水", "花鸟", "甲乙"], TEMPLATE, multi=True)
    confidences = {score.label: score.confidence for score in several.labels}
    assert confidences["山水"] == pytest.approx(alone.labels[0].confidence)
    assert confidences["山水"] == pytest.approx(1 / (1 + math.exp(-4)))  # 2 against −2
    assert confidences["甲乙"] == pytest.approx(0.5)


@pytest.mark.parametrize("template", ["话题是{}。", "{}", "{}的话题", "{}x"])
def test_the_model_is_told_where_the_label_stands(
    labeller: Labeller, monkeypatch: pytest.MonkeyPatch, template: str
):
    found: list[tuple[int, ...]] = []
    classifier = labeller._classifier
    run = classifier.logits
    monkeypatch.setattr(
        classifier,
        "logits",
        lambda rows, *rest: (
            found.extend(row.ids[slice(*place)] for row in rows for place in row.labels)
            or run(rows, *rest)
        ),
    )
    labeller.classify("山水，花鸟", ["花鸟甲", "山"], template)
    assert found == classifier.tokenizer.ids(["花鸟甲", "山"])


def test_a_single_label_stands_for_itself(labeller: Labeller):
    result = labeller.classify("山水花鸟", ["甲乙"], TEMPLATE)
    assert result.multi
    assert result.labels[0].confidence == pytest.approx(0.5)


def test_equal_labels_keep_their_order(labeller: Labeller):
    result = labeller.classify("山水花鸟", ["丙", "甲", "乙"], TEMPLATE)
    assert [score.label for score in result.labels] == ["丙", "甲", "乙"]


def test_not_entailment_serves_as_the_opposite(tmp_path: Path):
    head = {"output": "sentiment", "labels": ["not_entailment", "entailment"]}
    labeller = toy_understander(tmp_path, entailment=head).labels
    (score,) = labeller.classify("山水", ["好"], TEMPLATE).labels
    assert score.confidence == pytest.approx(1 / (1 + math.exp(-2)))


def test_a_temperature_of_its_own_for_labels_that_share_one(tmp_path: Path):
    labeller = toy_understander(tmp_path, settings={"label_temperature": 2.0}).labels
    result = labeller.classify("山水花鸟", ["山水", "甲乙"], TEMPLATE)
    assert result.labels[0].confidence == pytest.approx(1 / (1 + math.exp(-1)))


def test_the_temperature_grows_where_the_best_stands_far_and_where_it_hardly_stands_out(
    tmp_path: Path,
):
    settings = {"label_temperature": 2.0, "label_near": 1.5, "label_far": 4.0}
    labeller = toy_understander(tmp_path, settings=settings).labels
    labels = ["山水", "甲乙", "丙丁"]
    result = labeller.classify("山水花鸟", labels, TEMPLATE)
    spread = 2 - 2 / 3
    logit = 2 / (2 * math.sqrt(1 + (1.5 / spread) ** 2 + (spread / 4) ** 2))
    assert result.labels[0].confidence == pytest.approx(math.exp(logit) / (math.exp(logit) + 2))


def test_twenty_labels_are_one_question(labeller: Labeller, ran: list[int]):
    labeller.classify("山水花鸟", [f"甲{'x' * i}" for i in range(20)], TEMPLATE)
    assert ran == [20]


def test_adding_a_label_runs_only_that_label(labeller: Labeller, ran: list[int]):
    labeller.classify("山水花鸟", ["山", "水"], TEMPLATE)
    labeller.classify("山水花鸟", ["山", "水", "花"], TEMPLATE)
    labeller.classify("山水花鸟", ["花", "山"], TEMPLATE, multi=True)
    assert ran == [2, 1]
    labeller.classify("山水花鸟", ["花"], "话是{}。")
    assert ran == [2, 1, 1]


def test_adding_a_longer_label_to_a_long_text_runs_only_that_label(
    labeller: Labeller, ran: list[int]
):
    text = "山水花鸟天地。" * 10
    labeller.classify(text, ["山", "水"], TEMPLATE)
    labeller.classify(text, ["山", "水", "花鸟"], TEMPLATE)
    assert ran[1] * 2 == ran[0]


def test_labels_are_tidied(labeller: Labeller):
    result = labeller.classify("山水", [" 山 ", "", "山", "　", "水\n"], TEMPLATE)
    assert sorted(score.label for score in result.labels) == ["山", "水"]


@pytest.mark.parametrize(
    ("labels", "error"),
    [
        ([], NoLabelError),
        (["", " "], NoLabelError),
        ([f"山{i}" for i in range(MAX_LABELS + 1)], TooManyLabelsError),
        (["山" * (MAX_LABEL_CHARS + 1)], LabelTooLongError),
        (["山" * 25], LabelTooLongError),  # more than the toy model could read beside a text
    ],
)
def test_labels_that_cannot_be_used_are_refused(labeller: Labeller, labels, error):
    with pytest.raises(error):
        labeller.classify("山水", labels, TEMPLATE)


@pytest.mark.parametrize("template", ["", "话题", "{}是{}", "{", "{0}", "话" * 80 + "{}"])
def test_a_template_holds_one_place(labeller: Labeller, template: str):
    with pytest.raises(TemplateError) as caught:
        labeller.classify("山水", ["山"], template)
    assert "{}" in caught.value.message("en")


def test_braces_elsewhere_are_only_characters(labeller: Labeller):
    assert labeller.classify("山水", ["{山}"], "话{{}}").labels[0].label == "{山}"


@pytest.mark.parametrize(("text", "error"), [(" ", EmptyTextError), ("xx", NoChineseError)])
def test_a_text_without_chinese_is_refused(labeller: Labeller, text: str, error: type):
    with pytest.raises(error):
        labeller.classify(text, ["山"], TEMPLATE)


def test_a_long_text_is_read_in_windows(labeller: Labeller):
    text = "甲乙丙丁。" * 8 + "山水花鸟。"  # 45 tokens; the label's characters come at the end
    result = labeller.classify(text, ["山水", "天地"], TEMPLATE)
    assert result.labels[0].label == "山水"
    assert result.labels[0].confidence > 0.5
    assert not result.was_cut


def test_what_is_beyond_the_last_window_is_said_to_be_left_out(labeller: Labeller):
    text = "甲乙丙丁。" * (MAX_WINDOWS * MAX_LENGTH)
    assert labeller.classify(text, ["山水"], TEMPLATE).was_cut


def test_progress_counts_pairs_and_cancelling_stops(labeller: Labeller):
    labels = [f"{'x' * (i % 9)} {'7' * (i // 9)}".strip() or "山" for i in range(150)]
    steps: list[tuple[int, int]] = []
    labeller.classify("山水", labels, TEMPLATE, progress=lambda *step: steps.append(step))
    assert len(steps) > 1
    assert steps[-1][0] == steps[-1][1]
    cancel = Cancel()
    cancel.throw()
    with pytest.raises(Cancelled):
        labeller.classify("花鸟", labels, TEMPLATE, cancel=cancel)


@pytest.mark.parametrize("head", [None, {"output": "entailment", "labels": ["a", "b", "c"]}])
def test_a_package_without_the_head_says_so(tmp_path: Path, head):
    engine = toy_understander(tmp_path, entailment=head)
    with pytest.raises(HeadMissingError) as caught:
        _ = engine.labels
    assert "按标签分类" in caught.value.message("zh")
    assert engine.sentiment.analyse("好。").sentences
