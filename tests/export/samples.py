"""Exercises of our own for the export tests, one of every kind."""

from __future__ import annotations

from assistant.cloze.exercise import (
    Answer,
    BankWord,
    Distractor,
    DistractorKind,
    Exercise,
    Gap,
    Kind,
    SourceInfo,
    Text,
)


def wrong(*words: str) -> tuple[Distractor, ...]:
    return tuple(Distractor(word, DistractorKind.MANUAL) for word in words)


def open_exercise() -> Exercise:
    return Exercise(
        uid="open-1",
        title="雨后的操场",
        kind=Kind.OPEN,
        instructions="请在横线上填入合适的词语。",
        points=2,
        segments=(
            Text("一场大雨过后，操场上的积水像一面面"),
            Gap("g1", (Answer("镜子"), Answer("明镜", 0.5)), hint="两个字"),
            Text("，映着蓝天和"),
            Gap("g2", (Answer("白云"), Answer("云朵"))),
            Text("。\n同学们绕着水洼走，谁也舍不得把它踩"),
            Gap("g3", (Answer("碎"),)),
            Text("。"),
        ),
        source=SourceInfo(title="雨后", author="补白编辑部"),
    )


def choice_exercise() -> Exercise:
    gaps = (
        Gap("g1", (Answer("清晨"),), wrong("清澈", "清楚", "清单"), 0),
        Gap("g2", (Answer("推开"),), wrong("推动", "推广", "推迟"), 2),
        Gap(
            "g3",
            (Answer("一股带着泥土味的凉气"),),
            wrong("一阵热闹的锣鼓声", "一张写满字的纸", "一堆晒干的稻草"),
            1,
        ),
        Gap("g4", (Answer("不由得"),), wrong("不见得", "不值得", "不晓得"), 3),
        Gap(
            "g5",
            (Answer("因为昨夜的那场雨把整座山都洗了一遍"),),
            wrong("虽然昨夜谁也没有听见下雨", "如果昨夜的月亮再圆一些就好了", "所以路上没人"),
            2,
        ),
        Gap("g6", (Answer("轻"),), wrong("重", "浓", "厚"), 0),
    )
    return Exercise(
        uid="choice-1",
        title="山里的早上",
        kind=Kind.CHOICE,
        instructions="阅读短文，从每题的四个选项中选出最恰当的一项。",
        points=1.5,
        version="A",
        versions=("A", "B"),
        segments=(
            Text("山里的"),
            gaps[0],
            Text("总是来得很早。我"),
            gaps[1],
            Text("木窗，"),
            gaps[2],
            Text("扑面而来，我"),
            gaps[3],
            Text("打了个寒战。\n天格外蓝，"),
            gaps[4],
            Text("。远处的雾很"),
            gaps[5],
            Text("，像谁呵出的一口气。"),
        ),
    )


def dropdown_exercise() -> Exercise:
    return Exercise(
        uid="drop-1",
        title="量词",
        kind=Kind.DROPDOWN,
        segments=(
            Text("桌上放着一"),
            Gap("g1", (Answer("本"),), wrong("支", "条"), 0),
            Text("书和一"),
            Gap("g2", (Answer("支"),), wrong("本", "条"), 1),
            Text("笔。"),
        ),
    )


def bank_exercise() -> Exercise:
    words = ("守株待兔", "画蛇添足", "亡羊补牢", "井底之蛙")
    return Exercise(
        uid="bank-1",
        title="成语运用",
        kind=Kind.BANK,
        instructions="选词填空，每个词只能用一次，有两个词用不上。",
        segments=(
            Text("作文已经写完了，再加一段就是"),
            Gap("g1", (Answer(words[1]),)),
            Text("。\n错了不要紧，"),
            Gap("g2", (Answer(words[2]), Answer("知错就改", 0.5))),
            Text("，还来得及；不复习只等运气，那是"),
            Gap("g3", (Answer(words[0]),)),
            Text("。"),
        ),
        bank=(
            BankWord(words[3]),
            BankWord(words[0], "g3"),
            BankWord(words[1], "g1"),
            BankWord("杯弓蛇影"),
            BankWord(words[2], "g2"),
        ),
    )


def verse_exercise() -> Exercise:
    """A poem of the Tang, long in the public domain, with pinyin over the first line."""
    first = "白日依山尽，"
    return Exercise(
        uid="verse-1",
        title="古诗默写",
        kind=Kind.OPEN,
        verse=True,
        segments=(
            Text(first, ("bái", "rì", "yī", "shān", "jìn", "")),
            Gap("g1", (Answer("黄河入海流"), Answer("黃河入海流"))),
            Text("。\n欲穷千里目，"),
            Gap("g2", (Answer("更上一层楼"),), pinyin="gèng shàng yì céng lóu"),
            Text("。"),
        ),
        source=SourceInfo(title="登鹳雀楼", author="王之涣"),
    )


def all_samples() -> dict[str, Exercise]:
    return {
        "open": open_exercise(),
        "choice": choice_exercise(),
        "dropdown": dropdown_exercise(),
        "bank": bank_exercise(),
        "verse": verse_exercise(),
    }
