from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.records import Task
from assistant.ui.dialogs.metric_words import metric_lines

MODELS = Path(__file__).parents[2] / "resources" / "models"


def test_a_share_is_a_percentage_and_a_count_a_number():
    found = {"accuracy": {"cft_one_character": {"hit_at_1": 0.501, "blanks": 1000}}}
    assert metric_lines(found) == ["童话，缺一个字（CFT）：首选正确 50.1 %，空数 1,000"]


def test_accuracy_comes_first():
    found = {"kept": {"numbers_kept_of_994": 744}, "accuracy": {"word_length_right": 0.612}}
    assert metric_lines(found) == [
        "准确率：词的字数判断正确 61.2 %",
        "原样保留：数字保留 744 / 994",
    ]


def test_what_is_not_known_stays_readable():
    found = {"my_new_test": {"f1_of_names": 0.4321, "items": 12, "is_final": True, "by": "me"}}
    assert metric_lines(found) == ["my new test：f1 of names 0.4321，items 12"]
    assert metric_lines({"_": 3}) == ["_ 3"]
    assert metric_lines({}) == []


def test_a_long_list_ends():
    assert len(metric_lines({f"set_{i}": {"bleu": 1.5} for i in range(99)})) == 24


@pytest.mark.parametrize("task", Task)
def test_every_number_of_a_bundled_package_has_a_name(task):
    manifest = json.loads((MODELS / task.value / "manifest.json").read_text("utf-8"))
    lines = metric_lines(manifest["metrics"])
    assert lines
    raw = re.compile(r"[a-z]+_|[a-z]{2,} [a-z]{2,}")
    assert [line for line in lines if raw.search(line)] == []
