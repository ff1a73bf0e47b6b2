from __future__ import annotations

import pytest

from assistant.text.verse import is_verse


@pytest.mark.parametrize(
    "line",
    [
        "床前明月光，疑是地上霜。",
        "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。",
        "朝辞白帝彩云间 千里江陵一日还",
        "关关雎鸠，在河之洲。",
    ],
)
def test_lines_of_equal_clauses_are_verse(line):
    assert is_verse(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "床前明月光",
        "今天的天气很好，我们去公园散步。",
        "好的，是的。",
        "version, release.",
        "他说：“走吧。”她点头，两人走了。",
    ],
)
def test_prose_is_not_verse(line):
    assert not is_verse(line)
