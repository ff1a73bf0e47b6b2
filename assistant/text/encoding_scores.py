"""How much a decoded text looks like Chinese: to tell GB18030, Big5 and UTF-8 apart.

Bytes read in the wrong encoding give rare characters; natural text is two thirds common ones.
Pure: imports nothing of ours.
"""

from __future__ import annotations

import unicodedata

# The characters that every Chinese text is full of, in both scripts where they differ.
_SHARED = (
    "的一是不了在人有我他大上下中到天地子和生心出小可也年方行之自以成分手家好去都得着"
    "多用同事主能面水日作定明本老外三四二五六七八九十第新然想知道理平真回法被高最正使名"
    "但又起文其已前如相工公因所些全才身己美口月三山力又白安何吾者而若此今女男父母友笑"
    "走看只太常便再把早晚夜西南北王先太火木金土石田光春夏秋冬花草鸟雨雪江河海黑白青色"
    "情思意感命死活世界古今言字句部内加更民主保代表使用比向活特信通立放入重史北政治法制"
    "共制少由向量度化合点等当且住位做件任何你您它她那哪呢吧啊呀吗嘛"
)
_SIMPLIFIED = (
    "这个们来说国时会为学对过还没发动种样开里后长话见点听现经问间实头两儿无几从书车东气"
    "机万声进亲电门应该让给谁爱边风马鱼红语请谢总义乐写买卖钱难写战争师传统产业关系"
    "体认识题觉结给张业务员设计场条华军党报论级单办处区县变边热远运记导数阳阴云树叶乡"
)
_TRADITIONAL = (
    "這個們來說國時會為學對過還沒發動種樣開裡後長話見點聽現經問間實頭兩兒無幾從書車東氣"
    "機萬聲進親電門應該讓給誰愛邊風馬魚紅語請謝總義樂寫買賣錢難戰爭師傳統產業關係體認識"
    "題覺結張務員設計場條華軍黨報論級單辦處區縣變熱遠運記導數陽陰雲樹葉鄉麼嗎於與著裏並當"
)
_MARKS = "，。、；：？！“”‘’《》（）—…「」『』·　"
_COMMON = frozenset(_SHARED + _SIMPLIFIED + _TRADITIONAL + _MARKS)

PLAUSIBLE_SCORE = 0.3
"""Readings below this are hardly Chinese prose."""

_LEVEL_ONE_WEIGHT = 0.3
_ODD_WEIGHT = -0.5


def reading_score(text: str, *, wide: bool) -> float:
    """Return how much the characters of ``text`` beyond ASCII look like Chinese prose, ≤ 1.

    Common characters and marks count 1, the first level of GB 2312 or Big5 (about 3,800 and
    5,400 characters in daily use) 0.3, other Chinese characters 0, everything else −0.5, but
    Latin letters with accents 0.3 unless the encoding is a ``wide`` one, where they are odd.
    """
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    return sum(_weight(character, wide) for character in foreign) / len(foreign)


def _weight(character: str, wide: bool) -> float:
    if character in _COMMON:
        return 1.0
    if "\u4e00" <= character <= "\u9fff":
        return _LEVEL_ONE_WEIGHT if _is_level_one(character) else 0.0
    if "\u00c0" <= character <= "\u024f" and not wide:
        return _LEVEL_ONE_WEIGHT
    category = unicodedata.category(character)
    if "\uff01" <= character <= "\uff5e" or category[0] == "N":
        return _LEVEL_ONE_WEIGHT
    return _ODD_WEIGHT if category != "So" or wide else 0.0


def _is_level_one(character: str) -> bool:
    gb = character.encode("gb2312", errors="ignore")
    if gb and 0xB0 <= gb[0] <= 0xD7:
        return True
    big5 = character.encode("big5", errors="ignore")
    return bool(big5) and 0xA4 <= big5[0] <= 0xC6
