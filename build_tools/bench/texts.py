"""Texts to time: our own sentences, joined and cut to a length, with one blank in the middle."""

from __future__ import annotations

_SENTENCES = (
    "清晨的雾还没有散尽，河边的石板路上已经有了脚步声。",
    "卖豆腐的老人挑着担子慢慢走过，吆喝声在巷子里转了几个弯。",
    "孩子们背着书包跑向学校，书包里的铅笔盒一路叮当作响。",
    "桥头的老槐树又发了新芽，细碎的影子落在行人的肩膀上。",
    "邻居把被子抱到院子里去晒，说今天一定是个好天气。",
    "傍晚的时候起了风，晾在竹竿上的衣服像一排小小的旗子。",
)
LENGTHS = (20, 60, 120)
"""Characters of a text, the blank included."""


def texts(length_chars: int, mask: str = "[MASK]") -> list[str]:
    """Return six texts of ``length_chars`` characters, each with one ``mask`` in its middle."""
    made = []
    for start in range(len(_SENTENCES)):
        joined = "".join(_SENTENCES[start:] + _SENTENCES[:start])[: length_chars - 1] + "。"
        middle = next(
            i for i in range(length_chars // 2, length_chars) if "\u4e00" <= joined[i] <= "\u9fff"
        )
        made.append(joined[:middle] + mask + joined[middle + 1 :])
    return made
