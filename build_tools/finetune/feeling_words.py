"""Words that tell, in a story, what its people feel or what they are worth: a list of our own.

Imports nothing of ``assistant``.
"""

from __future__ import annotations

import re

from build_tools.finetune.records import CALM, NEGATIVE, POSITIVE

_POSITIVE = """
高兴 开心 快乐 欢乐 幸福 喜悦 欢喜 愉快 愉悦 满意 欣慰 自豪 感激 感动 温暖 温馨 喜欢 热爱
喜爱 疼爱 可爱 美丽 漂亮 优美 精彩 出色 优秀 善良 真诚 诚恳 热情 勤劳 聪明 机灵 勇敢 坚强
成功 胜利 微笑 笑容 欢笑 笑嘻嘻 笑眯眯 乐呵呵 兴高采烈 喜气洋洋 欢天喜地 心花怒放 合不拢嘴
眉开眼笑 甜蜜 美好 美妙 祝福 祝贺 恭喜 赞美 称赞 夸奖 表扬 敬佩 佩服 欣赏 舒服 舒适 惬意
轻松 安心 放心 踏实 干净 整洁 清新 芬芳 香甜 美味 好吃 可口 好看 好听 动听 悦耳 灿烂 明媚
和蔼 慈祥 亲切 温柔 体贴 友好 和睦 团结 丰收 繁荣 富裕 平安 吉祥 顺利 如愿 惊喜 激动 兴奋
陶醉 着迷 入迷 迷人 了不起 真好 太好了 真棒 太棒 完美 杰出 卓越 高尚 正直 忠诚 慷慨 贴心
细心 耐心 周到 爱护 关怀 珍惜 有趣 生机勃勃 欣欣向荣 欢快 欢呼 鼓掌 掌声 谢谢 感谢 享受 值得
有意思 贤明 仁爱 仁慈 宽厚 贤能 廉洁 清廉 英明 赞赏 赞叹 爱戴 爽快 痛快 心旷神怡 美不胜收
津津有味 容光焕发 精神抖擞 其乐融融 甘甜 清香 鲜艳 壮丽 雄伟 秀丽 辉煌 光荣 荣幸 宝贵 珍贵
进步 好转 康复 痊愈 团圆 拥抱
"""

_NEGATIVE = """
伤心 难过 悲伤 悲痛 悲哀 痛苦 绝望 失望 沮丧 灰心 生气 愤怒 恼火 恼怒 气愤 发怒 大怒 恐惧
害怕 恐怖 可怕 惊恐 惊慌 惊吓 孤独 寂寞 凄凉 凄惨 悲惨 后悔 懊悔 烦恼 烦躁 烦闷 郁闷 苦闷
忧愁 忧郁 抑郁 焦虑 担心 担忧 忧虑 不安 紧张 压力 崩溃 讨厌 厌恶 可恶 可恨 仇恨 憎恨 怨恨
痛恨 丑陋 难看 肮脏 龌龊 恶心 恶臭 凶恶 凶狠 残忍 残酷 残暴 粗暴 恶劣 卑鄙 无耻 虚伪 狡猾
阴险 自私 贪婪 懒惰 愚蠢 失败 失去 倒霉 不幸 灾难 灾祸 受害 受伤 伤害 疼痛 剧痛 生病 病重
去世 死去 死了 惨死 杀害 杀死 流泪 落泪 眼泪 泪水 哭泣 痛哭 大哭 哭了 叹气 叹息 垂头丧气
唉声叹气 无奈 委屈 冤枉 欺负 欺骗 欺压 侮辱 羞辱 嘲笑 辱骂 责骂 骂道 指责 抱怨 埋怨 怨声载道
可惜 遗憾 糟糕 太差 很差 差劲 难吃 难受 难听 难闻 刺耳 冷漠 冷淡 冷清 荒凉 破烂 破旧 混乱
脏乱 吵闹 拥挤 堵塞 毁坏 毁灭 摧毁 破坏 污染 腐败 腐烂 贪污 罪恶 犯罪 抢劫 盗贼 饥荒 饥饿
贫穷 贫困 穷苦 困苦 艰难 绝症 疾苦 屠杀 侵略 战乱 惨败 惨叫 颤抖 发抖 吓得 受骗 被骗 上当
失业 失眠 分手 背叛 离婚 争吵 吵架 打骂 折磨 虐待 残害 谋反 作乱 叛乱 昏庸 荒淫 暴虐 奸臣
谗言 无能 失职 羞愧 惭愧 丢脸 尴尬 麻烦 太过分 受不了 忍无可忍 无家可归 心如刀割 孤零零
闷闷不乐 愁眉苦脸 悔恨 噩梦 阴森 凄厉 绝路 窒息 浪费 拖沓 生硬 呆板 无聊 乏味 恶化 衰败 倒闭
亏损
"""
_DENIAL = re.compile(
    r"(不|没|无|未|别|莫|非|勿|难以|并非|毫无|缺乏|不太|不够|不再|不是|没有|哪里|怎么|假如|如果|要是|但愿|希望能)$"
)
_DENIED_WITHIN = 3
"""Characters before a word among which its denial stands."""


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words.split(), key=len, reverse=True)))


_PATTERNS = {POSITIVE: _pattern(_POSITIVE), NEGATIVE: _pattern(_NEGATIVE)}


def words_of_feeling(sentence: str) -> dict[int, list[str]]:
    """Return the words of the list in ``sentence`` by judgement; denied ones are CALM."""
    found: dict[int, list[str]] = {}
    for side, pattern in _PATTERNS.items():
        for match in pattern.finditer(sentence):
            before = sentence[max(0, match.start() - _DENIED_WITHIN) : match.start()]
            found.setdefault(CALM if _DENIAL.search(before) else side, []).append(match.group())
    return found


def without_words_of_feeling(sentence: str) -> str:
    """Return ``sentence`` with [MASK] for each character of its words of the list."""
    for pattern in _PATTERNS.values():
        sentence = pattern.sub(lambda match: "[MASK]" * len(match.group()), sentence)
    return sentence
