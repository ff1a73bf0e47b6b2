"""Texts to time, all our own: sentences cut to a length, with one blank in the middle."""

from __future__ import annotations

from random import Random

_SENTENCES = (
    "清晨的雾还没有散尽，河边的石板路上已经有了脚步声。",
    "卖豆腐的老人挑着担子慢慢走过，吆喝声在巷子里转了几个弯。",
    "孩子们背着书包跑向学校，书包里的铅笔盒一路叮当作响。",
    "桥头的老槐树又发了新芽，细碎的影子落在行人的肩膀上。",
    "邻居把被子抱到院子里去晒，说今天一定是个好天气。",
    "傍晚的时候起了风，晾在竹竿上的衣服像一排小小的旗子。",
)
LENGTHS = (32, 128)
"""Characters of a text, the blank included."""
REVIEW = (
    "这家小店开在河边的老街上，老板娘做的汤面又香又热乎，我和朋友几乎每个周末都要去坐一会儿，"
    "只是最近客人太多了，常常要等上半个钟头才有位子，服务员也忙得顾不上招呼人，让人有点失望，"
    "希望他们能早点多请几个帮手，把从前那种轻松的气氛找回来，不然老客人恐怕会越来越少了吧"
)
LABELS = (
    "餐饮", "旅游", "体育", "财经", "科技", "教育", "健康", "家庭", "职场", "历史",
    "文学", "社会", "自然", "娱乐", "汽车", "房产", "军事", "时尚", "游戏", "天气",
)  # fmt: skip


def texts(length_chars: int, mask: str = "[MASK]") -> list[str]:
    """Return six texts of ``length_chars`` characters, each with one ``mask`` in its middle."""
    made = []
    for start in range(len(_SENTENCES)):
        rotated = "".join(_SENTENCES[start:] + _SENTENCES[:start])
        joined = (rotated * (length_chars // len(rotated) + 1))[: length_chars - 1] + "。"
        middle = next(
            i for i in range(length_chars // 2, length_chars) if "\u4e00" <= joined[i] <= "\u9fff"
        )
        made.append(joined[:middle] + mask + joined[middle + 1 :])
    return made


def with_blank(text: str, chance: Random | None = None) -> str:
    """Hide a Chinese character of ``text``: any, or the first of the second half."""
    places = [i for i, character in enumerate(text) if "\u4e00" <= character <= "\u9fff"]
    half = len(text) // 2
    place = chance.choice(places) if chance else next(i for i in places if i >= half)
    return f"{text[:place]}[MASK]{text[place + 1 :]}"
