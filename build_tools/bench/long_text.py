"""A very long Chinese text of our own, its sentences nearly all different."""

from __future__ import annotations

import itertools
from random import Random

_PLACES = ("巷口的茶馆", "河边的小学", "山脚下的车站", "老城的书店", "楼下的菜场", "海边的旅馆")
_TIMES = ("清晨", "午后", "傍晚", "下雨的日子", "刚入秋的时候", "放假那天")
_DEEDS = (
    "大家都笑得很开心", "没有一个人愿意说话", "服务员忙得满头是汗", "等了一个钟头也没有人理会",
    "味道比想象的好得多", "灯光暗得让人难受", "账算得清清楚楚", "门口贴着一张新的告示",
    "谁也想不起那件事了", "孩子们跑来跑去", "墙上的漆又掉了一块", "这份心意真叫人感动",
)  # fmt: skip


def long_text(characters: int, seed: int = 0) -> str:
    """Return about ``characters`` characters of Chinese, the sentences nearly all different."""
    random = Random(seed)
    paragraphs: list[str] = []
    size = 0
    for number in itertools.count(1):
        sentences = [
            f"{random.choice(_TIMES)}，{random.choice(_PLACES)}里来了{number * 10 + i}个人，"
            f"{random.choice(_DEEDS)}。"
            for i in range(random.randint(2, 7))
        ]
        paragraphs.append("".join(sentences))
        size += len(paragraphs[-1]) + 1
        if size >= characters:
            return "\n".join(paragraphs)
    raise AssertionError


def long_sentences(count: int, seed: int = 0) -> list[str]:
    """Return ``count`` sentences of such a text."""
    from assistant.text.sentences import sentence_spans

    text = long_text(40 * count, seed)
    found = [text[start:end].strip() for start, end in sentence_spans(text)]
    return list(dict.fromkeys(found))[:count]
