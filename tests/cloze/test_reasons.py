from __future__ import annotations

import pytest

from assistant.cloze.exercise import Cause, Distractor, DistractorKind
from assistant.cloze.reasons import reason


def distractor(cause: Cause | None, *clues: str, said: str = "") -> Distractor:
    return Distractor("词", DistractorKind.MEANING, said, cause, clues)


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_words_in_both_languages(cause: Cause) -> None:
    one = distractor(cause, "甲", "乙")
    zh, en = reason(one, "zh"), reason(one, "en")
    assert zh != en
    assert "{" not in zh + en


def test_clues_stand_in_the_sentence() -> None:
    one = distractor(Cause.SOUND_SLIP, "恍", "黄")
    assert reason(one, "zh") == "别字：“恍”误作“黄”（音近）"
    assert reason(one, "en") == "misspelt: 黄 for 恍 (they sound alike)"


def test_the_teachers_words_stay() -> None:
    assert reason(distractor(Cause.SOUND, said="学生常错"), "en") == "学生常错"
    assert reason(distractor(None), "zh") == ""


def test_a_file_without_clues_does_no_harm() -> None:
    assert reason(distractor(Cause.SOUND), "zh") == "sound"
