from __future__ import annotations

import pytest

from assistant.cloze.exercise import Certainty
from build_tools.alarm import Judged, judge, rates, summary
from build_tools.datasets import Item
from tests.cloze.fake import FakeScorer

ITEM = Item("他把钱", "进了银行。", ("存",))


def test_an_item_is_judged_by_the_rule() -> None:
    scorer = FakeScorer({"存": {"存": 0.5, "放": 0.3, "银": 0.3}})
    assert judge(ITEM, "own", scorer) == Judged(ITEM, "own", Certainty.SEVERAL, 0.5, ("放",))


def test_rates_are_shares_by_set() -> None:
    rows = [
        Judged(ITEM, "a", state, 0.5, ())
        for state in (Certainty.UNIQUE, Certainty.UNSURE, Certainty.UNSURE, Certainty.UNSURE)
    ]
    assert rates(rows) == {
        "a": {Certainty.UNIQUE: 0.25, Certainty.SEVERAL: 0.0, Certainty.UNSURE: 0.75}
    }


def row(state: str, alternatives: str, verdict: str) -> dict[str, str]:
    return {"state": state, "alternatives": alternatives, "verdict": verdict}


def test_verdicts_are_counted() -> None:
    found = summary(
        [
            row("several", "放 搁", "放"),
            row("several", "吃", "-"),
            row("several", "看", ""),
            row("unique", "", "-"),
            row("unsure", "", "借"),
        ]
    )
    assert (found["alarms"], found["alternatives"]) == (2, 3)
    assert found["precision_gap"] == 0.5
    assert found["precision_word"] == pytest.approx(1 / 3)
    assert (found["missed_unique"], found["missed_unsure"]) == (0.0, 1.0)
