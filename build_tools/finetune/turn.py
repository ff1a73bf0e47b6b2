"""Turn rows into questions: a text and hypotheses, as zero-shot labelling asks them.

Imports nothing of ``assistant``. Topics, words and judgements become "the text is about LABEL"
beside the same with wrong labels; pairs stay pairs. Chance comes from the caller.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from build_tools.finetune.feeling_words import without_words_of_feeling, words_of_feeling
from build_tools.finetune.records import (
    CALM,
    CONTRADICTION,
    ENTAILMENT,
    FEELINGS,
    NEGATIVE,
    POSITIVE,
    Row,
)

TEMPLATE = "这段话的主题是{}。"
"""What the app asks unless the person writes another."""
CALM_SOURCE = "keywords"
"""Encyclopedia, manuals, laws, prose: where no word of feeling stands, nothing is judged."""
_TOPIC_TEMPLATES = (
    *(TEMPLATE,) * 5,
    *("{}",) * 4,
    "这段话说的是{}。",
    "这是关于{}的。",
    "主题：{}",
    "类别：{}。",
    "这段话属于{}类。",
    "这段话和{}有关。",
)
_IDIOM_TEMPLATES = ("{}", "这段话的意思是{}。", "这说的是{}。", TEMPLATE)
_MOOD_TEMPLATES = (
    "这段话的情感是{}。",
    "这是{}的评价。",
    "作者的态度是{}的。",
    "{}",
    TEMPLATE.replace("主题", "感情"),
)
_MOODS = (("消极", "积极"), ("负面", "正面"), ("差评", "好评"), ("不满", "满意"), ("批评", "称赞"))
_OTHER_NAMES = {
    "体育": ("体育新闻", "体育比赛"),
    "财经": ("金融财经", "经济"),
    "房产": ("房地产", "楼市"),
    "科技": ("科学技术", "科技数码"),
    "娱乐": ("娱乐圈", "影视娱乐"),
    "游戏": ("电子游戏",),
    "电竞": ("电竞游戏", "电子竞技"),
    "时政": ("时事政治",),
    "国际": ("国际新闻",),
    "军事": ("军事新闻",),
    "教育": ("教育新闻",),
    "农业": ("三农", "农村农业"),
    "股票": ("股市", "证券"),
    "汽车": ("车辆",),
    "社会": ("社会新闻",),
    "故事": ("民间故事",),
    "水果": ("生鲜水果",),
    "平板": ("平板电脑",),
    "酒店": ("酒店住宿",),
    "计算机": ("电脑",),
    "书籍": ("图书",),
    "衣服": ("服装",),
    "蒙牛": ("牛奶",),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A text, its judgement if known, and hypotheses with their classes of inference.

    ``ranked``: hypothesis 0 is the one that holds, the others are wrong labels of the same kind.
    """

    source: str
    text: str
    sentiment: int | None
    hypotheses: tuple[str, ...]
    classes: tuple[int, ...]
    ranked: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """How many wrong labels are asked, and how often what is asked."""

    wrong_topics: int = 5
    wrong_keywords: int = 7
    topics_of_reviews: float = 0.5
    moods: float = 0.3
    hide_keyword: float = 0.75
    other_name: float = 0.2
    hide_feeling: float = 0.4


class Turner:
    """Makes questions of the rows it has been shown the labels of."""

    def __init__(self, rows: Iterable[Row], rules: Rules) -> None:
        """Learn which labels and words each source has."""
        self._rules = rules
        topics: dict[str, set[str]] = {}
        words: dict[str, list[str]] = {}
        for row in rows:
            if row.topic is not None:
                topics.setdefault(row.source, set()).add(row.topic)
            if row.keyword is not None:
                words.setdefault(row.source, []).append(row.keyword)
        self._topics = {source: sorted(found) for source, found in topics.items()}
        self._words = words

    def question(self, rows: Sequence[Row], chance: random.Random) -> Question:
        """Turn ``rows``, which share one text, into a question."""
        row = rows[0]
        if row.keyword is not None:
            return self._keyword(row, chance)
        if row.inference is not None:
            pairs = [(str(one.hypothesis), one.inference or 0) for one in rows]
            hypotheses, classes = zip(*pairs, strict=True)
            return Question(row.source, row.text, None, hypotheses, classes, ranked=False)
        if row.topic is not None and (
            row.sentiment is None or chance.random() < self._rules.topics_of_reviews
        ):
            return self._topic(row, chance)
        is_judged = row.sentiment in (NEGATIVE, POSITIVE)
        if is_judged and chance.random() < self._rules.moods:
            return self._mood(row, chance)
        text = row.text
        if row.source == FEELINGS and chance.random() < self._rules.hide_feeling:
            text = without_words_of_feeling(text)
        return Question(row.source, text, row.sentiment, (), (), ranked=False)

    def _topic(self, row: Row, chance: random.Random) -> Question:
        labels = [label for label in self._topics[row.source] if label != row.topic]
        wrong = chance.sample(labels, min(self._rules.wrong_topics, len(labels)))
        names = [self._name(label, chance) for label in (str(row.topic), *wrong)]
        return _ranked(row, row.text, names, chance.choice(_TOPIC_TEMPLATES))

    def _keyword(self, row: Row, chance: random.Random) -> Question:
        word, text = str(row.keyword), row.text
        idiom = row.source == "idioms"
        if not idiom and chance.random() < self._rules.hide_keyword:
            text = text.replace(word, "")
        wrong: list[str] = []
        while len(wrong) < self._rules.wrong_keywords:
            other = chance.choice(self._words[row.source])
            if other != word and other not in row.text and other not in wrong:
                wrong.append(other)
        templates = _IDIOM_TEMPLATES if idiom else _TOPIC_TEMPLATES
        return _ranked(row, text, [word, *wrong], chance.choice(templates))

    def _mood(self, row: Row, chance: random.Random) -> Question:
        pair = chance.choice(_MOODS)
        words = pair[::-1] if row.sentiment == POSITIVE else pair
        return _ranked(row, row.text, words, chance.choice(_MOOD_TEMPLATES))

    def _name(self, label: str, chance: random.Random) -> str:
        others = _OTHER_NAMES.get(label)
        return (
            chance.choice(others) if others and chance.random() < self._rules.other_name else label
        )


def _ranked(row: Row, text: str, labels: Sequence[str], template: str) -> Question:
    hypotheses = tuple(template.format(label) for label in labels)
    classes = (ENTAILMENT, *(CONTRADICTION,) * (len(labels) - 1))
    is_calm = row.source == CALM_SOURCE and not words_of_feeling(row.text)
    sentiment = CALM if is_calm else row.sentiment
    return Question(row.source, text, sentiment, hypotheses, classes, ranked=True)
