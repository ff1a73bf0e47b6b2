"""Of several blanks the one at the caret is served first."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from assistant.text.masks import MASK
from tests.services.desk import Desk


def test_of_several_blanks_the_one_at_the_caret_comes_first(qtbot: QtBot, desk: Desk) -> None:
    text = f"风{MASK}，雨{MASK}。"
    order: list[list[str]] = []
    for signal in (desk.service.near_finished, desk.service.fill_finished):
        signal.connect(
            lambda _, result: order.append([fill.candidates[0].text for fill in result.spans])
        )
    with qtbot.waitSignal(desk.service.fill_finished):
        desk.show(text, caret_char=text.rindex(MASK))
    assert order == [["雨"], ["风", "雨"]]
    assert desk.events.count("started") == 1


def test_moving_to_another_blank_of_the_same_text_reports_at_once(qtbot: QtBot, desk: Desk) -> None:
    text = f"风{MASK}，雨{MASK}。"
    with qtbot.waitSignal(desk.service.fill_finished):
        first = desk.show(text)
    asked = len(desk.engine.asked)
    with qtbot.waitSignal(desk.service.fill_finished) as finished:
        second = desk.show(text, caret_char=len(text))
    assert finished.args is not None
    assert finished.args[0] == second > first
    assert len(desk.engine.asked) == asked


def test_an_own_word_is_scored_only_where_the_caret_is(qtbot: QtBot, desk: Desk) -> None:
    text = f"风{MASK}，雨{MASK}。"
    with qtbot.waitSignal(desk.service.fill_finished):
        desk.show(text, caret_char=len(text))
    with qtbot.waitSignal(desk.service.word_scored) as scored:
        desk.service.score_word("停")
    assert scored.args is not None
    (fill,) = scored.args[1].spans
    assert fill.span.start_char == text.rindex(MASK)
    assert [word.text for word in fill.scored] == ["停"]
    with qtbot.waitSignal(desk.service.word_scored) as scored:
        desk.service.score_word("停、歇， 停")
    assert scored.args is not None
    (fill,) = scored.args[1].spans
    assert fill.scored == ()
    assert [choice.text for choice in fill.choices] == ["停", "歇"]
