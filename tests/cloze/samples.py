"""An exercise that uses every field, written for the tests."""

from __future__ import annotations

from assistant.cloze.exercise import (
    Alternative,
    Answer,
    Band,
    BankWord,
    Difficulty,
    Distractor,
    DistractorKind,
    Exercise,
    Gap,
    Kind,
    Script,
    SourceInfo,
    Text,
)

FULL = Exercise(
    uid="sheet-1",
    title="雨后的早晨",
    kind=Kind.CHOICE,
    segments=(
        Text("雨停了，", ("yǔ", "tíng", "le", "")),
        Gap(
            uid="a1",
            answers=(Answer("小鸟"), Answer("鸟儿", 0.5)),
            distractors=(
                Distractor("小岛", DistractorKind.SHAPE, "岛与鸟形近"),
                Distractor("小袅", DistractorKind.SOUND, "音近 niǎo"),
                Distractor("小狗", DistractorKind.MEANING),
            ),
            key_index=1,
            hint="会飞",
            pinyin="xiǎo niǎo",
            level="HSK 3",
            difficulty=Difficulty(0.42, 2.5, Band.MEDIUM),
            alternatives=(Alternative("鸟儿", 0.3),),
        ),
        Text("又在枝头"),
        Gap("a2", (Answer("歌唱"),), (Distractor("哥唱", DistractorKind.MANUAL),)),
        Text("。\n空气很新鲜。"),
    ),
    instructions="选出最合适的词。",
    bank=(BankWord("歌唱", "a2"), BankWord("跑步"), BankWord("小鸟", "a1")),
    points=2.0,
    seed=7,
    version="A",
    versions=("A", "B"),
    script=Script.TRADITIONAL,
    verse=True,
    source=SourceInfo("自写", "补白", "测试用", "pos", "toy 1"),
)
