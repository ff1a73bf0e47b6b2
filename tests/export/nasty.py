"""Strings that break escapers, and small exercises made of them."""

from __future__ import annotations

from hypothesis import strategies as st

from assistant.cloze.exercise import (
    Answer,
    BankWord,
    Distractor,
    DistractorKind,
    Exercise,
    Gap,
    Kind,
    Text,
)

SNIPPETS = (
    *("{1:SA:=x}", "[[1]]", "{{c1::x::y}}", "]]>", "&amp;", "&#125;", "&", "T", "->", "%50%x"),
    *("=", "//", "::", "&&058;", "\\n", "\\}", "\\#", "\\*", "[html]", "</script>", "<b>", "<!--"),
    *(
        "$CATEGORY: x",
        "####",
        "*a*",
        "/",
        ":",
        "𠮷",
        "👩‍🏫",
        "，",
        "Ａ",
        "'",
        '"',
        "|",
        "+1",
        "@x",
        "~",
    ),
)
ALPHABET = (
    "汉字鸟啼 　\t\n\r\u2028\x07\x00{}~=#%:;\\*/&<>[]()\"'`$|@+-_^?!，。：／＊"
    "Aa1ｂ０𠮷é\u00a0\ufeff"
)
texts = st.lists(
    st.one_of(st.sampled_from(SNIPPETS), st.text(ALPHABET, max_size=6)), max_size=4
).map("".join)
words = texts.filter(lambda text: bool(text.strip()))


def plain(text: str) -> str:
    """Return the text as every format may show it: white space runs as one space."""
    return " ".join(text.split())


@st.composite
def exercises(draw: st.DrawFn, kind: Kind, word: st.SearchStrategy[str] = words) -> Exercise:
    """Draw an exercise with two gaps; within a gap all words differ, white space aside."""
    gaps: list[Gap] = []
    for number in (1, 2):
        drawn = draw(st.lists(word, min_size=4, max_size=4, unique_by=plain))
        others = tuple(Distractor(text, DistractorKind.MANUAL) for text in drawn[2:])
        gaps.append(
            Gap(
                f"g{number}",
                (Answer(drawn[0]), Answer(drawn[1], draw(st.sampled_from((1.0, 0.5))))),
                others,
                draw(st.integers(0, 2)),
                hint=draw(texts),
            )
        )
    bank = tuple(BankWord(gap.answer, gap.uid) for gap in gaps)
    return Exercise(
        uid="nasty",
        title=draw(texts),
        kind=kind,
        instructions=draw(texts),
        segments=(Text(draw(texts)), gaps[0], Text(draw(texts)), gaps[1], Text(draw(texts))),
        bank=(*bank, BankWord(draw(word))) if kind is Kind.BANK else (),
    )
