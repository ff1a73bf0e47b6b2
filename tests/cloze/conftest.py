from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cloze.lexicon import Lexicon

TEXT = (
    "今天早上天气很好。小明和妹妹一起去公园散步，他们看见湖边开满了美丽的荷花。"
    "妹妹高兴地唱起歌来，引来许多小鸟。小明一心一意地画画，画了三只白色的鸭子。"
    "中午，他们坐在树下休息，慢慢地吃着妈妈准备的饭菜。回家的时候，太阳已经下山了。"
)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon(Path(__file__).parents[2] / "resources" / "lexicon")


@pytest.fixture
def text() -> str:
    return TEXT
