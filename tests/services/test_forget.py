"""Fills after the engine was given other memories: known answers count no more."""

from __future__ import annotations

import pytest

from assistant.records import Candidate
from tests.services.desk import Desk

TEXT = "处处闻[MASK]鸟。"


class Changing:
    """Makes a fake engine answer every blank with ``word``."""

    def __init__(self, desk: Desk) -> None:
        self.word = "啼"
        answer = desk.engine.fill

        def fill(request, cancel=None):
            result = answer(request, cancel)
            for span in result.spans:
                object.__setattr__(span, "candidates", (Candidate(self.word, 0.5),))
            return result

        desk.engine.fill = fill  # type: ignore[method-assign]


def shown(desk: Desk) -> list[str]:
    return [result.spans[0].candidates[0].text for result in desk.events.results]


@pytest.mark.parametrize("automatic", [True, False])
def test_what_was_filled_is_filled_anew(desk, qtbot, automatic):
    engine = Changing(desk)
    desk.service.set_automatic(automatic)
    desk.show(TEXT)
    desk.service.request_now()
    qtbot.waitUntil(lambda: shown(desk) == ["啼"])
    engine.word = "归"
    desk.service.forget()
    qtbot.waitUntil(lambda: shown(desk) == ["啼", "归"])


def test_old_answers_do_not_come_back_with_the_old_text(desk, qtbot):
    engine = Changing(desk)
    desk.show(TEXT)
    qtbot.waitUntil(lambda: shown(desk) == ["啼"])
    desk.show("没有空")
    engine.word = "归"
    desk.service.forget()
    desk.show(TEXT)
    qtbot.waitUntil(lambda: shown(desk) == ["啼", "归"])
