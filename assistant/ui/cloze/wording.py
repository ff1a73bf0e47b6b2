"""Words for the cloze workshop's values, the same everywhere in its windows. Imports cloze/."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from assistant.cloze.exercise import Band, DistractorKind, Kind
from assistant.cloze.strategies import Strategy
from assistant.cloze.tokens import Part

translate = QCoreApplication.translate


def strategy_word(strategy: Strategy) -> str:
    """Return what a strategy is called."""
    return {
        Strategy.NTH: translate("Cloze", "每隔 n 词"),
        Strategy.CTEST: translate("Cloze", "C-test（半词）"),
        Strategy.POS: translate("Cloze", "词性"),
        Strategy.WORDLIST: translate("Cloze", "词表"),
        Strategy.IDIOM: translate("Cloze", "成语"),
        Strategy.ENTROPY: translate("Cloze", "难度"),
        Strategy.MANUAL: translate("Cloze", "自己选"),
    }[strategy]


def kind_word(kind: Kind) -> str:
    """Return what a kind of exercise is called."""
    return {
        Kind.OPEN: translate("Cloze", "填空"),
        Kind.CHOICE: translate("Cloze", "选择 A–D"),
        Kind.BANK: translate("Cloze", "选词填空"),
        Kind.DROPDOWN: translate("Cloze", "下拉"),
    }[kind]


def band_word(band: Band) -> str:
    """Return how hard a gap is, in a word."""
    return {
        Band.EASY: translate("Cloze", "容易"),
        Band.MEDIUM: translate("Cloze", "中等"),
        Band.HARD: translate("Cloze", "较难"),
    }[band]


def level_words(level: str) -> str:
    """Return a gap's level in words; one that a teacher named stays as it is."""
    ranked = re.fullmatch(r"jieba ([≤>])(\d+)", level)
    if ranked is None:
        return level
    if ranked[1] == "≤":
        return translate("Cloze", "常用词前 {rank} 位").format(rank=ranked[2])
    return translate("Cloze", "不在常用 {rank} 词之内").format(rank=ranked[2])


def part_word(part: Part) -> str:
    """Return what a part of speech is called."""
    return {
        Part.CONTENT: translate("Cloze", "实词"),
        Part.FUNCTION: translate("Cloze", "虚词"),
        Part.NOUN: translate("Cloze", "名词"),
        Part.VERB: translate("Cloze", "动词"),
        Part.ADJECTIVE: translate("Cloze", "形容词"),
        Part.ADVERB: translate("Cloze", "副词"),
        Part.PRONOUN: translate("Cloze", "代词"),
        Part.MEASURE: translate("Cloze", "量词"),
        Part.CONJUNCTION: translate("Cloze", "连词"),
        Part.PREPOSITION: translate("Cloze", "介词"),
        Part.PARTICLE: translate("Cloze", "助词"),
    }[part]


def reason_word(kind: DistractorKind) -> str:
    """Return in a word why a wrong option tempts."""
    return {
        DistractorKind.SOUND: translate("Cloze", "音近"),
        DistractorKind.SHAPE: translate("Cloze", "形近"),
        DistractorKind.MEANING: translate("Cloze", "义近"),
        DistractorKind.MANUAL: translate("Cloze", "自拟"),
    }[kind]
