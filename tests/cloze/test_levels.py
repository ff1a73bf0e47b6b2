from __future__ import annotations

from dataclasses import replace

from assistant.cloze.exercise import Answer, Exercise, Gap, Kind, Script
from assistant.cloze.levels import level_of, with_levels
from assistant.cloze.lexicon import Lexicon


def test_the_level_names_its_list(lexicon: Lexicon) -> None:
    assert level_of("是", lexicon) == "jieba ≤1000"
    assert level_of("苹果", lexicon) == f"jieba ≤{len(lexicon.ranks)}"
    assert level_of("鹳雀", lexicon) == f"jieba >{len(lexicon.ranks)}"


def test_a_teachers_level_stays_and_traditional_words_have_one(lexicon: Lexicon) -> None:
    gaps = (Gap("a", (Answer("時間"),)), Gap("b", (Answer("是"),), level="第三课"))
    sheet = Exercise("u", "t", Kind.OPEN, gaps, script=Script.TRADITIONAL)
    made = with_levels(sheet, lexicon)
    assert [gap.level for gap in made.gaps] == ["jieba ≤1000", "第三课"]
    assert replace(made.gaps[0], level="") == gaps[0]
